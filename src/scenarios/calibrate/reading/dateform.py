"""How the dates of a column are printed: evidence for the order of day and month, and its lack."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from scenarios.calibrate.reading.stamps import ORDERS, Grain, Order, Stamp, readings

Numeric = Literal["serial", "epoch s", "epoch ms"]
_SERIALS = (25569.0, 73050.0)
"""Days of Excel's calendar from 1970 to 2099."""
_SECONDS = (0.9e9, 2.6e9)
"""Seconds since 1970 that fall into 1998 to 2052."""
_MOST_YEARS = 12
"""Years that a log may span before a reading of two-digit years looks absurd; an assumption."""
_DOTTED = re.compile(r"\D*\d{1,2}\. ?\d{1,2}\. ?\d{2,4}")


@dataclass
class DateEvidence:
    """What the dates of a column allow, each value counted as often as it stands there."""

    values: int = 0
    dates: int = 0
    """How many can be read as a date at all."""
    digits: int = 0
    """How many of those are digits alone, such as 20240105."""
    refused: Counter[Order] = field(default_factory=Counter)
    """How many cannot be read in this order."""
    open: int = 0
    """How many have two readings that differ."""
    dotted: int = 0
    timed: int = 0
    """How many carry a time of day."""
    short: int = 0
    """How many have a year of two digits."""
    grains: Counter[Grain] = field(default_factory=Counter)
    offsets: Counter[int | None] = field(default_factory=Counter)
    example: str = ""
    """A value with two readings."""
    years: dict[Order, set[int]] = field(default_factory=dict)
    days: dict[Order, set[int]] = field(default_factory=dict)
    """Different days, as far as one needs them to see a regular step."""
    midnights: int = 0
    sure: set[int] = field(default_factory=set)
    """Different days of dates that can be read in one way only."""

    @property
    def steps(self) -> bool:
        """True where the days follow each other in steps, working days among them."""
        return any(
            _regular(days) or _working_days(days) for days in (self.sure, *self.days.values())
        )

    @property
    def mostly_midnights(self) -> bool:
        """True where most values have no time of day, or one that is always midnight."""
        return 2 * (self.dates - self.midnights) < self.dates

    @property
    def share(self) -> float:
        """The share of the values that can be read as a date."""
        return self.dates / self.values if self.values else 0.0

    def add(self, text: str, times: int) -> None:
        """Take in a value."""
        self.values += times
        found = readings(text)
        if not found:
            return
        self.dates += times
        self.digits += times * text.strip().isdigit()
        self.grains[found[0].grain] += times
        self.offsets[found[0].offset] += times
        self.timed += times * (found[0].grain == "second")
        self.midnights += times * (found[0].seconds % 86400 == 0)
        self.short += times * found[0].short_year
        by_order = {reading.order: reading for reading in found}
        if None in by_order:
            self.sure.add(found[0].seconds // 86400)
        else:
            self._add_orders(text, times, by_order)

    def _add_orders(self, text: str, times: int, by_order: dict[Order | None, Stamp]) -> None:
        for order in ORDERS:
            if order in by_order:
                moment = by_order[order].seconds // 86400
                self.years.setdefault(order, set()).add(moment // 365)
                self.days.setdefault(order, set()).add(moment)
            else:
                self.refused[order] += times
        if len({reading.seconds for reading in by_order.values()}) > 1:
            self.open += times
            self.example = self.example or text
        self.dotted += times * (_DOTTED.match(text) is not None)


def date_evidence(texts: Sequence[str]) -> DateEvidence:
    """What the texts allow as dates; missing values must have been taken out."""
    found = DateEvidence()
    for text, times in Counter(texts).items():
        found.add(text, times)
    return found


def settled(found: DateEvidence) -> tuple[Order | None, str]:
    """The order that the evidence allows, or None, and why.

    An order is settled where it alone reads every value; by the regular steps that only one order
    gives; and by dots, with which no locale of Unicode CLDR puts the month first. Otherwise it is
    not, however likely one reading may be.
    """
    if not found.days:
        return None, f"all {found.dates:,} dates can be read in one way only"
    allowed = [o for o in ORDERS if o in found.days and found.refused[o] == 0]
    if "year first" in allowed and len(allowed) > 1:
        allowed = _without_absurd_years(found, allowed)
    if not allowed:
        return _nearly(found)
    return (allowed[0], _only_one(found, allowed[0])) if len(allowed) == 1 else _of(found, allowed)


def _of(found: DateEvidence, allowed: list[Order]) -> tuple[Order | None, str]:
    """One of several orders that read every value."""
    steady = [order for order in allowed if _regular(found.days[order])]
    if found.open and len(steady) == 1:
        return steady[0], f"only so do the {len(found.days[steady[0]])} dates follow in equal steps"
    if found.dotted == found.dates and "day first" in allowed:
        return "day first", "dates with dots: no locale of Unicode CLDR puts the month first"
    if found.open == 0:
        return allowed[0], f"all readings of the {found.dates:,} dates are the same"
    told = f"{found.open:,} of {found.dates:,} dates can be read in two ways and none settles it"
    return None, told


def _only_one(found: DateEvidence, order: Order) -> str:
    others = [
        o for o in ORDERS if o != order and found.refused[o] and o in ("day first", "month first")
    ]
    told = ", ".join(f"{found.refused[o]:,} of {found.dates:,} dates cannot be {o}" for o in others)
    return told or f"no other order reads all {found.dates:,} dates"


def _nearly(found: DateEvidence) -> tuple[Order | None, str]:
    """The order of nearly all values where none reads all: a typing error must not decide."""
    few = [o for o in ORDERS if o in found.days and found.refused[o] <= 0.005 * found.dates]
    if len(few) == 1:
        read = found.dates - found.refused[few[0]]
        return few[0], f"{read:,} of {found.dates:,} dates; the others are left out"
    counts = "; ".join(
        f"{found.dates - found.refused[o]:,} can be {o}" for o in ORDERS if o in found.days
    )
    return None, f"the dates are of more than one kind: of {found.dates:,}, {counts}"


def _without_absurd_years(found: DateEvidence, allowed: list[Order]) -> list[Order]:
    """Two-digit years in front, or at the end, where the other reading spans many years."""
    first, last = len(found.years["year first"]), len(found.years[allowed[0]])
    if first > _MOST_YEARS >= last:
        return [order for order in allowed if order != "year first"]
    if last > _MOST_YEARS >= first:
        return ["year first"]
    return allowed


def _regular(days: set[int]) -> bool:
    """True for three or more days that follow by one day, by weeks or by whole months."""
    if len(days) < 3:  # noqa: PLR2004  two days are always regular
        return False
    ordered = np.sort(np.fromiter(days, np.int64))
    steps = set(np.diff(ordered).tolist())
    if steps in ({1}, {7}):
        return True
    dates = ordered.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    same_day = len({*(dates - months).astype(int).tolist()}) == 1
    last_day = bool(((dates + 1).astype("datetime64[M]") > months).all())
    return (same_day or last_day) and set(np.diff(months.astype(int)).tolist()) == {1}


def _working_days(days: set[int]) -> bool:
    """True for days of which nearly none is more than a long weekend after the one before."""
    if len(days) < 10:  # noqa: PLR2004  fewer may be chance
        return False
    apart = np.diff(np.sort(np.fromiter(days, np.int64)))
    return bool(np.mean(apart <= 4) > 0.95 and np.mean(apart == 1) > 0.5)  # noqa: PLR2004  nearly all


_A_DAY: dict[Numeric, float] = {"serial": 1.0, "epoch s": 86_400.0, "epoch ms": 86_400_000.0}


def mostly_midnights(numbers: np.ndarray, kind: Numeric) -> bool:
    """True where most numbers that stand for dates are whole days."""
    return bool(np.mean(numbers % _A_DAY[kind] == 0) > 0.5)  # noqa: PLR2004  most


def numeric_kind(numbers: np.ndarray) -> Numeric | None:
    """What kind of numbers may stand for dates: Excel serials or time since 1970."""
    for kind, (low, high) in (
        ("serial", _SERIALS),
        ("epoch s", _SECONDS),
        ("epoch ms", (_SECONDS[0] * 1000, _SECONDS[1] * 1000)),
    ):
        if len(numbers) and np.mean((numbers >= low) & (numbers <= high)) > 0.98:  # noqa: PLR2004  nearly all
            return kind  # type: ignore[return-value]
    return None
