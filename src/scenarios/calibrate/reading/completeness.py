"""Logs of closed cases alone: at the end, what was opened and is still open is missing."""

from __future__ import annotations

import numpy as np

from scenarios.calibrate.reading.cases import Cases
from scenarios.calibrate.reading.decisions import Findings, plural
from scenarios.calibrate.reading.grid import day_label, first_day, label, weekday
from scenarios.calibrate.reading.selection import ENOUGH, FEWEST, SURELY, called
from scenarios.calibrate.reading.span import OPTION, Days, Range
from scenarios.calibrate.reading.stamps import NONE
from scenarios.world import Array

_DAY = 86400
_COMPLETE = 0.9
"""Share of its cases that must be closed by the end for a period to count; an assumption."""


def ends_with_closings(cases: Cases, days: Days, kept: Range, findings: Findings) -> None:
    """Leave out the last periods where only closed cases are in the log and many were open.

    How many were open when the last case was closed follows from the usual number of openings and
    from how long cases take; none of them being there says that the log holds closed cases alone.
    """
    found = _closed_only(cases)
    if found is None:
        return
    lags, end, role = found
    last = _last_complete(days, kept, lags, end)
    if last == kept.last:
        return
    why = (
        f"all {len(cases):,} cases are {role}, the last on {day_label(end // _DAY)}: what was "
        f"opened late and not yet {role} is missing"
    )
    if last - kept.first + 1 < FEWEST:
        findings.warn(f"the last periods are incomplete: {why}")
        return
    begin, stop = first_day(last + 1, kept.every), first_day(kept.last + 1, kept.every) - 1
    rows = int(days.between(begin, stop).sum())
    findings.leave_out("opened shortly before the end of a log of closed cases", rows)
    findings.decide("closed cases alone", f"ends with {label(last, kept.every)}", why, OPTION)
    findings.warn(f"left out {plural(kept.last - last, kept.every)} at the end: {why}")
    kept.last = last


def _closed_only(cases: Cases) -> tuple[Array, int, str] | None:
    """Times to closing where no case is open, sorted; the last closing; and what it is called."""
    for role in ("closed", "done"):
        if role not in cases.columns or len(cases) < ENOUGH:
            continue
        moment = cases.columns[role]
        if (moment == NONE).any():
            continue
        lags, end = moment - cases.opened, int(moment.max())
        settled = cases.opened <= end - np.quantile(lags, 0.99)
        if settled.sum() >= ENOUGH:
            return np.sort(lags[settled]), end, called(role, cases)
    return None


def _last_complete(days: Days, kept: Range, lags: Array, end: int) -> int:
    """The last period of whose cases nearly all were closed by the last closing."""
    settled = end // _DAY - int(np.quantile(lags, 0.99)) // _DAY - 1
    begin = max(days.first, first_day(kept.first, kept.every))
    usual = _by_weekday(days, begin, settled)
    stop = first_day(kept.last + 1, kept.every)
    every_day = np.arange(begin, stop)
    ages = end - every_day * _DAY - _DAY // 2
    still_open = np.where(ages > 0, 1 - np.searchsorted(lags, ages, "right") / len(lags), 0.0)
    missing = usual[weekday(every_day)] * still_open
    if missing.sum() < SURELY:
        return kept.last
    last = kept.last
    while last > kept.first:
        inside = slice(first_day(last, kept.every) - begin, first_day(last + 1, kept.every) - begin)
        if missing[inside].sum() <= (1 - _COMPLETE) * usual[weekday(every_day[inside])].sum():
            break
        last -= 1
    return last


def _by_weekday(days: Days, first: int, last: int) -> Array:
    """The usual number of openings on each weekday, Monday first, (7,)."""
    counts, at = days.between(first, last), weekday(np.arange(first, last + 1))
    return np.array([counts[at == n].mean() if (at == n).any() else 0.0 for n in range(7)])
