"""Cost-of-living adjustment of named prices."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.ledger import Ledger
from scenarios.quantities import WHOLE, Months, Share, Span
from scenarios.quantities import Change as RelativeChange
from scenarios.term import Array, Change, Clause, Stage, add_up, known_prices
from scenarios.world import World, rounded


class Indexation(Clause):
    """Every {every} months [the prices of {prices} change][if prices is none: the hourly rates of
    paragraph 1, or where it has none all its prices, and no others, change] by {share} of the
    change of the price index[ {index}][ made up of {basket}][, with {plus} a step added][if floor
    is not none: , by no less than {floor}][if cap is not none: , by no more than {cap}].[ The first
    step is in contract month {first_month}.] [if method is chained: Each step takes the change
    since the step before and moves the price in force.][if method is base-fixed: Each step takes
    the change since the start and moves the first price.][if method is base-fixed by step: Each
    step takes what the change since the start has grown by since the step before, and adds that
    part of the first price.][ The index is read as published {lag} months before.][ The agreed
    prices stand for an index of {agreed_at}.][ The agreed prices stand for the index of contract
    month {counted_from}.][if agreed_at is none and counted_from is none: The first step is counted
    from the index of the first contract month.][if decimals is not none: The change of the index is
    rounded to {decimals} decimals of a per cent, a tie to the even neighbour.][if excess is carried
    forward: What floor or cap cuts off is added to the next step's change.][if price_decimals is
    not none: The price that a step sets is rounded to {price_decimals} decimals of the currency, a
    tie to the even neighbour.]

    Formula: a = min(max(share * sum_i w_i * (I_i[m] / I_i[m - every] - 1) + plus, floor), cap); P'
    = P * (1 + a) chained; P' = P_0 * (1 + a) base-fixed, where the change is that since the start
    and ``plus`` counts once for every step so far; by step, P' = P_0 * (1 + sum a), a the growth of
    that change, held within floor and cap. The index of month m is that of month m - lag; that of
    the start is ``agreed_at``, or that of month ``counted_from``, or else the series' first value.

    Source: economic price adjustment (FAR 16.203). Published: a collar of 5.0 % whose excess is
    banked, a weighted basket of three indices (lawinsider, adjustment-of-rates); the lesser of the
    index and 3 %; the greater of 3 % or CPI, CPI + 2 % (lawinsider, future-pricing); 100 % of CPI-W
    (UMB, SEC exhibit g(4)); the percentage to one decimal (BLS). A floor of 0 allows no downward
    adjustment, a negative ``plus`` is a deduction. Only the named prices move, by default the
    labour rates, not the whole charge. Rounding is half to even, of the basket as a whole.
    Base-fixed, floor and cap hold for the change since the start; by step, for each step, in per
    cent of the first price, and an excess carried forward lets the price catch up with its index
    (ours, of the two published forms). A price rounded by one step is what the next one moves.
    No price falls below 0.
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
    method: Literal["chained", "base-fixed", "base-fixed by step"] = "chained"
    """How steps build on each other, and base-fixed what floor and cap hold for."""
    every: Span = 12
    """Months between steps."""
    first_month: Span | None = None
    """Contract month, from 1, of the first step; none for the month after the first ``every``."""
    counted_from: Span | None = None
    """Contract month, from 1, whose index the agreed prices stand for, such as the last year's of
    prices that are firm for some years; none for the first."""
    lag: Months = 0
    """Months by which the index that is read is older than the step."""
    agreed_at: Annotated[float, Field(gt=0)] | None = None
    """Level of the index that the agreed prices stand for, such as that of ``lag`` months before
    the start; none for its level in the first contract month."""
    decimals: int | None = None
    """Decimals of the per cent to which the index's change is rounded; none for no rounding."""
    price_decimals: Annotated[int, Field(ge=0, le=6)] | None = None
    """Decimals of the currency to which an indexed price is rounded; none for no rounding."""

    @model_validator(mode="after")
    def _consistent(self) -> Indexation:
        total = sum(self.basket.values())
        if (self.index is None) == (not self.basket):
            raise ValueError("needs either index or basket, and not both")
        if self.basket and self.agreed_at is not None:
            raise ValueError("agreed_at is the level of one index; a basket has several")
        if self.basket and abs(total - 1) > WHOLE:
            raise ValueError(f"the weights of the basket sum to {total:g}; they must sum to 1")
        if self.floor is not None and self.cap is not None and self.floor > self.cap:
            raise ValueError(f"floor ({self.floor:g}) must not be above cap ({self.cap:g})")
        if self.decimals is not None and self.decimals < 0:
            raise ValueError(f"decimals is {self.decimals}; it must be 0 or more, such as 1")
        if self.excess == "carried forward" and self.method == "base-fixed":
            raise ValueError(
                "base-fixed steps measure the whole change since the start, so they have no excess "
                "to carry forward: use method chained or base-fixed by step, or excess lost"
            )
        return self

    @model_validator(mode="after")
    def _from_an_older_index(self) -> Indexation:
        if self.counted_from is not None and self.agreed_at is not None:
            raise ValueError(
                "counted_from and agreed_at both say what the prices stand for: use one"
            )
        if self.agreed_at is None and self._first <= self._start:
            raise ValueError(
                f"the first step in contract month {self._first + 1} needs an older index: give "
                "agreed_at, or a first_month after the month that the index is counted from"
            )
        return self

    @property
    def _first(self) -> int:
        """The month of the first step, from 0."""
        return self.every if self.first_month is None else self.first_month - 1

    @property
    def _start(self) -> int:
        """The month whose index the agreed prices stand for, from 0."""
        return 0 if self.counted_from is None else self.counted_from - 1

    def apply(self, world: World, ledger: Ledger) -> Change:
        """The factor on each named price."""
        names = known_prices(self.prices or self._rates(world, ledger), ledger.prices)
        changes = self._changes(world)
        if self.price_decimals is None:
            return Change(price=dict.fromkeys(names, self._factor(world, changes, None)))
        held = ledger.prices
        return Change(price={name: self._factor(world, changes, held[name]) for name in names})

    def _factor(self, world: World, changes: list[Array], price: Array | None) -> Array:
        """What the steps make of a price, (months, 1 or paths); rounded where it is given."""
        wide = [level for level, _ in self._levels(world)] + ([] if price is None else [price])
        factor = np.ones_like(np.broadcast_arrays(*wide)[0], order="C")
        for change, month in zip(changes, self._steps(world), strict=True):
            start: Any = factor[month - 1] if self.method == "chained" and month else 1
            moved = start * np.maximum(1 + change, 0)
            moved = moved if price is None else self._rounded_price(moved, price[month])
            factor[month : month + self.every] = moved
        return factor

    def _steps(self, world: World) -> range:
        """The months of the steps, from 0."""
        return range(self._first, world.months, self.every)

    def _changes(self, world: World) -> list[Array]:
        """The relative change by each step: of the price in force where chained, else of the first
        price.
        """
        chained, by_step = self.method == "chained", self.method == "base-fixed by step"
        since: int | None = None
        excess: Any = 0
        before: Any = 0
        total: Any = 0
        changes = []
        for step, month in enumerate(self._steps(world), 1):
            moved = self._rounded(self._moved(world, since, month))
            wanted = moved * self.share + self.plus * (1 if chained else step)
            if by_step:
                wanted, before = wanted - before, wanted
            wanted = wanted + excess
            change = self._within(wanted)
            if self.excess == "carried forward":
                excess = wanted - change
            total = total + change if by_step else change
            changes.append(total)
            since = month if chained else None
        return changes

    def _moved(self, world: World, since: int | None, month: int) -> Array:
        """The relative change of the index, or of the basket, since a month or the start."""
        then = max((self._start if since is None else since) - self.lag, 0)
        now, agreed = max(month - self.lag, 0), self.agreed_at if since is None else None
        moved: Array = add_up(
            (level[now] / (level[then] if agreed is None else agreed) - 1) * weight
            for level, weight in self._levels(world)
        )
        return moved

    def _rates(self, world: World, ledger: Ledger) -> tuple[str, ...]:
        """The prices of hours; a glide path may have put start or end before a role's name."""
        return tuple(name for name in ledger.prices if name.split()[-1] in world.roles)

    def _levels(self, world: World) -> list[tuple[Array, Any]]:
        """Each index, (months, 1 or paths), and its weight."""
        weights: dict[str, Any] = dict(self.basket) if self.index is None else {self.index: 1}
        return [(world[f"index.{name}"], weight) for name, weight in weights.items()]

    def _rounded(self, change: Array) -> Array:
        """The relative change, rounded as a per cent is."""
        return change if self.decimals is None else rounded(change, self.decimals + 2)

    def _rounded_price(self, factor: Array, price: Array) -> Array:
        """The factor that makes a price one of whole cents; a price of 0 stays 0."""
        # Twelve decimals first: a factor in Decimal may lose the last digit of its price.
        whole = rounded(rounded(price * factor, 12), self.price_decimals)
        free = price == 0
        return np.where(free, factor, whole / np.where(free, 1, price))

    def _within(self, change: Array) -> Array:
        """The relative change within floor and cap."""
        if self.floor is not None:
            change = np.maximum(change, self.floor)
        return change if self.cap is None else np.minimum(change, self.cap)
