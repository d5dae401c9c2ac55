"""Periods of a file without dates, whose rows are numbered."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scenarios.calibrate.reading.collapse import collapse
from scenarios.calibrate.reading.decisions import Findings, plural
from scenarios.calibrate.reading.filled import without_fill
from scenarios.calibrate.reading.finished import finished, same_grain
from scenarios.calibrate.reading.grid import Every
from scenarios.calibrate.reading.parts import grain_of_name
from scenarios.calibrate.reading.periods import PeriodRows
from scenarios.calibrate.reading.published import Share
from scenarios.calibrate.reading.totals import Totals, totals
from scenarios.errors import Problem, ScenarioError

_LENGTHS: dict[Every, int] = {"week": 7, "month": 30}
"""Days of a period where the file has no dates."""


def numbered(
    rows: PeriodRows,
    shares: dict[str, Share],
    every: Every | None,
    findings: Findings,
    *,
    keep_edges: bool,
) -> tuple[Totals, pd.DataFrame, Every]:
    """Periods of a file without dates, whose rows are numbered."""
    rows = rows if keep_edges else without_fill(rows, findings)
    number = rows.table["number"].to_numpy(dtype=np.int64)
    own = grain_of_name(rows.table.attrs["period"])
    if own is not None and every not in (None, own):
        same_grain(own, every)
    grain: Every = own or every or "week"
    length = 1 if own else _LENGTHS[grain]
    place = (number - number.min()) // length
    whole = int((number.max() - number.min() + 1) // length)
    if not own:
        why = f"the file has no dates, only {len(np.unique(number)):,} numbered days"
        findings.decide(
            "periods", f"{grain}s of {length} days", why, 'every="month" or every="week"'
        )
    if keep_edges:
        whole = int(place.max()) + 1
    inside = place < whole
    rest = int((~inside).sum())
    if rest:
        findings.leave_out(f"in an incomplete {grain}", rest)
        findings.warn(f"left out: the last {plural(rest, 'day')}, no whole {grain}")
    units = np.bincount(place[inside], rows.table["units"][inside], whole)
    if whole and not keep_edges and (why := collapse(units)):
        findings.leave_out(f"in an incomplete {grain}", int((place == whole - 1).sum()))
        findings.warn(f"left out: the last {grain}, {why}: cut off by the extraction")
        whole -= 1
        inside = place < whole
    if not whole:
        raise ScenarioError(
            Problem(
                f"no complete {grain} remains",
                given=f"{len(number)} rows",
                allowed=f"at least {length} days",
            )
        )
    part = PeriodRows(rows.table[inside], rows.kpis, None)
    found = totals(part, shares, place[inside], whole)
    missing = int(number.max() - number.min() + 1 - len(np.unique(number)))
    if missing:
        findings.warn(
            f"{plural(missing, 'number')} of periods are missing between the first and the last row"
        )
    return found, finished(found.table, grain, findings), grain
