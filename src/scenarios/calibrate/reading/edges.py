"""First and last periods that the extraction cut off, told by their empty days."""

from __future__ import annotations

from datetime import date

import numpy as np

from scenarios.calibrate.reading.decisions import Findings, plural
from scenarios.calibrate.reading.grid import day_label, first_day, label, weekday
from scenarios.calibrate.reading.pauses import yearly_pause
from scenarios.calibrate.reading.span import OPTION, Days, Range
from scenarios.world import Array

_EMPTY = 0.1
"""Days with less than this share of what is usual count as empty."""
_EXPECTED = 5.0
"""Cases that empty days would usually have: none at all by chance once in 150 (Poisson)."""
_MATERIAL = 0.05
"""Share of a period that must be missing before it is left out."""
_WEEKS = 8
"""Weeks beside a period that say what is usual there."""
_SEASON = 14
"""Days by which a yearly pause moves, as at Easter or beside Christmas; an assumption."""
_RISE = 0.65
"""A first period whose rate is below this share of the next ones' is a beginning, not a cut."""


def cut_off(
    days: Days, kept: Range, today: date, findings: Findings, *, remainder: bool = False
) -> Range:
    """The periods without those at either end that the extraction cut off.

    Of a ``remainder`` the beginning is as it is: it rises because of how it was selected.
    """
    _drop_current(days, kept, today, findings)
    if len(kept) and days.last - days.first + 1 < 7:  # noqa: PLR2004  days of a week
        told = f"the file holds {plural(days.last - days.first + 1, 'day')}, no whole week"
        _leave_out(days, kept, kept.last, told, findings)
        kept.last = kept.first - 1
    if len(kept):
        _drop_last(days, kept, findings)
    if len(kept) and not remainder:
        _drop_first(days, kept, findings)
    return kept


def _drop_current(days: Days, kept: Range, today: date, findings: Findings) -> None:
    """A period that is not over is not complete."""
    now = int(np.datetime64(today, "D").astype(np.int64))
    while len(kept) and first_day(kept.last + 1, kept.every) > now:
        told = f"{label(kept.last, kept.every)} is not over on {day_label(now)}"
        _leave_out(days, kept, kept.last, told, findings)
        kept.last -= 1


def _drop_last(days: Days, kept: Range, findings: Findings) -> None:
    begin, end = first_day(kept.last, kept.every), first_day(kept.last + 1, kept.every) - 1
    usual = _usual(days, kept, begin - 7 * _WEEKS, begin - 1, begin, end)
    usual = np.where(yearly_pause(days, begin, end), 0.0, usual)
    counts = days.between(begin, end)
    empty = _empty_days(counts, usual)
    if empty and not _pauses(days, kept, empty, end + 1 - empty):
        told = (
            f"{label(kept.last, kept.every)} has {int(counts[-empty:].sum()):,} on its last "
            f"{plural(empty, 'day')}, usual are {usual[-empty:].sum():,.0f}: "
            "cut off by the extraction"
        )
        _leave_out(days, kept, kept.last, told, findings)
        kept.last -= 1


def _drop_first(days: Days, kept: Range, findings: Findings) -> None:
    begin, end = first_day(kept.first, kept.every), first_day(kept.first + 1, kept.every) - 1
    usual = _usual(days, kept, end + 1, end + 7 * _WEEKS, begin, end)
    usual = np.where(yearly_pause(days, begin, end), 0.0, usual)
    counts = days.between(begin, end)
    empty = _empty_days(counts[::-1], usual[::-1])
    if not empty:
        return
    told = (
        f"{label(kept.first, kept.every)} has {int(counts[:empty].sum()):,} on its first "
        f"{plural(empty, 'day')}, usual are {usual[:empty].sum():,.0f}"
    )
    if _rises(days, kept, counts[empty:], usual[empty:]):
        findings.decide(
            "first period", "kept as the service's beginning", f"{told}, and few after", OPTION
        )
        findings.warn(
            f"{told}; it is kept because numbers go on rising from there: the service began"
        )
        return
    if _pauses(days, kept, empty, begin):
        return
    _leave_out(days, kept, kept.first, f"{told}: cut off by the extraction", findings)
    kept.first += 1


def _rises(days: Days, kept: Range, counts: Array, usual: Array) -> bool:
    """True where the rate begins low and goes on rising, as when a service begins."""
    if len(kept) < 3 or not len(counts) or counts.sum() >= _RISE * usual.sum():  # noqa: PLR2004
        return False
    second, third = (
        days.between(
            first_day(kept.first + n, kept.every), first_day(kept.first + n + 1, kept.every) - 1
        ).sum()
        for n in (1, 2)
    )
    return bool(counts.sum() < second < third)


def _usual(days: Days, kept: Range, low: int, high: int, begin: int, end: int) -> Array:
    """What a period's days usually have, by weekday, from the weeks beside it; (days,)."""
    low = max(low, first_day(kept.first, kept.every), days.first)
    high = min(high, first_day(kept.last + 1, kept.every) - 1, days.last)
    if high - low + 1 < 14:  # noqa: PLR2004  two weeks show weekdays
        low, high = days.first, days.last
    counts, at = days.between(low, high), weekday(np.arange(low, high + 1))
    by_weekday = np.array([counts[at == n].mean() if (at == n).any() else 0.0 for n in range(7)])
    return by_weekday[weekday(np.arange(begin, end + 1))]


def _empty_days(counts: Array, usual: Array) -> int:
    """How many days at the end hold next to nothing, where that is beyond chance and matters."""
    had = np.cumsum(counts[::-1])
    expected = np.cumsum(usual[::-1])
    enough = max(_EXPECTED, _MATERIAL * usual.sum())
    empty = np.flatnonzero((expected >= enough) & (had <= _EMPTY * expected))
    return int(empty[-1]) + 1 if len(empty) else 0


def _pauses(days: Days, kept: Range, length: int, begin: int) -> bool:
    """True where such a pause happens at the same time of another year too, as at Christmas.

    What is empty for far longer is no pause but a hole.
    """
    low = max(days.first, first_day(kept.first + 1, kept.every))
    high = min(days.last, first_day(kept.last, kept.every) - 1)
    if high - low + 1 < length + 14:
        return False
    counts = days.between(low, high)
    total = np.concatenate([[0.0], np.cumsum(counts)])
    had = total[length:] - total[:-length]
    width = 7 * _WEEKS
    around = np.convolve(counts, np.ones(width), "same") / np.convolve(
        np.ones(len(counts)), np.ones(width), "same"
    )
    middle = around[length // 2 : length // 2 + len(had)]
    at = weekday(np.arange(low, high + 1))
    level = max(float(counts.mean()), 1e-12)
    shape = np.array([counts[at == n].mean() / level if (at == n).any() else 0.0 for n in range(7)])
    shares = np.concatenate([[0.0], np.cumsum(shape[at])])
    expected = (shares[length:] - shares[:-length]) * middle
    side = length // 2 + 4
    start = np.arange(len(had))
    low_end, high_end = np.maximum(start - side, 0), np.minimum(start + length + side, len(counts))
    around_had = total[high_end] - total[low_end]
    pause = (expected >= _EXPECTED) & (had <= _EMPTY * expected) & (around_had > had)
    away = (low + start - begin) % 365.25
    season = np.minimum(away, 365.25 - away) <= _SEASON
    return bool((pause & season & (around_had > _EMPTY * expected)).any())


def _leave_out(days: Days, kept: Range, period: int, told: str, findings: Findings) -> None:
    begin, end = first_day(period, kept.every), first_day(period + 1, kept.every) - 1
    findings.leave_out(f"in an incomplete {kept.every}", int(days.between(begin, end).sum()))
    findings.decide("incomplete period", f"{label(period, kept.every)} left out", told, OPTION)
    findings.warn(f"left out: {told}")
