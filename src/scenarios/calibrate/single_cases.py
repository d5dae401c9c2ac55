"""How far single cases lie apart, from which the luck of a period of few follows.

A period of few cases scatters by luck, whatever the service does. The scenario's meter adds that
luck from ``cases``, ``response_rate`` and ``case_sd``; what is fitted is told without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import chi2

from scenarios.uncertain import Z90, Array

if TYPE_CHECKING:
    from scenarios.calibrate.reading.log import Log

MEDIAN = float(np.sqrt(np.pi / 2))
"""A median varies by so much more than a mean of as many normal values. Source: textbook."""
_QUANTILES = 0.89
"""Standard error of a normal sd from its p10 and p90, times the root of its values, over the sd:
the asymptotic variance of quantiles, textbook.
"""
_NORMAL = float(np.sqrt(0.5))
"""The same of an sd itself: textbook."""
_CHANCE = 0.05
"""How often periods that move by luck alone are taken to be closer than luck lets them."""
_MEDIAN = "median of"
"""How a log says that a period's value is the median of its cases."""


@dataclass(frozen=True)
class Apart:
    """How far single cases lie apart, on the scale on which their KPI deviates."""

    sd: float
    """That of one case among those of a period's mean, or as good as that among a median's."""
    error: float
    """Its standard error over itself."""
    method: str


def apart(log: Log, name: str) -> Apart | None:
    """How far the cases of a KPI lie apart within a period; none where the log does not show it.

    Scores by their sd; times whose periods have a mean by sd over mean, those whose periods have a
    median by the sd of logarithms, as if they were lognormal (assumption). What periods differ by
    is taken out, and what would move periods further than they did move.
    """
    whole = _whole(log, name)
    if whole is None or f"of.{name}" not in log.periods:
        return None
    seen, of = (log.periods[f"{what}.{name}"].to_numpy(dtype=float) for what in ("kpi", "of"))
    with np.errstate(divide="ignore", invalid="ignore"):
        values = np.log(seen) if log.kinds[name] == "time" else seen
    known = np.isfinite(values) & (of > 0)
    variance = _within(whole.sd**2, values[known], of[known], whole.more**2)
    if not variance > 0:
        return None
    variance = _as_moved(variance * whole.more**2, values[known], of[known])
    as_good = ", as it moves a period's median" if whole.more > 1 else ""
    told = f"{whole.method} of {whole.cases:,.0f} cases within a period{as_good}"
    error = whole.error / float(np.sqrt(max(whole.cases, 1)))
    return Apart(float(np.sqrt(variance)), error, told)


class _Whole(NamedTuple):
    """How far all cases of a log lie apart, on the scale on which their KPI deviates."""

    sd: float
    cases: float
    more: float
    """By how much a period's value varies more than a mean of cases with this sd."""
    error: float
    """Standard error over the sd, times the root of the cases."""
    method: str


def _whole(log: Log, name: str) -> _Whole | None:
    kind, scores, times = log.kinds.get(name), log.overall.get(name, {}), log.durations.get(name)
    if kind == "score" and "sd" in scores:
        return _Whole(scores["sd"], scores["of"], 1.0, _NORMAL, "sd")
    if kind != "time" or times is None or not times["mean"] > 0:
        return None
    if _MEDIAN not in log.stated.get(name, ""):
        return _Whole(times["sd"] / times["mean"], times["n"], 1.0, _NORMAL, "sd over mean")
    if not times["p10"] > 0:
        return None
    sd = float(np.log(times["p90"] / times["p10"])) / (2 * Z90)
    return _Whole(sd, times["n"], MEDIAN, _QUANTILES, "sd of logarithms by p10 and p90")


def _within(whole: float, values: Array, of: Array, more: float) -> float:
    """The variance of cases without what periods differ by, luck aside: analysis of variance."""
    total = float(of.sum())
    if len(of) < 2 or total <= more * len(of):  # noqa: PLR2004  one period differs from none
        return 0.0
    between = float((of * (values - (values * of).sum() / total) ** 2).sum())
    return max(total * whole - between, 0.0) / (total - more * (len(of) - 1))


def _as_moved(variance: float, values: Array, of: Array) -> float:
    """The variance, or less where periods lie far closer together than it lets them: cases of two
    kinds have a wide range and a steady median.
    """
    luck, moved, free = float((variance / of).mean()), float(np.var(values, ddof=1)), len(of) - 1
    closer = moved < luck * float(chi2.ppf(_CHANCE, free)) / free
    return variance * moved / luck if closer else variance


def precision(log: Log, name: str) -> pd.Series | None:
    """One over the variance of the luck of each period of a score or time, (periods,)."""
    found = apart(log, name)
    return None if found is None else log.periods[f"of.{name}"].astype(float) / found.sd**2
