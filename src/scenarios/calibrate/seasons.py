"""Whether a series shows seasons: twelve factors against none, by how likely each makes it.

Factors are each for itself, such as that of a December, or like those of the months beside them,
such as a summer's. Without the second kind two years of a wave pass for deviations that last.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from scenarios.calibrate.autoregression import evidence
from scenarios.calibrate.filtering import Series
from scenarios.calibrate.fitted import calendar_months, with_seasons
from scenarios.uncertain import Array

SPREADS = (0.05, 0.15, 0.4)
"""How far seasonal factors may lie apart, standard deviations of their logarithm; each as likely
as any other before the series is seen: assumption.
"""
EACH = np.eye(12)
"""How alike factors are where each is for itself."""
ROUND = np.exp(-2 * np.sin(np.pi * np.subtract.outer(np.arange(12), np.arange(12)) / 12) ** 2)
"""How alike they are where they go round the year smoothly. Source: MacKay (1998), introduction to
Gaussian processes: the covariance of periodic functions; its length of 1 is an assumption.
"""
POSITIVE = 3.0
"""How many times as likely seasons must make the series. Source: Kass and Raftery (1995), from
which on evidence is positive.
"""
YEARS = 2
"""How often each calendar month must have been seen."""


@dataclass(frozen=True)
class Seasons:
    """Whether seasons are shown, and why."""

    covariance: Array | None
    """What is expected of the factors' logarithms, (12, 12); none without seasons."""
    reason: str


def seasons(series: Series, index: pd.Index) -> Seasons:
    """Whether the series shows seasons; ``index`` are its periods."""
    calendar = calendar_months(index)
    if calendar is None:
        return Seasons(None, "no seasons: the periods have no dates")
    if not _seen_often(calendar, series.values):
        return Seasons(
            None, f"no seasons: not every calendar month was seen {YEARS} times, which it takes"
        )
    later = len(series.design) - len(series.values)
    fitted = calendar_months(index, later)
    assert fitted is not None  # noqa: S101  the same index has dates
    plain = evidence(series)
    kinds = list(_kinds())
    found = [evidence(with_seasons(series, fitted, covariance)) for covariance in kinds]
    times = float(np.exp(min(np.logaddexp.reduce(found) - plain, 50.0))) / len(found)
    if times <= POSITIVE:
        return Seasons(
            None,
            "no seasons: twelve factors do not make the series more likely than none "
            f"({times:.2g} times as likely; more than {POSITIVE:g} are asked for)",
        )
    reason = f"seasons: they make the series {times:.2g} times as likely as none"
    return Seasons(kinds[int(np.argmax(found))], reason)


def _kinds() -> Iterator[Array]:
    """What each kind expects of the factors' logarithms, which sum to 0: covariances, (12, 12)."""
    centred = np.eye(12) - 1 / 12
    for alike in (EACH, ROUND):
        covariance = centred @ alike @ centred
        for spread in SPREADS:
            yield spread**2 * covariance / covariance[0, 0]


def _seen_often(calendar: Array, values: Array) -> bool:
    seen = calendar[np.isfinite(values)]
    # A week's month changes without a month of it being seen anew: stretches are counted.
    starts = np.flatnonzero(np.diff(seen, prepend=0))
    return bool(np.all(np.bincount(seen[starts], minlength=13)[1:] >= YEARS))
