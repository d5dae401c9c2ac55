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
SURELY = 10.0
"""Missing closings that count as evidence: none by chance once in 20,000 (Poisson)."""
_THINNER = 0.5
"""Share of the later rate below which earlier cases count as a remainder; an assumption."""
FEWEST = 3
"""Periods that must remain before any is left out for this reason."""
ENOUGH = 50
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
        f"no case was {role} before {since}, though {before:,} were opened before and "
        f"{missing:,.0f} of them should be: the file holds what was {role} from then on"
    )
    first = kept.first
    span = first_day(kept.first + 1, kept.every) - first_day(kept.first, kept.every)
    while first <= kept.last and first_day(first, kept.every) * _DAY < moment - 0.15 * span * _DAY:
        first += 1
    if first == kept.first:
        return ""
    if kept.last - first + 1 < FEWEST:
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
        if known.sum() < ENOUGH:
            continue
        start = int(moment[known].min())
        earlier, later = cases.opened < start, known & (cases.opened >= start)
        if later.sum() < ENOUGH or not earlier.any():
            continue
        lags = np.sort(moment[later] - cases.opened[later])
        missing = expected_by(lags, start - cases.opened[earlier])
        span_before = (start - int(cases.opened.min())) / _DAY
        span_after = (int(cases.opened.max()) - start) / _DAY
        thin = earlier.sum() / span_before < _THINNER * later.sum() / max(span_after, 1.0)
        if missing >= SURELY and thin:
            found.append((start, called(role, cases), int(earlier.sum()), missing))
    return max(found, key=lambda one: one[0], default=None)


def called(role: str, cases: Cases) -> str:
    """What happens at a role's date: a case is done when it is resolved, or else closed."""
    if role != "done":
        return role
    return "resolved" if "resolved_after" in cases.columns else "closed"


def expected_by(lags: Array, ages: Array) -> float:
    """How many cases of these ages should be closed if they took as long as the others."""
    return float((np.searchsorted(lags, ages, "right") / len(lags)).sum())
