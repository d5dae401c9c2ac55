"""The World: what happens, month by month. It holds no target and no price."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from scenarios.errors import ScenarioError, unknown

Array = npt.NDArray[Any]

Variant = Literal["as written", "not automated", "automated earlier", "whole ceiling"]
"""The same shocks in a world that is automated as written, never, or a month sooner; or one that
runs on for three years and shows the share of automation's own ceiling, and where it is live as a
running cost of 1.
"""

SERIES: Mapping[str, str] = {
    "demand": "units that came in [units]",
    "confirmed": "claimed units that the customer confirmed as resolved [units]; "
    "confirmed.automated as for claimed",
    "reopened": "reopened.AGE: units reopened that were claimed AGE months ago [units]",
    "audit.error": "share of wrong claims, inflated ones too, that this month's audit sample "
    "finds [share]",
    "completed": "units worked to an end, by people or automation [units]",
    "automated": "units that automation handled [units]",
    "automation": "share of units that automation handled [share]",
    "claimed": "units the provider reports as resolved or accepted [units]; claimed.automated: "
    "how many of them automation handled, where that is counted",
    "verified": "claimed units less reopened ones and duplicates [units]; verified.automated as "
    "for claimed",
    "waiting": "units behind demand or plan at the month's end [units]",
    "activity": "share of the month in which the team works [share]",
    "hours": "hours worked [hours]; hours.ROLE for each role",
    "contracted": "hours of the contracted headcount [hours]; contracted.ROLE for each role",
    "paid": "paid.ROLE: hours paid to the provider's own people, leave and breaks included [hours]",
    "handling": "handling.ROLE: hours worked that go into units [hours]",
    "subcontracted": "subcontracted.ROLE: hours worked that subcontractors work [hours]",
    "overtime": "overtime.ROLE: hours worked at overtime, part of hours.ROLE [hours]",
    "changes": "hours of change requests, worked on top of the hours above [hours]",
    "repair": "repair.AGE: hours of repair of what was completed AGE months ago [hours]",
    "leavers": "leavers.ROLE: people who leave the team unplanned [people]",
    "shock": "shock.NAME: how much of a shock's first effect is felt [share]",
    "insolvent": "1 from the month in which the provider is insolvent, else 0 [flag]",
    "loss": "what all losses cost the buyer [money]; loss.NAME for each",
    "readiness": "how ready the parties are for each other [share]",
    "alignment": "alignment.effort: what readiness makes of the hours of a unit [factor]",
    "relationship": "1 from the month in which the relationship has failed, else 0 [flag]",
    "market": "market.NAME: a market price that benchmarks and reviews look at [money per unit]",
    "cost.labour": "provider's cost of the hours worked [money]",
    "cost.subcontract": "provider's cost of the hours that subcontractors work [money]",
    "cost.staffing": "provider's cost of replacing the people who leave [money]",
    "cost.hour": "provider's cost of an average hour of its own people [money per hour]",
    "cost.materials": "provider's outlay for materials [money]",
    "cost.changes": "provider's cost of change requests [money]",
    "cost.repair": "provider's cost of repairs [money]",
    "cost.quality": "what better KPIs cost a provider that reacts to how it is paid [money]",
    "cost.governance": "provider's cost of onboarding and governance [money]",
    "cost.ai": "provider's cost of running the automation [money]",
    "cost.one_off": "one-off investment in automation [money]",
    "value": "what the outcomes are worth to the buyer [money]",
    "consequence": "buyer's cost of units unresolved, reopened or late [money]",
    "management": "buyer's own management needed against plan [factor]",
    "governance": "buyer's own cost of onboarding and governance [money]",
    "coordination.cost": "cost of coordination inside the team, whoever carries it [money]",
    "kpi": "kpi.NAME: a KPI as it is [the KPI's unit]",
    "external": "external.NAME: the part of a KPI's deviation that comes from outside [the KPI's "
    "unit]",
    "reported": "reported.NAME: the KPI as its meter shows it [the KPI's unit]",
    "replacement.cost": "what a replacement costs the buyer once the contract is over [money]",
    "replacement.value": "what the outcomes are then worth to the buyer [money]",
    "index": "index.NAME: a price index, 1 in the first month [factor]",
}
"""The names a term may read, with units; each array is (months, paths) or (months, 1)."""


ON_TARGET = 1e-12
"""How far, in proportion, a float may be off its target and still be on it: an average of values
that are exactly on target is not always exact."""

NEXT_TO_NOTHING = 1e-300
"""Less than any amount, so that adding it changes none."""


@dataclass(frozen=True, eq=False)
class World:
    """A read-only block of months and paths; money in the scenario's currency.

    ``series`` arrays are (months, paths), or (months, 1) where every path agrees. ``end`` is the
    contract's length in months; the months given may be fewer (settlement so far) or more (late
    cash). ``last`` is None while nobody stops, else each path's last active month, (paths,).
    """

    series: Mapping[str, Array]
    paths: int
    end: int
    lower_is_better: frozenset[str] = frozenset()
    month_hours: Mapping[str, float] = field(default_factory=dict)
    last: Array | None = None
    zero: Any = 0.0
    happened: bool = False
    """True for months that happened: each amount is rounded as it is posted, by the deal's rule,
    and the parties' own outlays are left out."""
    by_month: frozenset[str] = frozenset()
    """KPIs whose average over several months is the simple mean of the months."""
    _averages: dict[tuple[str, int, int | None, bool], Array] = field(
        default_factory=dict, repr=False
    )

    def __post_init__(self) -> None:
        for array in self.series.values():
            array.flags.writeable = False

    def __getitem__(self, name: str) -> Array:
        """The series of this name, (months, paths) or (months, 1)."""
        try:
            return self.series[name]
        except KeyError:
            family = name.partition(".")[0]
            alike = sorted(other for other in self.series if other.partition(".")[0] == family)
            names = alike or sorted(self.series)
            raise ScenarioError(unknown("series", name, names)) from None

    @cached_property
    def months(self) -> int:
        """Months given [months]."""
        return next(iter(self.series.values())).shape[0]

    @cached_property
    def month(self) -> Array:
        """Months since the start, (months, 1) whole numbers from 0."""
        return np.arange(self.months)[:, None]

    @property
    def year(self) -> Array:
        """Contract years since the start, (months, 1) whole numbers from 0."""
        return self.month // 12

    @cached_property
    def active(self) -> Array | None:
        """Where the contract runs, (months, 1 or paths); None: in every month given."""
        if self._stop is not None:
            return (self.month <= self._stop) & (self.month < self.end)
        return None if self.months <= self.end else self.month < self.end

    @cached_property
    def _stop(self) -> Array | None:
        """The last active month, (1,) where all paths stop in the same; None: nobody stops."""
        alike = self.last is not None and self.last.min() == self.last.max()
        return self.last[:1] if self.last is not None and alike else self.last

    @cached_property
    def _closes(self) -> dict[int, Array]:
        """What ``closes`` found, by the months of the period."""
        return {}

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """The roles that work on this contract, by name: sums over them have one order."""
        return tuple(sorted(name[6:] for name in self.series if name.startswith("hours.")))

    @cached_property
    def corner(self) -> World:
        """Its first month on its first path: enough where names alone are asked for."""
        return self.each(lambda array: array[:1, :1], paths=1, last=None)

    @property
    def kpis(self) -> tuple[str, ...]:
        """The names of the KPIs."""
        return tuple(name[4:] for name in self.series if name.startswith("kpi."))

    @property
    def ends_early(self) -> Array:
        """True in the last month of a contract that a clause ended early; (months, 1 or paths)."""
        if self._stop is None:
            return self.month < 0
        return (self.month == self._stop) & (self.month < self.end - 1)

    @property
    def since_end(self) -> Array:
        """Months since the contract's last active month, below 1 while it runs; (months, 1 or
        paths) whole numbers.
        """
        end = self.end - 1
        return self.month - (end if self._stop is None else np.minimum(self._stop, end))

    def headcount(self, role: str) -> Array:
        """People at work in a role [FTE]: hours worked over a person's hours a month."""
        return self[f"hours.{role}"] / self.month_hours[role]

    def zeros(self) -> Array:
        """Zero money, (months, paths)."""
        return np.full((self.months, self.paths), self.zero)

    def closes(self, every: int) -> Array:
        """True in the last active month of each period of so many months; (months, 1 or paths)."""
        if every not in self._closes:
            stop, runs = self._stop, self.month < self.end
            last = ((self.month + 1) % every == 0) | (self.month == self.end - 1)
            if stop is not None:
                last = (last & (self.month <= stop)) | (self.month == stop)
            self._closes[every] = last & runs
            self._closes[every].flags.writeable = False
        return self._closes[every]

    def closing(self, every: int) -> Any:
        """The months that close a period of so many on any path, as an index of rows."""
        return slice(None) if every == 1 else np.flatnonzero(self.closes(every).any(axis=1))

    def from_closing(self, amounts: Array, every: int) -> Array:
        """The amounts of ``closing`` months as (months, paths), nothing where no period closes."""
        rows = self.closing(every)
        if self.active is not None:
            amounts = masked(amounts, self.closes(every)[rows], self.zero)
        if isinstance(rows, slice):
            return amounts
        whole = self.zeros()
        whole[rows] = amounts
        return whole

    def at_close(self, amounts: Array, every: int) -> Array:
        """The amounts in the months that close a period of so many, nothing in the others."""
        if every == 1 and self.active is None:
            return amounts
        return masked(amounts, self.closes(every), self.zero)

    def elapsed(self, every: int) -> Array:
        """Months of the current period so far, this one included; (months, 1) whole numbers."""
        return self.month % every + 1

    def running(self, amounts: Array, every: int | None = None) -> Array:
        """Running total that starts again each period; None runs over the whole contract."""
        return amounts if every == 1 else running_total(amounts, every)

    def average(self, kpi: str, every: int = 1, decimals: int | None = None) -> Array:
        """The reported KPI averaged over the period so far, weighted by completed units; rounded.

        A KPI that the contract averages ``by_month`` is not weighted. Its value in a month that
        ``closes(every)`` is the period's average. Computed once a block.
        """
        key = (kpi, every, decimals, kpi in self.by_month)
        if key not in self._averages:
            exact = self._average(kpi, every) if decimals is None else self.average(kpi, every)
            self._averages[key] = rounded(exact, decimals)
            self._averages[key].flags.writeable = False
        return self._averages[key]

    def _average(self, kpi: str, every: int) -> Array:
        reported = self[f"reported.{kpi}"]
        if every == 1:
            return reported
        if kpi in self.by_month:
            return self.running(reported, every) / self.elapsed(every)
        units = self["completed"]
        weight = self.running(units, every)
        plain = self.running(reported, every) / self.elapsed(every)
        weighted = self.running(reported * units, every)
        return np.where(weight > 0, weighted / np.where(weight > 0, weight, 1), plain)

    def meets(self, kpi: str, target: Any, every: int = 1, decimals: int | None = None) -> Array:
        """True where the averaged KPI is at or on the right side of its target."""
        value = self.average(kpi, every, decimals)
        slack = 0 if value.dtype == object else ON_TARGET * np.abs(target)
        if kpi in self.lower_is_better:
            return value <= target + slack
        return value >= target - slack

    def until(self, end: int) -> World:
        """The same world under a contract that ends after so many months."""
        return replace(self, end=end, _averages=self._averages)

    def averaging(self, by_month: frozenset[str]) -> World:
        """The same world under a contract that averages these KPIs by month."""
        return replace(self, by_month=by_month, _averages=self._averages)

    def stopped(self, last: Array) -> World:
        """The same world with each path's last active month, (paths,), marked."""
        first = last if self.last is None else np.minimum(self.last, last)
        return replace(self, last=first, _averages=self._averages)

    def each(self, change: Callable[[Array], Array], **fields: Any) -> World:
        """A world whose every series is changed the same way: fewer months, paths, Decimals."""
        series = {name: change(array) for name, array in self.series.items()}
        return replace(self, series=series, _averages={}, **fields)

    def head(self, months: int) -> World:
        """The first months only: what is known so far."""
        return self.each(lambda array: array[:months].copy())


def running_total(amounts: Array, every: int | None = None) -> Array:
    """Running total over the months, starting again each period of so many; a new array.

    Month by month, in all periods at once: a cumulative sum down the columns of so wide an array
    is many times slower.
    """
    total = np.empty_like(amounts)
    step = every or max(len(amounts), 1)
    total[::step] = amounts[::step]
    for month in range(1, step):
        now = total[month::step]
        np.add(total[month - 1 :: step][: len(now)], amounts[month::step], out=now)
    return total


def masked(amounts: Array, where: Array, zero: Any = 0) -> Array:
    """The finite amounts where a mask, (months, 1 or paths), is true; nothing elsewhere."""
    if where.shape[1] == 1:
        out, rows = np.full_like(amounts, zero, order="C"), where[:, 0]
        out[rows] = amounts[rows]
        return out
    return np.where(where, amounts, zero) if amounts.dtype == object else amounts * where


def above_zero(amounts: Array) -> Array:
    """The part of each amount above zero."""
    if amounts.min() >= 0:
        return amounts
    return np.clip(amounts, 0, np.inf)  # twice as fast as with one limit


def divisor(whole: Array) -> Array:
    """The whole that a part is a share of, or above 0 where it is 0: nothing of nothing is 0."""
    return whole + ((whole == 0) if whole.dtype.hasobject else NEXT_TO_NOTHING)


def part_of(amounts: Array, part: Any, whole: Any, out: Array | None = None) -> Array:
    """The amounts in proportion to a part of the whole; in ``Decimal`` without loss where the
    answer has an end, in floats with one pass less.
    """
    if amounts.dtype.hasobject:
        return np.divide(amounts * part, whole, out=out)
    return np.multiply(amounts, part / whole, out=out)


def chosen(where: Array, one: Any, other: Any) -> Array:
    """``one`` where a mask is true and ``other`` elsewhere, for finite numbers.

    It adds up what ``np.where`` picks: where a mask follows chance, as a missed target does, a
    processor guesses wrong half of the time, and picking takes several times as long.
    """
    both: Array = one * where + other * ~where
    return both


def rounded(value: Array, decimals: int | None) -> Array:
    """Rounded half to even on the decimals given; None leaves it as it is.

    A float within ``ON_TARGET`` of a tie is one, as it is for the person who wrote 4.015 and in
    ``Decimal``: simulated and settled months round alike.
    """
    if decimals is None:
        return value
    if value.dtype == object:
        return np.asarray(np.vectorize(lambda x: round(x, decimals), otypes=[object])(value))
    scaled = value * 10.0**decimals
    whole = np.rint(scaled)
    off, room = np.abs(scaled - whole), ON_TARGET * max(np.abs(scaled).max(initial=0), 1)
    if not off.max(initial=0) < 1 / 2 - room:  # some are ties, or almost
        tie = np.rint(scaled * 2) / 2
        near = np.abs(scaled - tie) <= ON_TARGET * np.maximum(np.abs(scaled), 1)
        whole = np.rint(np.where(near, tie, scaled))
    return np.asarray(whole / 10.0**decimals)
