"""Logs that hold only what was closed: cases are missing where closing decides what is in it."""

from __future__ import annotations

import numpy as np

from scenarios.calibrate.reading.cases import Cases
from scenarios.calibrate.reading.decisions import Findings, plural
from scenarios.calibrate.reading.grid import day_label, first_day, label
from scenarios.calibrate.reading.span import OPTION, Days, Range
from scenarios.calibrate.reading.stamps import NONE
from scenarios.world import Array

_DAY = 86400
_SURELY = 10.0
"""Missing closings that count as evidence: none by chance once in 20,000 (Poisson)."""
_THINNER = 0.5
"""Share of the later rate below which earlier cases count as a remainder; an assumption."""
_COMPLETE = 0.9
"""Share of its cases that must be closed by the end for a period to count; an assumption."""
_FEWEST = 3
"""Periods that must remain before any is left out for this reason."""
_ENOUGH = 50
"""Cases whose time to closing is needed to tell."""
_ROLES = ("closed", "updated", "done")


def begins_with_closings(cases: Cases, days: Days, kept: Range, findings: Findings) -> str:
    """Leave out what was opened before a log by date of closing begins; say what is doubtful.

    In such a log a case that was opened and closed before its beginning is missing, so earlier
    periods hold a remainder: long cases. The answer is why volumes are not to be trusted, or "".
    """
    found = _beginning(cases)
    if found is None:
        return ""
    moment, role, before, missing = found
    since = day_label(moment // _DAY)
    why = (
        f"no case has {role} before {since}, though {before:,} were opened before and "
        f"{missing:,.0f} of them should: the file holds what was {role} from then on"
    )
    first = kept.first
    span = first_day(kept.first + 1, kept.every) - first_day(kept.first, kept.every)
    while first <= kept.last and first_day(first, kept.every) * _DAY < moment - 0.15 * span * _DAY:
        first += 1
    if first == kept.first:
        return ""
    if kept.last - first + 1 < _FEWEST:
        doubt = f"{why}; volumes before that day are a remainder of long cases"
        findings.decide(
            "selection by closing", "kept, with a doubt", why, 'columns={"updated": ""}'
        )
        findings.warn(f"do not trust the volume: {doubt}")
        return doubt
    rows = days.between(first_day(kept.first, kept.every), first_day(first, kept.every) - 1).sum()
    findings.leave_out("opened before the log begins", int(rows))
    findings.decide("selection by closing", f"begins with {label(first, kept.every)}", why, OPTION)
    findings.warn(f"left out {plural(first - kept.first, kept.every)} at the beginning: {why}")
    kept.first = first
    return ""


def _beginning(cases: Cases) -> tuple[int, str, int, float] | None:
    """The latest first closing that comes too late, with its role and the evidence."""
    found = []
    for role in _ROLES:
        if role not in cases.columns:
            continue
        moment = cases.columns[role]
        known = moment != NONE
        if known.sum() < _ENOUGH:
            continue
        start = int(moment[known].min())
        earlier, later = cases.opened < start, known & (cases.opened >= start)
        if later.sum() < _ENOUGH or not earlier.any():
            continue
        lags = np.sort(moment[later] - cases.opened[later])
        missing = _expected_by(lags, start - cases.opened[earlier])
        span_before = (start - int(cases.opened.min())) / _DAY
        span_after = (int(cases.opened.max()) - start) / _DAY
        thin = earlier.sum() / span_before < _THINNER * later.sum() / max(span_after, 1.0)
        if missing >= _SURELY and thin:
            called = "resolved" if role == "done" else role
            found.append((start, called, int(earlier.sum()), missing))
    return max(found, default=None)


def _expected_by(lags: Array, ages: Array) -> float:
    """How many cases of these ages should be closed if they took as long as the others."""
    return float((np.searchsorted(lags, ages, "right") / len(lags)).sum())


def ends_with_closings(cases: Cases, days: Days, kept: Range, findings: Findings) -> None:
    """Leave out the last periods where only closed cases are in the log and many were open."""
    lags_of = _closed_only(cases)
    if lags_of is None:
        return
    lags, end, role = lags_of
    last = kept.last
    while last >= kept.first:
        days_of = np.arange(first_day(last, kept.every), first_day(last + 1, kept.every))
        complete = _expected_by(lags, end - days_of * _DAY - _DAY // 2) / len(days_of)
        if complete >= _COMPLETE:
            break
        last -= 1
    if last == kept.last:
        return
    why = (
        f"all {len(cases):,} cases are {role}, the last on {day_label(end // _DAY)}: what was "
        f"opened late and not yet {role} is missing"
    )
    if last - kept.first + 1 < _FEWEST:
        findings.warn(f"the last periods are incomplete: {why}")
        return
    rows = days.between(
        first_day(last + 1, kept.every), first_day(kept.last + 1, kept.every) - 1
    ).sum()
    findings.leave_out("opened shortly before the end of a log of closed cases", int(rows))
    findings.decide("closed cases alone", f"ends with {label(last, kept.every)}", why, OPTION)
    findings.warn(f"left out {plural(kept.last - last, kept.every)} at the end: {why}")
    kept.last = last


def _closed_only(cases: Cases) -> tuple[Array, int, str] | None:
    """Times to closing where no case is open, sorted; the last closing; and what it is called."""
    for role in ("closed", "done"):
        if role not in cases.columns or len(cases) < _ENOUGH:
            continue
        moment = cases.columns[role]
        if (moment == NONE).any():
            continue
        lags, end = moment - cases.opened, int(moment.max())
        settled = cases.opened <= end - np.quantile(lags, 0.99)
        if settled.sum() >= _ENOUGH:
            return np.sort(lags[settled]), end, "resolved" if role == "done" else role
    return None
