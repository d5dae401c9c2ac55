"""Days of nought before the first count and after the last: filled in, not seen, if no luck."""

from __future__ import annotations

import numpy as np

from scenarios.calibrate.reading.collapse import BEYOND_LUCK
from scenarios.calibrate.reading.decisions import Findings, plural
from scenarios.calibrate.reading.grid import day_label
from scenarios.calibrate.reading.pauses import yearly_pause
from scenarios.calibrate.reading.periods import PeriodRows
from scenarios.calibrate.reading.span import OPTION, Days
from scenarios.world import Array

_BESIDE = 56
"""Days beside a run of zeros that say what is usual: eight weeks; an assumption."""


def without_fill(rows: PeriodRows, findings: Findings) -> PeriodRows:
    """Rows of days without those of nought at either end that are no luck; that is said.

    Such an export begins before the data or runs on behind them. Zeros that may be honest stay.
    """
    place = rows.table["number"].to_numpy(np.int64) if rows.days is None else rows.days
    days = Days.of(place, rows.table["units"].to_numpy(dtype=float))
    before, after = filled(days.counts)
    first, last = days.first + before, days.last - after
    for number, side, edge, out in (
        (before, "before", first, place < first),
        (after, "after", last, place > last),
    ):
        if number:
            name = f"number {edge}" if rows.days is None else day_label(edge)
            why = f"{plural(number, 'day')} of nought {side} {name}, where others have counts"
            findings.leave_out(f"a day of nought {side} the data", int(out.sum()))
            findings.decide(f"days of nought {side} {name}", "not seen: left out", why, OPTION)
            findings.warn(f"left out: {why}; with {OPTION} they count as nought")
    inside = (place >= first) & (place <= last)
    kept = None if rows.days is None else rows.days[inside]
    return PeriodRows(rows.table[inside].reset_index(drop=True), rows.kpis, kept)


def filled(days: Array) -> tuple[int, int]:
    """How many days at the beginning and at the end are zeros that are no luck: not seen, (days,).

    No luck is a run whose days would usually hold more than ``BEYOND_LUCK`` units, by the day of
    the week in the eight weeks beside it; weekends, quiet lines and the pauses of each year are
    honest zeros.
    """
    pause = yearly_pause(Days(0, days), 0, len(days) - 1)
    return _zeros(days[::-1], pause[::-1]), _zeros(days, pause)


def _zeros(days: Array, pause: Array) -> int:
    """How many zeros the days end with, 0 where that may be luck."""
    seen = np.flatnonzero(days)
    zeros = len(days) - 1 - int(seen[-1]) if len(seen) else 0
    back = days[: len(days) - zeros][-_BESIDE:][::-1]
    by_weekday = [back[n::7].mean() if n < len(back) else back.mean() for n in range(7)]
    own = range(zeros)
    usual = sum(by_weekday[(6 - n) % 7] for n in own if not pause[len(days) - zeros + n])
    return zeros if usual > BEYOND_LUCK else 0
