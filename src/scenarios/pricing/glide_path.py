"""Glide path: from one pricing model to another, in steps by contract year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, Tag, model_validator

from scenarios.declared import OneOf
from scenarios.ledger import ByTier, UnitPrices
from scenarios.quantities import Share
from scenarios.term import Array, Basis, Pricing, by_year
from scenarios.world import World


def _models() -> Mapping[str, type[Pricing]]:
    """The pricing models that a glide path may lead from and to: all others."""
    from scenarios.pricing import PRICING  # noqa: PLC0415  it imports this module

    return {name: model for name, model in PRICING.items() if model is not GlidePath}


Model = Annotated[Pricing, OneOf(_models, Pricing, "pricing model of a glide path")]


class GlidePath(Pricing):
    """The buyer pays partly by a start model and partly by an end model. The end model's part is
    {weights}; the start model's part is the rest. Start model: {start}. End model:
    {end}.

    Formula: Pay_t = (1 - l_y) * Start_t + l_y * End_t, l_y the end model's weight in contract year
    y; with a hybrid at the start and a price per outcome at the end,
    Pay_t = (1 - l_y) * (B + f * N_t) + l_y * p * N_t.

    Source: own construction (mechanisms M10), from hours or a base fee to payment by outcome;
    weights rise from 0 to a most. The base fee covers the minimum staffing.

    Each model charges as if it stood alone, limits and minimums included; then both are weighted.
    Prices and quantities keep their names, such as ``unit``; a name that both models have becomes
    ``start unit`` and ``end unit``, so that clauses can name them. ``neutral_price`` finds the
    price at which the change of form alone changes no expected payment at signature.
    """

    start: Model
    """How the contract is paid at first."""
    end: Model
    """How it is paid in the end."""
    weights: Annotated[tuple[Share, ...], Field(strict=False, min_length=1), Tag("by year")]
    """Weight of the end model by contract year, 0 to 1; the last goes on."""

    @model_validator(mode="after")
    def _not_nested(self) -> GlidePath:
        if isinstance(self.start, GlidePath) or isinstance(self.end, GlidePath):
            raise ValueError(  # noqa: TRY004  pydantic reports a ValueError
                "a glide path cannot start or end in a glide path: give more steps as weights"
            )
        return self

    def prices(self, world: World) -> Mapping[str, Any]:
        """The prices of both models."""
        own = self._own(world)
        found = [(model.prices(world), names) for model, names in own]
        return {names[name]: price for prices, names in found for name, price in prices.items()}

    def billable(self, world: World) -> Mapping[str, Array]:
        """The quantities of both models."""
        own = self._own(world)
        found = [(model.billable(world), names) for model, names in own]
        return {names[name]: units for billed, names in found for name, units in billed.items()}

    def unit_prices(self, world: World, billable: Mapping[str, Array]) -> tuple[UnitPrices, ...]:
        """The units of result of each model, at its weight."""
        weight: Any = by_year(self.weights, world)
        found = []
        for part, (model, names) in zip((1 - weight, weight), self._own(world), strict=True):
            own = {name: billable[outer] for name, outer in names.items() if outer in billable}
            found += [
                UnitPrices(
                    tuple(names[name] for name in prices.names),
                    part * prices.weight,
                    _renamed(prices.by_tier, names),
                )
                for prices in model.unit_prices(world, own)
            ]
        return tuple(found)

    def _own(self, world: World) -> list[tuple[Pricing, dict[str, str]]]:
        """Both models, each with the outer name of every price and quantity of its own."""
        models = {"start": self.start, "end": self.end}
        names = {
            place: dict.fromkeys([*model.prices(world.corner), *model.billable(world.corner)])
            for place, model in models.items()
        }
        both = names["start"].keys() & names["end"].keys()
        return [
            (model, {name: f"{place} {name}" if name in both else name for name in names[place]})
            for place, model in models.items()
        ]

    def charge(self, world: World, basis: Basis) -> Mapping[str, Array]:
        """The two models' fees, row by row, each at its weight."""
        weight: Any = by_year(self.weights, world)
        fees: dict[str, Any] = {}
        for part, (model, names) in zip((1 - weight, weight), self._own(world), strict=True):
            for row, fee in model.charge(world, _within(basis, names)).items():
                weighted = fee * part
                fees[row] = fees[row] + weighted if row in fees else weighted
        return fees


def _renamed(by_tier: ByTier | None, names: Mapping[str, str]) -> ByTier | None:
    """How units fall into the tiers of one of the two models, under the outer names."""
    if by_tier is None:
        return None
    return lambda units: {names[name]: part for name, part in by_tier(units).items()}


def _within(basis: Basis, names: Mapping[str, str]) -> Basis:
    """What one of the two models charges on, under its own names."""
    prices = {own: basis.prices[name] for own, name in names.items() if name in basis.prices}
    billed = {own: basis.billable[name] for own, name in names.items() if name in basis.billable}
    return Basis(prices, billed, basis.scorecard)


def neutral_price(pay: float, units: float, *, base: float = 0, included_units: float = 0) -> float:
    """The price per unit at which paying by outcome costs what the other form is expected to cost.

    ``pay`` is the expected payment of a month under the other form [money], ``units`` the baseline
    volume of a month [units]; ``base`` is what the outcome form pays anyway [money] and
    ``included_units`` what that covers [units]. Raises ``ValueError`` where no price is neutral:
    no unit is paid, or the base alone is more than ``pay``. Source: price neutrality at signature
    (mechanisms M10).
    """
    paid = units - included_units
    if paid <= 0:
        raise ValueError(
            f"of {units:g} units a month {included_units:g} are included, so none is paid: the "
            "baseline volume must be above the included units"
        )
    if base > pay:
        raise ValueError(
            f"a base of {base:g} a month is more than the {pay:g} that the other form is expected "
            "to cost: lower the base"
        )
    return (pay - base) / paid
