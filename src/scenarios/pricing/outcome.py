"""Outcome pricing: a price for each unit of result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.declared import Declared
from scenarios.ledger import UnitPrices
from scenarios.quantities import Money, Price, PriceByYear, Units
from scenarios.term import Array, Basis, Pricing, add_up, by_year, unit_names
from scenarios.world import World

Kind = Literal["automated", "assisted"]
KINDS: tuple[Kind, ...] = ("automated", "assisted")
"""Kinds of unit by who handled it: automation alone, or people."""


class Tier(Declared):
    """Units of a month[ up to {up_to}][if up_to is none: beyond that] at {price} each."""

    price: Price
    """Money per unit within the tier."""
    up_to: Units | None = None
    """Last unit of the tier in a month; none for the last tier."""


class PerOutcome(Pricing):
    """For each {counts} unit[ beyond the {included_units} a month that are included, unused ones
    being lost,] the buyer pays[ {price}][ a price by who handled it: {by_kind}][ a price by tier:
    {tiers}]. [if tiering is all units: All units of a month have the price of the tier in which
    the last of them falls.] [if by_kind is not none: Units that automation handled are automated,
    the others assisted; where they are not counted by kind, they are split in proportion to
    completed units.] [A base fee of {base_fee} a month is paid on top.] [In all the buyer
    pays at least {minimum} a month.]

    Formula: Fee_t = max(B + sum_k p_k * N_k,t, minimum), N the units beyond those included. By
    tier, graduated: N_k is the part of the month's units that falls in tier k; all units: N_k is
    all of them for the tier in which the month's units end, else 0. By kind: N_automated =
    N * min(C_automated / C, 1), N_assisted the rest, C the units that count or, where the automated
    ones of them are not counted, the completed ones.

    Source: pay per resolution (mechanisms M14). Intercom Fin: 0.99 each, or 49 a month with 50
    included, unused ones lost; a resolution is confirmed by the customer, or assumed when the
    customer asks no more. Fini: 0.89, 0.59 and 0.35 graduated. Zendesk 1.50 to 2.00, Salesforce
    2.00; BPO per resolution 3 to 9.

    The baseline fee is additive (``base_fee``) or a minimum (``minimum``). ``verified`` units are
    confirmed and assumed ones that did not come back, ``confirmed`` those alone that the customer
    confirmed. Included units are taken off before tiers and kinds, from each kind in proportion;
    tiers count the units that are left. All-units tiers have cliffs: one unit more can cost less.
    """

    price: PriceByYear | None = None
    """Money per unit: one number, or one a contract year (the last goes on)."""
    tiers: Annotated[tuple[Tier, ...], Field(strict=False)] = ()
    """Prices by the month's volume instead of one."""
    tiering: Literal["graduated", "all units"] = "graduated"
    """Each unit has the price of the tier it falls in, or all have that of the last one's tier."""
    by_kind: dict[Kind, Price] = Field(default_factory=dict)
    """Prices by who handled the unit instead of one: automation alone, or people."""
    counts: Literal["verified", "claimed", "confirmed"] = "verified"
    """Units paid: verified ones, as many as the provider claims, or confirmed by the customer."""
    included_units: Units = 0
    """Units a month that cost nothing more; unused ones are lost."""
    base_fee: Money = 0
    """Money a month on top of the units."""
    minimum: Money = 0
    """Least money a month, base fee included."""

    @model_validator(mode="after")
    def _one_price(self) -> PerOutcome:
        if sum((self.price is not None, bool(self.tiers), bool(self.by_kind))) != 1:
            raise ValueError("needs one of price, tiers and by_kind, and not two of them")
        if self.by_kind and set(self.by_kind) != set(KINDS):
            raise ValueError(f"by_kind needs a price for {' and '.join(KINDS)} units each")
        if self.tiering == "all units" and not self.tiers:
            raise ValueError("tiering: all units is about tiers, and there are none: give tiers")
        limits = [tier.up_to for tier in self.tiers]
        known = [limit for limit in limits if limit is not None]
        if self.tiers and (None in limits[:-1] or limits[-1] is not None):
            raise ValueError("every tier but the last needs up_to, and the last has none")
        if known != sorted(set(known)):
            raise ValueError(f"tiers must rise: up_to is {known}")
        return self

    def prices(self, world: World) -> Mapping[str, Any]:
        """``unit``, one price a tier, or ``automated`` and ``assisted``; and ``base`` [money]."""
        base = {"base": self.base_fee} if self.base_fee else {}
        if self.tiers:
            return {f"tier {n}": tier.price for n, tier in enumerate(self.tiers, 1)} | base
        if self.by_kind:
            return {kind: self.by_kind[kind] for kind in KINDS} | base
        return {"unit": by_year(self.price, world)} | base

    def billable(self, world: World) -> Mapping[str, Array]:
        """The units that count beyond those included, by tier or by kind [units]."""
        units = world[self.counts]
        if self.included_units:
            units = np.maximum(units - self.included_units, 0)
        if self.by_kind:
            return self._by_kind(units, world)
        if not self.tiers:
            return {"unit": units}
        return self._by_tier(units)

    def unit_prices(self, world: World, billable: Mapping[str, Array]) -> tuple[UnitPrices, ...]:
        """All its units, with how they fall into tiers."""
        by_tier = self._by_tier if self.tiers else None
        return (UnitPrices(unit_names(billable), by_tier=by_tier),)

    def _by_tier(self, units: Array) -> dict[str, Array]:
        """A month's units, those included taken off, as they fall into the tiers."""
        limits = [0, *(tier.up_to for tier in self.tiers[:-1])]
        reached = [np.maximum(units - limit, 0) for limit in limits]
        reached.append(units * 0)
        parts = {f"tier {n}": reached[n - 1] - reached[n] for n in range(1, len(limits) + 1)}
        return parts if self.tiering == "graduated" else _all_units(units, parts)

    def _by_kind(self, units: Array, world: World) -> dict[str, Array]:
        """The units split as those that count, or else the completed ones, by who handled them."""
        counted = f"{self.counts}.automated"
        known = counted in world.series or "automated" not in world.series
        automated = world[counted] if known else world["automated"]
        handled = world[self.counts] if known else world["completed"]
        # First the product: where all units are paid, the quotient is then the count itself.
        part = np.minimum(units * automated / np.where(handled > 0, handled, 1), units)
        return {"automated": part, "assisted": units - part}

    def charge(self, world: World, basis: Basis) -> Mapping[str, Array]:
        """The base fee and the units at their prices; the minimum tops up the variable fee."""
        units = add_up(
            basis.billable[name] * price for name, price in basis.prices.items() if name != "base"
        )
        base = basis.prices.get("base")
        if self.minimum:
            units = np.maximum(units, self.minimum - (0 if base is None else base))
        return {"variable fee": units} | ({} if base is None else {"fixed fee": base})


def _all_units(units: Array, parts: Mapping[str, Array]) -> dict[str, Array]:
    """All of a month's units in the tier in which the last of them falls."""
    beyond = [*list(parts.values())[1:], units * 0]
    return {
        name: np.where((part > 0) & (after == 0), units, 0)
        for (name, part), after in zip(parts.items(), beyond, strict=True)
    }
