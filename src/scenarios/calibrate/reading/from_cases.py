"""From cases to complete periods: counts, KPIs, and what was left out at either end."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from scenarios.calibrate.reading.cases import Cases
from scenarios.calibrate.reading.completeness import ends_with_closings
from scenarios.calibrate.reading.decisions import Findings, plural, some
from scenarios.calibrate.reading.density import dense_range
from scenarios.calibrate.reading.edges import cut_off
from scenarios.calibrate.reading.grid import Every, first_day, index_of, label, period_of
from scenarios.calibrate.reading.measures import Measure, by_period, done_in
from scenarios.calibrate.reading.selection import begins_with_closings
from scenarios.calibrate.reading.span import Days, Range
from scenarios.calibrate.reading.still_open import tell_unknown_medians
from scenarios.calibrate.reading.unfinished import without_unfinished
from scenarios.errors import Problem, ScenarioError
from scenarios.world import Array

ENOUGH_MONTHS = 6
"""Complete months from which a file is counted by month; with fewer, by week. An assumption."""
_DAY = 86400


@dataclass
class Found:
    """The periods that are kept, and what came to light."""

    kept: Range
    findings: Findings
    doubt: str = ""
    """Why the volume is not to be trusted."""


def find_periods(
    cases: Cases, every: Every | None, today: date, findings: Findings, *, keep_edges: bool
) -> Found:
    """The complete periods of a log; by week where there are few months and nothing else is asked.

    Raises ``ScenarioError`` where no complete period remains.
    """
    days = Days.of(cases.opened // _DAY)
    if every is not None:
        found = _kept(cases, days, every, today, findings, keep_edges=keep_edges)
        return _checked(found)
    monthly = _kept(cases, days, "month", today, findings, keep_edges=keep_edges)
    if len(monthly.kept) >= ENOUGH_MONTHS:
        why = f"{plural(len(monthly.kept), 'complete month')}, {ENOUGH_MONTHS} are enough"
        monthly.findings.decide("periods", "months", why, 'every="week"')
        return monthly
    weekly = _kept(cases, days, "week", today, findings, keep_edges=keep_edges)
    if len(weekly.kept) > len(monthly.kept):
        months, weeks = len(monthly.kept), len(weekly.kept)
        why = f"only {plural(months, 'complete month')}, but {plural(weeks, 'week')}"
        weekly.findings.decide("periods", "weeks", why, 'every="month"')
        return _checked(weekly)
    return _checked(monthly)


def _kept(
    cases: Cases, days: Days, every: Every, today: date, findings: Findings, *, keep_edges: bool
) -> Found:
    """The periods at this grain, with findings of their own."""
    own = deepcopy(findings)
    if keep_edges:
        place = period_of(np.array([days.first, days.last]), every)
        return Found(Range(int(place[0]), int(place[1]), every), own)
    kept = dense_range(days, every, own)
    doubt = begins_with_closings(cases, days, kept, own)
    kept = cut_off(days, kept, today, own, remainder=bool(doubt))
    if len(kept):
        ends_with_closings(cases, days, kept, own)
    return Found(kept, own, doubt)


def _checked(found: Found) -> Found:
    if not len(found.kept):
        raise ScenarioError(
            Problem(
                f"no complete {found.kept.every} remains: give a longer export, or count the "
                'incomplete ones with edges="keep"',
                given="; ".join(found.findings.warnings[-2:]) or "nothing",
                allowed=f"at least one whole {found.kept.every}",
            )
        )
    if len(found.kept) == 1:
        told = f"only one complete {found.kept.every}: no spread and no trend can be told from it"
        found.findings.warn(told)
    return found


def period_table(cases: Cases, measured: list[Measure], found: Found) -> pd.DataFrame:
    """One row a period: units, closed, reopened, and each KPI with what it rests on."""
    kept = found.kept
    place = _place(cases.opened, kept)
    units = np.bincount(place[place >= 0], minlength=len(kept))
    table = pd.DataFrame({"units": units}, index=pd.RangeIndex(len(kept)))
    if (done := done_in(cases)) is not None:
        when = _place(done, kept)
        table["closed"] = np.bincount(when[when >= 0], minlength=len(kept))
    if "reopened" in cases.columns:
        again = (cases.columns["reopened"] > 0) & (place >= 0)
        table["reopened"] = np.bincount(place[again], minlength=len(kept))
    table = table.join(by_period(measured, place, len(kept)))
    tell_unknown_medians(table, measured, kept, found.findings)
    without_unfinished(table, measured, kept, found.findings)
    _tell_empty(units, kept, found.findings)
    return table.set_axis(index_of(kept.first, kept.last, kept.every), axis=0)


def _place(seconds: Array, kept: Range) -> Array:
    """The period of each moment, counted from the first one kept; -1 outside."""
    place = (period_of(seconds // _DAY, kept.every) - kept.first).astype(np.int32)
    place[(place < 0) | (place >= len(kept))] = -1
    return place


def _tell_empty(units: Array, kept: Range, findings: Findings) -> None:
    empty = np.flatnonzero(units == 0).tolist()
    if empty:
        names = some([label(kept.first + n, kept.every) for n in empty])
        findings.warn(
            f"{plural(len(empty), kept.every)} without a case, counted as nought: {names}"
        )
        how = f"{plural(len(empty), kept.every)} between the first and the last case"
        findings.decide("periods without a case", "nought, not missing", how)


def span(kept: Range) -> tuple[int, int]:
    """The first and the last day of the kept periods."""
    return first_day(kept.first, kept.every), first_day(kept.last + 1, kept.every) - 1
