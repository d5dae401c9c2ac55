"""A fixed price: a month, in instalments, or by milestones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.declared import Declared
from scenarios.pricing.hourly import bill
from scenarios.quantities import WHOLE, Money, MoneyByYear, Share, Span, Units
from scenarios.term import Array, Basis, Pricing, by_year
from scenarios.world import World

TRILLION = 10**12
"""Units are reached to within one part in so many: a sum of floats is not always exact."""


class DeliveryMilestone(Declared):
    """{name}: [{share} of the price][{amount}][ in contract month {month}][ when the units
    in all reach {units}].
    """

    name: Annotated[str, Field(min_length=1)]
    """What is delivered; also the name of its price."""
    share: Share | None = None
    """Share of the price; none where an amount is given."""
    amount: Money | None = None
    """Money due; none where a share is given."""
    month: Span | None = None
    """Contract month, from 1, in which it is due; none where units decide."""
    units: Units | None = None
    """Units, counted from the start, that reach it; none where a month decides."""

    @model_validator(mode="after")
    def _one_of_each(self) -> DeliveryMilestone:
        if (self.share is None) == (self.amount is None):
            raise ValueError(f"milestone {self.name!r} needs either a share or an amount")
        if (self.month is None) == (self.units is None):
            raise ValueError(
                f"milestone {self.name!r} needs either the month in which it is due or the units "
                "that reach it"
            )
        return self


class FixedPrice(Pricing):
    """The buyer pays a fixed price[ of {price} in all][ a month of {per_month}], whatever the work
    takes. [if milestones is none: It is paid month by month; a price in all is spread equally
    over the contract.][It is paid by milestones, whose units are the {counts} ones; each is due in
    full once it is reached, and not at all if the contract ends before: {milestones}.]

    Formula: Fee_t = sum_k m_k * [milestone k reached first in month t], m_k = share_k * P or its
    amount; without milestones Fee_t = P / n over the n months of the contract, or the month's
    price.

    Source: fixed price with milestone payments (mechanisms M15). Published payment clauses pay a
    monthly share of the allocation over the scheduled months, or a part for each milestone; what
    is held back of a part is a clause of its own (holdback).

    A milestone that is not reached by the end of the contract, early or not, is not due: nothing
    is paid in part. Instalments are counted over the contract as agreed, so an early end leaves
    the later ones unpaid.
    """

    price: Money | None = None
    """Money in all; none where a price a month or the milestones' amounts are given."""
    per_month: MoneyByYear | None = None
    """Money a month, one number or one a contract year (the last goes on)."""
    milestones: Annotated[tuple[DeliveryMilestone, ...], Field(strict=False)] = ()
    """Parts of the price and when they are due; empty for monthly payment."""
    counts: Literal["verified", "completed"] = "verified"
    """Which units reach a milestone: verified ones, or all that are worked to an end."""

    @model_validator(mode="after")
    def _one_price(self) -> FixedPrice:
        shares = [one.share for one in self.milestones if one.share is not None]
        amounts = len(self.milestones) - len(shares)
        if shares and amounts:
            raise ValueError("give every milestone a share of the price, or every one an amount")
        forms = (self.price is not None, self.per_month is not None, amounts > 0)
        if sum(forms) != 1:
            raise ValueError("needs one of price (in all), per_month, or milestones with amounts")
        if shares and self.price is None:
            raise ValueError("milestones with shares need a price in all, not a price a month")
        if shares and abs(sum(shares) - 1) > WHOLE:
            raise ValueError(f"the milestones' shares must sum to 1, not {sum(shares):g}")
        names = [one.name for one in self.milestones]
        if len(set(names)) < len(names):
            raise ValueError(f"each milestone needs a name of its own; they are {', '.join(names)}")
        return self

    @property
    def adds_up(self) -> bool:
        """A price in all is paid in all, however many instalments it has."""
        return self.price is not None

    def prices(self, world: World) -> Mapping[str, Any]:
        """``month``, ``instalment``, or the amount of each milestone by its name [money]."""
        if self.per_month is not None:
            return {"month": by_year(self.per_month, world)}
        if not self.milestones:
            return {"instalment": (self.price or 0) / world.end}
        return {
            one.name: one.amount if one.share is None else one.share * (self.price or 0)
            for one in self.milestones
        }

    def billable(self, world: World) -> Mapping[str, Array]:
        """1 in the month in which a part is due, else 0 [parts]."""
        if not self.milestones:
            each = world.month * 0 + 1
            return {"instalment" if self.per_month is None else "month": each}
        return {one.name: 1 * self._due(one, world) for one in self.milestones}

    def _due(self, milestone: DeliveryMilestone, world: World) -> Array:
        """True in the month in which the milestone is due."""
        if milestone.month is not None:
            return np.asarray(world.month == milestone.month - 1)
        return first_month(reached(world, self.counts, milestone.units))

    def charge(self, world: World, basis: Basis) -> Mapping[str, Array]:
        """The parts that are due."""
        return {"fixed fee": bill(basis)}


def reached(world: World, counts: str, units: Any) -> Array:
    """True from where so many units are reached, counted from the start; (months, paths or 1)."""
    return np.asarray(world.running(world[counts]) >= units - units / TRILLION)


def first_month(mask: Array) -> Array:
    """True in the first True month of each path only, (months, paths or 1)."""
    ever = np.logical_or.accumulate(mask, axis=0)
    first = ever.copy()
    first[1:] &= ~ever[:-1]
    return first
