"""Cost-of-living adjustment of named prices."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.ledger import Ledger
from scenarios.quantities import Change as RelativeChange
from scenarios.quantities import Months, Share, Span
from scenarios.term import Array, Change, Clause, Stage, add_up, known_prices
from scenarios.world import World, rounded

TINY = 1e-9
"""Room for weights such as three times 0.3333333333."""


class Indexation(Clause):
    """Every {every} months [the prices of {prices} change][if prices is none: the hourly rates of
    paragraph 1, or where it has none all its prices, and no others, change] by {share} of the
    change of the price index[ {index}][ made up of {basket}][, with {plus} a step added][if floor
    is not none: , by no less than {floor}][if cap is not none: , by no more than {cap}]. [if method
    is chained: Each step takes the change since the step before and moves the price in force.][if
    method is base-fixed: Each step takes the change since the start and moves the first price.][
    The index is read as published {lag} months before.][ The agreed prices stand for an index of
    {agreed_at}.][if agreed_at is none: The first step is counted from the index of the first
    contract month.][if decimals is not none: The change of the index is rounded to {decimals}
    decimals of a per cent, a tie to the even neighbour.][if excess is carried forward: What floor
    or cap cuts off is added to the next step's change.]

    Formula: a = min(max(share * sum_i w_i * (I_i[m] / I_i[m - every] - 1) + plus, floor), cap); P'
    = P * (1 + a) chained; P' = P_0 * (1 + a) base-fixed, where the change is that since the start
    and ``plus`` counts once for every step so far. The index of month m is that of month m - lag;
    that of the start is ``agreed_at``, or else the series' first value.

    Source: economic price adjustment (FAR 16.203). Published: a collar of 5.0 % whose excess is
    banked, a weighted basket of three indices (lawinsider, adjustment-of-rates); the lesser of the
    index and 3 %; the greater of 3 % or CPI, CPI + 2 % (lawinsider, future-pricing); 100 % of CPI-W
    (UMB, SEC exhibit g(4)); the percentage to one decimal (BLS). A floor of 0 allows no downward
    adjustment, a negative ``plus`` is a deduction. Only the named prices move, by default the
    labour rates, not the whole charge. Rounding is half to even, of the basket as a whole.
    Base-fixed, floor and cap hold for the change since the start. No price falls below 0.
    """

    stage: ClassVar[Stage] = "revise"
    budget: ClassVar[str] = "indexation"

    index: str | None = None
    """Name of the scenario's price index; none where a basket is given."""
    basket: dict[str, Share] = Field(default_factory=dict)
    """Several indices instead of one, with their weights, which sum to 1."""
    prices: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """Names of the prices that follow it, such as a role, base or unit; empty for the hourly rates,
    or all prices where no hours are billed."""
    share: Share = 1
    """Share of the index's change that is passed on."""
    plus: RelativeChange = 0
    """Relative change added to what is passed on, a step; negative is a deduction."""
    floor: RelativeChange | None = None
    """Least relative change a step; 0 allows no fall, none is no floor."""
    cap: RelativeChange | None = None
    """Most relative change a step; none for no cap."""
    excess: Literal["lost", "carried forward"] = "lost"
    """What becomes of the part of a change that floor or cap cuts off."""
    method: Literal["chained", "base-fixed"] = "chained"
    """How steps build on each other."""
    every: Span = 12
    """Months between steps."""
    lag: Months = 0
    """Months by which the index that is read is older than the step."""
    agreed_at: Annotated[float, Field(gt=0)] | None = None
    """Level of the index that the agreed prices stand for, such as that of ``lag`` months before
    the start; none for its level in the first contract month."""
    decimals: int | None = None
    """Decimals of the per cent to which the index's change is rounded; none for no rounding."""

    @model_validator(mode="after")
    def _consistent(self) -> Indexation:
        total = sum(self.basket.values())
        if (self.index is None) == (not self.basket):
            raise ValueError("needs either index or basket, and not both")
        if self.basket and self.agreed_at is not None:
            raise ValueError("agreed_at is the level of one index; a basket has several")
        if self.basket and abs(total - 1) > TINY:
            raise ValueError(f"the weights of the basket sum to {total:g}; they must sum to 1")
        if self.floor is not None and self.cap is not None and self.floor > self.cap:
            raise ValueError(f"floor ({self.floor:g}) must not be above cap ({self.cap:g})")
        if self.decimals is not None and self.decimals < 0:
            raise ValueError(f"decimals is {self.decimals}; it must be 0 or more, such as 1")
        if self.excess == "carried forward" and self.method == "base-fixed":
            raise ValueError(
                "base-fixed steps measure the whole change since the start, so they have no excess "
                "to carry forward: use method chained, or excess lost"
            )
        return self

    def apply(self, world: World, ledger: Ledger) -> Change:
        """The factor on each named price."""
        levels = self._levels(world)
        factor = np.ones_like(np.broadcast_arrays(*(level for level, _ in levels))[0], order="C")
        excess = factor[0] * 0
        for step, month in enumerate(range(self.every, world.months, self.every), 1):
            chained = self.method == "chained"
            since, count = (month - self.every, 1) if chained else (0, step)
            now, then = max(month - self.lag, 0), max(since - self.lag, 0)
            changes = [
                (level[now] / self._agreed(level, then, since) - 1) * weight
                for level, weight in levels
            ]
            wanted = self._rounded(add_up(changes)) * self.share + self.plus * count + excess
            change = self._within(wanted)
            if self.excess == "carried forward":
                excess = wanted - change
            start = factor[month - 1] if chained else 1
            factor[month : month + self.every] = start * np.maximum(1 + change, 0)
        names = known_prices(self.prices or self._rates(world, ledger), ledger.prices)
        return Change(price=dict.fromkeys(names, factor))

    def _rates(self, world: World, ledger: Ledger) -> tuple[str, ...]:
        """The prices of hours; a glide path may have put start or end before a role's name."""
        return tuple(name for name in ledger.prices if name.split()[-1] in world.roles)

    def _agreed(self, level: Array, then: int, since: int) -> Any:
        """What a step's change is counted from."""
        return self.agreed_at if self.agreed_at is not None and since == 0 else level[then]

    def _levels(self, world: World) -> list[tuple[Array, Any]]:
        """Each index, (months, 1 or paths), and its weight."""
        weights: dict[str, Any] = dict(self.basket) if self.index is None else {self.index: 1}
        return [(world[f"index.{name}"], weight) for name, weight in weights.items()]

    def _rounded(self, change: Array) -> Array:
        """The relative change, rounded as a per cent is."""
        return change if self.decimals is None else rounded(change, self.decimals + 2)

    def _within(self, change: Array) -> Array:
        """The relative change within floor and cap."""
        if self.floor is not None:
            change = np.maximum(change, self.floor)
        return change if self.cap is None else np.minimum(change, self.cap)
