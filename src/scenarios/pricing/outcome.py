"""Outcome pricing: a price for each unit of result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.declared import Declared
from scenarios.quantities import Money, Price, PriceByYear, Units
from scenarios.term import Array, Basis, Pricing, add_up, by_year
from scenarios.world import World


class Tier(Declared):
    """Units of the month up to {up_to} cost {price} each."""

    price: Price
    """Money per unit within the tier."""
    up_to: Units | None = None
    """Last unit of the tier in a month; none for the last tier."""


class PerOutcome(Pricing):
    """The buyer pays {price} for each {counts} unit, graduated by {tiers}, plus {base_fee} a
    month, and never less than {minimum} a month.

    Source: pay per resolution, as in Intercom Fin's price list. The baseline fee is additive
    (``base_fee``) or a minimum (``minimum``); tiers are graduated: each unit has the price of the
    tier it falls in.
    """

    price: PriceByYear | None = None
    """Money per unit: one number, or one a contract year (the last goes on)."""
    tiers: Annotated[tuple[Tier, ...], Field(strict=False)] = ()
    """Graduated prices instead of one."""
    counts: Literal["verified", "claimed"] = "verified"
    """Which units are paid: verified ones, or as many as the provider claims."""
    base_fee: Money = 0
    """Money a month on top of the units."""
    minimum: Money = 0
    """Least money a month, base fee included."""

    @model_validator(mode="after")
    def _one_price(self) -> PerOutcome:
        if (self.price is None) == (not self.tiers):
            raise ValueError("needs either price or tiers, and not both")
        limits = [tier.up_to for tier in self.tiers]
        known = [limit for limit in limits if limit is not None]
        if self.tiers and (None in limits[:-1] or limits[-1] is not None):
            raise ValueError("every tier but the last needs up_to, and the last has none")
        if known != sorted(set(known)):
            raise ValueError(f"tiers must rise: up_to is {known}")
        return self

    def prices(self, world: World) -> Mapping[str, Any]:
        """``unit`` or one price a tier, and ``base`` [money]."""
        base = {"base": self.base_fee} if self.base_fee else {}
        if self.tiers:
            return {f"tier {n}": tier.price for n, tier in enumerate(self.tiers, 1)} | base
        return {"unit": by_year(self.price, world)} | base

    def billable(self, world: World) -> Mapping[str, Array]:
        """The units that count, split over the tiers [units]."""
        units = world[self.counts]
        if not self.tiers:
            return {"unit": units}
        limits = [0, *(tier.up_to for tier in self.tiers[:-1])]
        reached = [np.maximum(units - limit, 0) for limit in limits]
        reached.append(units * 0)
        return {f"tier {n}": reached[n - 1] - reached[n] for n in range(1, len(self.tiers) + 1)}

    def charge(self, world: World, basis: Basis) -> Mapping[str, Array]:
        """The base fee and the units at their prices; the minimum tops up the variable fee."""
        units = add_up(
            basis.billable[name] * price for name, price in basis.prices.items() if name != "base"
        )
        base = basis.prices.get("base")
        if self.minimum:
            units = np.maximum(units, self.minimum - (0 if base is None else base))
        return {"variable fee": units} | ({} if base is None else {"fixed fee": base})
