"""Automation review: a price that falls when automation reaches its milestones."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.clauses.misses import at_least
from scenarios.declared import Declared
from scenarios.ledger import Ledger
from scenarios.quantities import Change as RelativeChange
from scenarios.quantities import Price, Share
from scenarios.term import Array, Change, Clause, Stage, known_prices
from scenarios.world import World


class AutomationMilestone(Declared):
    """At {reached} automated[if price is not none: , a price of {price}]"""

    reached: Share
    """Share of the units that automation handles at the milestone."""
    price: Price | None = None
    """Agreed price from the milestone on; none where the price falls by a share of the saving."""


class AutomationReview(Clause):
    """When the [if measured is audited: audited ]share of units that automation handles[if measured
    is claimed: , as the provider reports it,] first reaches a milestone, the price
    of {price} falls from the next month on: {milestones}. [if lowered is by a share of the saving:
    It falls by {share} of the fall in what a unit costs the provider, in labour and in running the
    automation, since the price was last set.][if lowered is to the agreed price: It falls to the
    price agreed for the milestone.] Each milestone counts once, and none raises the price.

    Formula: P' = P - share * max(0, c_before - c_after), c = (labour + running the automation) /
    completed units; c_after in the month that reaches the milestone, c_before in the first month
    that completed a unit, later in the month of the last milestone that lowered the price. To the
    agreed price: P' = min(P, agreed). No price falls below 0. Claimed: A * (1 + overstated) is held
    against the milestones.

    Source: the published idea of a price review at automation milestones, read on a rate that the
    provider measures or that an audit finds; the formula is an own one.

    Conventions: the world holds the real share, which an audit would find. What the provider would
    report instead is an expectation of ours: by how much, in proportion, it overstates, or below 0
    understates, as it has a reason to where a milestone lowers its price. Months that happened hold
    the share as the contract measures it. The cost to serve is the real one either way. Other
    clauses may go on moving a lowered price.
    """

    stage: ClassVar[Stage] = "revise"
    budget: ClassVar[str] = "productivity"
    planned: ClassVar[tuple[str, ...]] = ("overstated",)

    price: str
    """Name of the price that falls; to share a saving, a price per unit."""
    milestones: Annotated[tuple[AutomationMilestone, ...], Field(strict=False, min_length=1)]
    """Milestones, each further than the one before."""
    lowered: Literal["by a share of the saving", "to the agreed price"] = "by a share of the saving"
    """What the price falls by, or to."""
    share: Share | None = None
    """Share of the fall in the cost to serve that the price passes on."""
    measured: Literal["audited", "claimed"] = "audited"
    """Whether an audit or the provider says what share automation handles."""
    overstated: RelativeChange = 0
    """How far the provider's report is expected above the real share, in proportion to it; below 0
    where it reports less."""

    @model_validator(mode="after")
    def _consistent(self) -> AutomationReview:
        agreed = [milestone.price for milestone in self.milestones]
        for first, second in pairwise(self.milestones):
            if second.reached <= first.reached:
                raise ValueError(
                    f"milestones must rise: {second.reached:g} stands after {first.reached:g}"
                )
        if self.lowered == "to the agreed price":
            if None in agreed or self.share is not None:
                raise ValueError("the agreed price needs a price at each milestone, and no share")
        elif self.share is None or any(price is not None for price in agreed):
            raise ValueError("a share of the saving needs share, and no price at a milestone")
        if self.overstated and self.measured == "audited":
            raise ValueError(
                "an audit finds the real share: leave overstated out, or let it be claimed"
            )
        return self

    def apply(self, world: World, ledger: Ledger) -> Change:
        """The factor on the price, 1 until the month after the first milestone."""
        (name,) = known_prices((self.price,), ledger.prices)
        saving = self.lowered == "by a share of the saving"
        if saving and (name in world.roles or name not in ledger.billable):
            raise ValueError(
                f"{name} is not a price per unit, so no saving per unit can be taken off it: name "
                "a price per unit, or lower it to the agreed price"
            )
        reached = np.broadcast_to(self._reached(world), (world.months, world.paths))
        falls = [np.flatnonzero(row) for row in reached[1:] > reached[:-1]]
        amounts = self._savings(world, falls) if saving else self._agreed(reached)
        price = np.broadcast_to(ledger.prices[name], reached.shape)
        factor = ledger.zeros() + 1
        for month, on in enumerate(falls, 1):
            factor[month] = factor[month - 1]
            if not len(on):
                continue
            in_force, amount = price[month, on] * factor[month, on], amounts[month, on]
            lower = np.maximum(in_force - amount, 0) if saving else np.minimum(in_force, amount)
            priced = np.where(in_force > 0, in_force, 1)
            factor[month, on] *= np.where(in_force > 0, lower / priced, 1)
        return Change(price={name: factor})

    def _reached(self, world: World) -> Array:
        """How many milestones were reached before each month, (months, 1 or paths)."""
        share = world["automation"] * (world["completed"] > 0)
        if self.overstated and not world.happened:
            share = share * (1 + self.overstated)
        count = np.zeros(share.shape, np.int16)
        for milestone in self.milestones:
            count[1:] += at_least(share[:-1], milestone.reached)
        for month in range(1, len(count)):
            np.maximum(count[month - 1], count[month], out=count[month])
        return count

    def _savings(self, world: World, falls: Sequence[Array]) -> Array:
        """The share of the fall in the cost to serve, where a price falls, (months, paths) [money
        per unit]. ``falls`` are the paths of each month from the second on.
        """
        shared = world.zeros()
        parts = ("cost.labour", "cost.ai", "completed")
        costs = [np.broadcast_to(world[name], shared.shape) for name in parts]
        before = shared[0] * 0
        for month, on in enumerate(falls, 1):
            if before.min() <= 0:
                unset = np.flatnonzero(before <= 0)
                before[unset] = _cost_to_serve(*(each[month - 1, unset] for each in costs))
            if len(on):
                cost = _cost_to_serve(*(each[month - 1, on] for each in costs))
                fall = np.maximum(before[on] - cost, 0)
                before[on] -= fall
                shared[month, on] = fall * (self.share or 0)
        return shared

    def _agreed(self, reached: Array) -> Array:
        """The agreed price of the last milestone reached, 0 before the first [money per unit]."""
        return np.array((0, *(milestone.price or 0 for milestone in self.milestones))).take(reached)


def _cost_to_serve(labour: Array, running: Array, units: Array) -> Array:
    """What a completed unit costs the provider; 0 where there is none [money per unit]."""
    return np.where(units > 0, (labour + running) / np.where(units > 0, units, 1), 0)
