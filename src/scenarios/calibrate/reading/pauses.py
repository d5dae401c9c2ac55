"""Days of nought that return each year, as between Christmas and New Year: a pause, no gap."""

from __future__ import annotations

import numpy as np

from scenarios.calibrate.reading.grid import weekday
from scenarios.calibrate.reading.span import Days
from scenarios.world import Array

_A_YEAR = (-366, -365, 365, 366)
"""Days to the same date of the year before and after."""
_EXPECTED = 5.0
"""Units that the days of a pause would usually have: none by chance once in 150 (Poisson)."""
_LONGEST = 21
"""Days beyond which noughts are a hole and no holiday pause; an assumption."""


def yearly_pause(days: Days, begin: int, end: int) -> Array:
    """Which days from ``begin`` to ``end`` are noughts that another year has on the same dates.

    (days,) flags. The other year's must be a run of noughts inside the file, beyond chance and no
    longer than three weeks.
    """
    nought = days.between(begin, end) == 0
    paused = np.zeros(len(days.counts) + 2, bool)
    for first, last in _runs(days):
        paused[first + 1 : last + 2] = True
    found = np.zeros(len(nought), bool)
    for shift in _A_YEAR:
        place = np.arange(begin, end + 1) + shift - days.first + 1
        found |= paused[np.clip(place, 0, len(paused) - 1)]
    return nought & found


def _runs(days: Days) -> list[tuple[int, int]]:
    """First and last place of each run of noughts that may be a pause, none at the file's ends."""
    counts, at = days.counts, weekday(days.first + np.arange(len(days.counts)))
    usual = np.array([counts[at == n].mean() if (at == n).any() else 0.0 for n in range(7)])[at]
    steps = np.diff(np.concatenate([[0], (counts == 0).astype(int), [0]]))
    firsts, lasts = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1) - 1
    return [
        (int(first), int(last))
        for first, last in zip(firsts, lasts, strict=True)
        if first > 0
        and last < len(counts) - 1
        and last - first < _LONGEST
        and usual[first : last + 1].sum() >= _EXPECTED
    ]
