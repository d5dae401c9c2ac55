"""From weeks to months: what deviations that fade from week to week are, month by month."""

from __future__ import annotations

from functools import cache
from typing import Literal

import numpy as np

from scenarios.uncertain import Array

WEEKS = 365.25 / 12 / 7
"""Weeks in a month."""
_WIDEST = 600.0
"""Variance of a logarithm beyond which no computer tells the difference."""
_PLACES = 70
"""Places in a week where a month is taken to begin."""


def monthly(
    deviation: Array, carried: Array, every: Literal["month", "week"], *, logarithmic: bool = True
) -> tuple[Array, Array]:
    """Standard deviation and autocorrelation of months, from those of weeks; of months, as given.

    A month is the mean of its 4.35 weeks, wherever they begin. Weeks i and j have the covariance
    s² a^|i-j| where they deviate plainly, and m² (exp(s² a^|i-j|) - 1) where they are lognormal
    about the mean m. The months' variance and lag-one covariance follow exactly; a lognormal's are
    ln(1 + variance / m²) and ln(1 + covariance / m²). Further months apart, the AR(1) of a scenario
    keeps a little less than months of such weeks do. Arrays are (draws,).
    """
    if every == "month":
        return np.asarray(deviation), np.asarray(carried)
    own, following = _overlaps()
    apart = np.arange(len(own))
    kept = np.square(deviation)[..., None] * np.asarray(carried)[..., None] ** apart
    kept = np.expm1(np.minimum(kept, _WIDEST)) if logarithmic else kept
    variance, covariance = kept @ own, kept @ following
    if logarithmic:
        variance, covariance = np.log1p(variance), np.log1p(covariance)
    share = np.divide(covariance, variance, out=np.zeros_like(variance), where=variance > 0)
    return np.sqrt(variance), np.clip(share, 0, 1)


@cache
def _overlaps() -> tuple[Array, Array]:
    """How much of two weeks that are so many weeks apart lies in one month, and in two that follow
    each other: means over all places where a month may begin in a week, (weeks apart,).
    """
    weeks = np.arange(2 * int(np.ceil(WEEKS)) + 2)
    own, following = np.zeros(len(weeks)), np.zeros(len(weeks))
    for start in (np.arange(_PLACES) + 0.5) / _PLACES:
        this, later = (
            np.clip(np.minimum(weeks + 1, end) - np.maximum(weeks, end - WEEKS), 0, None) / WEEKS
            for end in (start + WEEKS, start + 2 * WEEKS)
        )
        for i, j in np.ndindex(len(weeks), len(weeks)):
            own[abs(i - j)] += this[i] * this[j] / _PLACES
            following[abs(i - j)] += this[i] * later[j] / _PLACES
    return own, following
