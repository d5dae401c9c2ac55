"""Long and thin tails of a log, which are no months of work."""

from __future__ import annotations

import numpy as np

from scenarios.calibrate.reading.decisions import Findings, plural
from scenarios.calibrate.reading.grid import Every, label, period_of
from scenarios.calibrate.reading.span import OPTION, Days, Range
from scenarios.world import Array

_CORE = 0.95
"""Share of all cases that the dense part of a file holds at least; an assumption."""
_THIN = 3
"""A file has a thin tail where its dense part is shorter than one part in three; an assumption."""
_TENTH = 0.1
"""Share of what is usual from which a period beside the dense part belongs to it; an assumption."""


def dense_range(days: Days, every: Every, findings: Findings) -> Range:
    """All periods of a file, but without tails that are long and thin.

    A tail is thin where 95 % of all cases fall into less than a third of the file's length, such
    as in an export of what was still open at some date. Beside that part, periods are kept as long
    as they hold a tenth of what its periods hold.
    """
    place = period_of(np.arange(days.first, days.last + 1), every)
    counts = np.bincount(place - place[0], days.counts)
    start, stop = _core(counts)
    if (stop - start) * _THIN > len(counts) or len(counts) < 6:  # noqa: PLR2004  too few to have tails
        return Range(int(place[0]), int(place[-1]), every)
    enough = max(1.0, _TENTH * float(np.median(counts[start:stop])))
    while start > 0 and counts[max(0, start - 2) : start].max() >= enough:
        start -= 1
    while stop < len(counts) and counts[stop : stop + 2].max() >= enough:
        stop += 1
    kept = Range(int(place[0]) + start, int(place[0]) + stop - 1, every)
    before, after = int(counts[:start].sum()), int(counts[stop:].sum())
    for rows, periods, side in ((before, start, "beginning"), (after, len(counts) - stop, "end")):
        if not rows:
            continue
        findings.leave_out(f"in the sparse {side}", rows)
        edge = label(kept.first if side == "beginning" else kept.last, every)
        when = "before" if side == "beginning" else "after"
        told = f"{plural(rows, 'case')} in {plural(periods, every)} {when} {edge}"
        why = f"{told}, against {int(counts[start:stop].sum()):,} in {plural(stop - start, every)}"
        findings.decide(f"sparse {side}", "left out", why, OPTION)
        findings.warn(f"sparse {side} left out: {why}")
    return kept


def _core(counts: Array) -> tuple[int, int]:
    """The shortest run of periods that holds nearly all cases, as a slice."""
    total = np.concatenate([[0.0], np.cumsum(counts)])
    needed = _CORE * total[-1]
    best = (0, len(counts))
    for start in range(len(counts)):
        stop = int(np.searchsorted(total, total[start] + needed - 1e-9))
        if stop <= len(counts) and stop - start < best[1] - best[0]:
            best = (start, stop)
    return best
