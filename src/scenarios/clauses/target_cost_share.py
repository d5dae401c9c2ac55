"""Pain and gain against a target cost, in share ranges."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.clauses.open_book import Cost, Period, actual_cost, months_of
from scenarios.declared import Declared
from scenarios.ledger import Ledger
from scenarios.quantities import Factor, MoneyByYear, Rate, Share, Units
from scenarios.term import Array, Clause, add_up, by_year
from scenarios.world import World, above_zero


class ShareRange(Declared):
    """{share}[ up to {up_to} times the target][if up_to is none:  without limit]."""

    share: Share
    """The provider's share of gain and pain within the range."""
    up_to: Factor | None = None
    """Upper end of the range as a multiple of the target; none for the last range."""


class TargetCostShare(Clause):
    """The provider's actual cost of {costs}, read from its open books,[ with a fee of
    {fee_percentage} on it,] is compared with a target cost [if settled is contract: in all][if
    settled is not contract: of each {settled}], which is {target}[ and moves with the volume from
    {target_units} incoming units a month][ and rises by {change_rate} for each hour of change
    requests]. When the {settled} closes, the provider is paid its share of what the actual cost is
    below the target, or bears its share of what it is above, each part by the range that it lies
    in: {ranges}.[if settled is not month:  If the {settled} ends early, the target counts in
    proportion.][ Of each gain {reserve} is kept in a reserve: the provider's share of a later
    overrun is taken from it first, and what is left is paid when the contract closes.][if
    beyond_reserve is borne by the buyer:  An overrun that no reserve covers is borne by the buyer.]

    Formula: share = sum_k s_k * (T within range k - A within range k), where X within range k is
    min(max(X, lo_k T), hi_k T): gain to the provider above 0, pain below.

    A is the actual cost * (1 + fee percentage), T the target + change rate * hours of changes.

    Source: NEC4 Option C share ranges, where compensation events change the target before the share
    is computed and cost is defined cost plus fee (lazyqs.co.uk, builtintelligence.com; changes
    assessed at a rate an hour are ours); 50:50 is the common split, above 120 % of the target the
    provider bears all, below 80 % it gains no more (builtintelligence.com); one contract 0 % below
    97.5, 50 % to 102.5, 100 % above. Reserve: Scanlon plan, a quarter of the workers' 75 %
    (qoschin.com). It belongs on a pricing that reimburses cost; settled by the month or the year,
    a gain in one and a pain in the next are not netted before the ranges apply.
    """

    budget: ClassVar[str] = "shared savings"

    target: MoneyByYear
    """Target cost of each period that is settled: one amount, or one a contract year."""
    ranges: Annotated[tuple[ShareRange, ...], Field(strict=False, min_length=1)]
    """The provider's share, range by range of the target; the last has no end."""
    settled: Period = "contract"
    """What is settled at its close: the signed total of the contract, each year or each month."""
    costs: Annotated[tuple[Cost, ...], Field(strict=False, min_length=1)] = ("labour", "AI")
    """Parts of the provider's cost that count."""
    target_units: Units | None = None
    """Units a month behind the target; none where volume does not move it."""
    fee_percentage: Share = 0
    """Fee on the actual cost that is compared, a share of it; the pricing pays it, not this."""
    change_rate: Rate = 0
    """Money by which the target rises for each hour of change requests, its fee included [money
    per hour]."""
    reserve: Share = 0
    """Share of each gain kept for later overruns."""
    beyond_reserve: Literal["borne by the provider", "borne by the buyer"] = "borne by the provider"
    """Who bears the provider's share of an overrun that the reserve does not cover."""

    @model_validator(mode="after")
    def _consistent(self) -> TargetCostShare:
        ends = [part.up_to for part in self.ranges]
        known = [end for end in ends if end is not None]
        if None in ends[:-1] or ends[-1] is not None:
            raise ValueError("every range but the last needs up_to, and the last has none")
        if known != sorted(set(known)):
            raise ValueError(f"ranges must rise: up_to is {known}")
        if self.target_units == 0:
            raise ValueError("target_units is 0; it must be above 0, or none")
        if self.change_rate and "change requests" not in self.costs:
            raise ValueError(
                "change_rate raises the target for change requests, whose cost is not compared: "
                "add change requests to costs"
            )
        if self.settled == "contract" and (isinstance(self.target, tuple) or self.reserve):
            raise ValueError(
                "settled over the whole contract there is one target and no reserve: give one "
                "target, or settle by contract year or month"
            )
        return self

    def share_at(self, cost: Any, target: Any) -> Any:
        """The provider's gain (above 0) or pain (below 0) at this actual and target cost [money].

        Numbers or arrays alike.
        """
        low: Any = 0
        within = []
        for part in self.ranges:
            at_cost = np.maximum(cost, low * target) if low else cost
            at_target = max(low, 1)
            if part.up_to is not None:
                low = part.up_to
                at_cost = np.minimum(at_cost, low * target)
                at_target = min(at_target, low)
            within.append((target * at_target - at_cost) * part.share)
        return add_up(within)

    def apply(self, world: World, ledger: Ledger) -> Array:
        """The provider's share at each close, less what is kept in reserve and plus what is taken
        from it, (months, paths) [money].
        """
        every = months_of(self.settled, world)
        rows = world.closing(every)
        cost = world.running(actual_cost(self.costs, world), every)[rows]
        if self.fee_percentage:
            cost = cost * (1 + self.fee_percentage)
        target = self._target(world, every)
        if self.change_rate:
            target = target + world.running(world["changes"], every) * self.change_rate
        share = self.share_at(cost, target[rows])
        share = world.from_closing(share, every)
        if not self.reserve and self.beyond_reserve == "borne by the provider":
            return share
        return self._with_reserve(share, world)

    def _target(self, world: World, every: int) -> Any:
        """The target of the period so far [money]."""
        target = by_year(self.target, world)
        if self.target_units is None:
            return target * world.elapsed(every) / every
        return target * world.running(world["demand"], every) / (self.target_units * every)

    def _with_reserve(self, share: Array, world: World) -> Array:
        """What is paid each month while a part of the gains waits for overruns [money]."""
        gain = above_zero(share)
        pain, kept, drawn = gain - share, gain * self.reserve, np.empty_like(share)
        held, released, closes = share[0] * 0, {}, world.closes(world.end)
        releases = np.flatnonzero(closes.any(axis=1))
        for month in range(len(share)):
            held = held - np.minimum(pain[month], held, out=drawn[month]) + kept[month]
            if month in releases:
                released[month] = held * closes[month]
                held = held - released[month]
        paid = gain - kept
        if self.beyond_reserve == "borne by the provider":
            paid = paid - (pain - drawn)
        for month, amount in released.items():
            paid[month] += amount
        return paid
