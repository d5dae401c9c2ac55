"""A price index's history as the numbers of a scenario's index."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scenarios.calibrate.estimates import Calibrated, Estimate, rounded
from scenarios.drivers import Index
from scenarios.errors import Problem, ScenarioError
from scenarios.uncertain import Array

YEARS = 3
"""Years from which changes over a year are measured, instead of scaled from shorter ones."""
_STILL = 1e-9
"""Volatility that is nothing but rounding."""
_FEWEST = 4
"""Changes below which nothing is fitted."""
_A_YEAR = {"M": 12, "Q": 4, "Y": 1, "A": 1}
"""Values a year by the letter of the period."""


def indexation(series: pd.Series) -> Calibrated:
    """The numbers of ``indices.NAME`` from an index's level: a value a month, quarter or year.

    ``annual`` is the growth of the mean, with what its years leave open. ``volatility`` is that of
    changes over a year, which is what contracts adjust by: months that follow each other move
    alike, and scaled to a year they would seem calmer than years are. Missing months are left out.
    The index is a table's column by period, date or text such as 2025-10. Raises ``ScenarioError``
    for levels not above 0, periods that repeat, and too short a series.
    """
    level, periods = _levels(series)
    a_year = _A_YEAR[periods.freqstr[0]]
    log = np.log(level.to_numpy(dtype=float))
    seen = np.flatnonzero(np.isfinite(log))
    steps = int(seen[-1] - seen[0])
    if len(seen) - 1 < _FEWEST:
        told = "too few values of the index to fit anything"
        raise ScenarioError(Problem(told, given=f"{len(seen)}", allowed=f"{_FEWEST + 1} or more"))
    years = steps / a_year
    drift = float(log[seen[-1]] - log[seen[0]]) / steps
    changes = log[a_year:] - log[:-a_year] - drift * a_year
    changes = changes[np.isfinite(changes)]
    if years >= YEARS and len(changes) >= _FEWEST:
        kept = len(changes) * (1 - a_year / steps)
        volatility = float(np.sqrt(np.sum(changes**2) / kept))
        method = "overlapping changes over a year about the drift (Lo and MacKinlay 1988)"
        error = volatility / np.sqrt(3 * years)
    else:
        volatility, method = _by_step(log[seen], seen, drift, a_year), "changes scaled to a year"
        error = volatility / np.sqrt(2 * (len(seen) - 1))
    annual = float(np.expm1(drift * a_year + volatility**2 / 2))
    unsure = (1 + annual) * volatility / float(np.sqrt(years))
    shown = round(unsure, 4)
    numbers = {
        "annual": {"mean": round(annual, 4), "sd": shown} if shown else round(annual, 4),
        "volatility": rounded(volatility) if volatility > _STILL else 0.0,
    }
    first, last = periods[int(seen[0])], periods[int(seen[-1])]
    said = [f"{len(seen):,} values from {first} to {last}, {years:.1f} years"]
    if missing := steps + 1 - len(seen):
        said.append(f"{missing:,} missing values in between left out")
    estimates = (
        Estimate.normal("annual", annual, unsure, len(seen), "first to last value"),
        Estimate.normal("volatility", volatility, float(error), len(seen), method),
    )
    return Calibrated(numbers, estimates, tuple(said), Index)


def _levels(series: pd.Series) -> tuple[pd.Series, pd.PeriodIndex]:
    """The levels by period, in order, with every period that lies in between."""
    if not isinstance(series, pd.Series):
        raise ScenarioError(
            Problem(
                "an index needs to know its periods: give pandas.Series(levels, periods)",
                given=f"a {type(series).__name__}",
                allowed="a pandas Series, its index dates, periods, or text such as 2025-10",
            )
        )
    level = pd.to_numeric(series, errors="coerce").astype(float)
    periods = _periods(series.index)
    level.index = periods
    if level.index.has_duplicates:
        again = level.index[level.index.duplicated()][0]
        raise ScenarioError(Problem("an index has one level a period", given=f"{again} twice"))
    if (level <= 0).any():
        wrong = level[level <= 0]
        raise ScenarioError(
            Problem(
                "an index has levels above 0: give the level, not its change",
                given=f"{wrong.iloc[0]:g} in {wrong.index[0]}",
            )
        )
    if level.notna().sum() < 2:  # noqa: PLR2004  a change needs two
        raise ScenarioError("this index has fewer than two values")
    every = pd.period_range(periods.min(), periods.max(), freq=periods.freq)
    return level.reindex(every), every


def _periods(index: pd.Index) -> pd.PeriodIndex:
    """Months, quarters or years, by the smallest distance of two values."""
    if isinstance(index, pd.PeriodIndex) and index.freqstr[0] in _A_YEAR:
        return index
    try:
        months = pd.PeriodIndex(index.astype(str), freq="M")
    except (ValueError, TypeError) as error:
        raise ScenarioError(
            Problem(
                "the index of the series must be its periods",
                given=f"{index[0]!r}" if len(index) else "nothing",
                allowed="dates, periods, or text such as 2025-10 or 2025",
            )
        ) from error
    apart = np.diff(np.unique(months.year * 12 + months.month))
    least = int(apart.min()) if len(apart) else 1
    return months.asfreq("M" if least < 3 else "Q" if least < 12 else "Y")  # noqa: PLR2004  months of a quarter, of a year


def _by_step(log: Array, seen: Array, drift: float, a_year: int) -> float:
    """The sd of a year's change, from changes over whatever lies between two values."""
    apart = np.diff(seen)
    squares = (np.diff(log) - drift * apart) ** 2 / apart
    return float(np.sqrt(a_year * squares.sum() / (len(apart) - 1)))
