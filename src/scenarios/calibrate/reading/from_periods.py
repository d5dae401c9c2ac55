"""From rows of days, weeks or months to complete periods."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from scenarios.calibrate.reading.collapse import (
    begins_low,
    collapse,
    ends_in_zeros,
)
from scenarios.calibrate.reading.decisions import Findings
from scenarios.calibrate.reading.edges import cut_off
from scenarios.calibrate.reading.filled import without_fill
from scenarios.calibrate.reading.finished import (
    finished,
    same_grain,
    tell_missing_days,
    tell_repeated,
    without_zeros,
)
from scenarios.calibrate.reading.from_cases import ENOUGH_MONTHS
from scenarios.calibrate.reading.grid import (
    WEEKDAYS,
    Every,
    first_day,
    index_of,
    label,
    period_of,
    weekday,
)
from scenarios.calibrate.reading.numbered import numbered
from scenarios.calibrate.reading.periods import PeriodRows
from scenarios.calibrate.reading.published import Share
from scenarios.calibrate.reading.span import OPTION, Days, Range
from scenarios.calibrate.reading.totals import Totals, totals
from scenarios.errors import Problem, ScenarioError
from scenarios.world import Array


def step_of(days: Array) -> str:
    """How far apart rows are: day, week, month or something longer."""
    apart = np.diff(np.unique(days))
    if not len(apart):
        return "day"
    usual = float(np.median(apart))
    if usual < 4:  # noqa: PLR2004  days, some of them missing
        return "day"
    if usual <= 10:  # noqa: PLR2004  weeks
        return "week"
    return "month" if 27 <= usual <= 32 else f"{usual:.0f} days"  # noqa: PLR2004  months


def periods_of(
    rows: PeriodRows,
    shares: dict[str, Share],
    every: Every | None,
    today: date,
    findings: Findings,
    *,
    keep_edges: bool,
) -> tuple[Totals, pd.DataFrame, Every]:
    """Totals, the table of complete periods, and whether they are months or weeks.

    Raises ``ScenarioError`` where rows are coarser than what is asked for, or none is complete.
    """
    if not len(rows.table):
        raise ScenarioError(
            Problem("no row has both a period and a count", given="; ".join(findings.left_out))
        )
    if rows.days is None:
        return numbered(rows, shares, every, findings, keep_edges=keep_edges)
    step = step_of(rows.days)
    begins = _week_grid(rows, findings) if step == "week" else 0
    days = rows.days
    tell_repeated(days, step, findings)
    if step not in ("day", "week", "month"):
        told = "rows must be days, weeks or months: export a finer report"
        raise ScenarioError(Problem(told, given=f"rows {step} apart", allowed="day, week, month"))
    if step == "day":
        rows = rows if keep_edges else without_fill(rows, findings)
        kept = _kept_days(rows, every, today, findings, keep_edges=keep_edges)
    else:
        place = period_of(days, grain := same_grain(step, every), begins)
        kept = Range(int(place.min()), int(place.max()), grain, begins)
        kept = kept if keep_edges else _complete(rows, place, kept, today, findings)
    assert rows.days is not None  # noqa: S101  for the type checker, as below
    place = period_of(rows.days, kept.every, begins) - kept.first
    inside = (place >= 0) & (place < len(kept))
    if not inside.any():
        raise ScenarioError(
            Problem(
                f"no complete {kept.every} remains",
                given="; ".join(findings.warnings[-2:]),
                allowed=OPTION,
            )
        )
    part = PeriodRows(rows.table[inside], rows.kpis, rows.days[inside])
    found = totals(part, shares, place[inside], len(kept))
    table = found.table.set_axis(index_of(kept.first, kept.last, kept.every, begins), axis=0)
    if step == "day":
        tell_missing_days(rows.days, kept, findings)
    if not keep_edges:
        table = without_zeros(table, kept, findings)
    return found, finished(table, kept.every, findings), kept.every


def _week_grid(rows: PeriodRows, findings: Findings) -> int:
    """The weekday on which the file's weeks begin, 0 for Monday; days are moved to it.

    A date is a week's first day, unless its heading says that it is the last.
    """
    assert rows.days is not None  # noqa: S101  for the type checker: dated rows have days
    ends = bool(rows.table.attrs.get("ends"))
    if ends:
        rows.days = rows.days - 6
    seen = np.bincount(weekday(rows.days), minlength=7)
    begins = int(seen.argmax())
    if begins or ends:
        last = WEEKDAYS[(begins + 6) % 7]
        why = f"{int(seen[begins]):,} of {len(rows.days):,} rows are dated so"
        told = f"{WEEKDAYS[begins]} to {last}, by their {'last' if ends else 'first'} day"
        name = rows.table.attrs["period"]
        other = "starts" if ends else "ends"
        findings.decide("weeks", told, why, f'columns={{"period": "{name} [{other}]"}}')
    return begins


def _kept_days(
    rows: PeriodRows, every: Every | None, today: date, findings: Findings, *, keep_edges: bool
) -> Range:
    """The complete months or weeks of daily rows."""
    assert rows.days is not None  # noqa: S101  for the type checker: dated rows have days
    days = Days.of(rows.days, rows.table["units"].to_numpy(dtype=float))
    chosen: list[tuple[Range, Findings]] = []
    grains: tuple[Every, ...] = (every,) if every is not None else ("month", "week")
    for one in grains:
        own = Findings()
        place = period_of(np.array([days.first, days.last]), one)
        kept = Range(int(place[0]), int(place[1]), one)
        chosen.append((kept if keep_edges else cut_off(days, kept, today, own), own))
        if len(chosen[-1][0]) >= ENOUGH_MONTHS:
            break
    kept, own = max(chosen, key=lambda pair: len(pair[0]) if len(chosen) > 1 else 0)
    findings.decisions += own.decisions
    for warning in own.warnings:
        findings.warn(warning)
    findings.leave_out(f"in an incomplete {kept.every}", _outside(rows.days, kept))
    if every is None:
        other = "week" if kept.every == "month" else "month"
        findings.decide(
            "periods", f"{kept.every}s", f"{len(kept)} are complete", f'every="{other}"'
        )
    return kept


def _outside(days: Array, kept: Range) -> int:
    place = period_of(days, kept.every)
    return int(((place < kept.first) | (place > kept.last)).sum())


def _complete(
    rows: PeriodRows, place: Array, kept: Range, today: date, findings: Findings
) -> Range:
    """The weeks or months of a file that has one row each, without those cut off."""
    every, begins = kept.every, kept.begins
    units = rows.table["units"].groupby(place).sum()
    now = int(np.datetime64(today, "D").astype(np.int64))
    while len(kept) and first_day(kept.last + 1, every, begins) > now:
        _leave_out(kept.last, kept, "it is not over", units, findings)
        kept.last -= 1
    known = units.loc[kept.first : kept.last].to_numpy(dtype=float)
    zeros = ends_in_zeros(known)
    for period in units.loc[kept.first : kept.last].index[len(known) - zeros :][::-1]:
        why = "nought at the end of a file of larger counts: filled ahead"
        _leave_out(int(period), kept, why, units, findings)
    known = known[: len(known) - zeros]
    if zeros:
        kept.last = int(units.loc[kept.first : kept.last].index[len(known) - 1])
    if why := collapse(known):
        _leave_out(kept.last, kept, f"{why}: cut off by the extraction", units, findings)
        kept.last -= 1
    if why := begins_low(known):
        _leave_out(kept.first, kept, f"{why}: cut off by the extraction", units, findings)
        kept.first += 1
    return kept


def _leave_out(period: int, kept: Range, why: str, units: pd.Series, findings: Findings) -> None:
    if period not in units.index:
        return
    name = label(period, kept.every, kept.begins)
    findings.leave_out(f"in an incomplete {kept.every}", 1)
    findings.decide("incomplete period", f"{name} left out", why, OPTION)
    findings.warn(f"left out: {name}, {why}")
