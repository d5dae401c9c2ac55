"""What of a log is fitted: its volume, the share that comes back, and its KPIs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from scenarios.calibrate.scales import Kind
from scenarios.errors import Problem, ScenarioError
from scenarios.uncertain import Array

if TYPE_CHECKING:
    from scenarios.calibrate.reading.log import Log

Values = pd.Series | Sequence[Any] | Array
FEWEST = 6
"""Periods with a value below which nothing is fitted: assumption."""
REOPENED = "reopen_rate"
"""What a log calls the share of units that come back, where it has it by unit."""
KINDS: dict[str, Kind] = {"rate": "rate", "time": "time", "score": "score", "count": "count"}
"""Kinds of KPI, by the names that logs and scenarios share."""


@dataclass(frozen=True)
class Measured:
    """One series of a log."""

    name: str
    """What the log calls it: units, reopened, or kpi.NAME."""
    kind: Kind
    seen: pd.Series
    """One a period, NaN where nothing was measured [the series' unit]."""
    of: pd.Series | None = None
    """Units that a rate rests on."""

    @property
    def known(self) -> int:
        """Periods that have a value."""
        return int(np.isfinite(self.seen.to_numpy(dtype=float, na_value=np.nan)).sum())


def measured(log: Log) -> tuple[list[Measured], list[str]]:
    """The series that can be fitted, and in words why others cannot.

    Raises ``ScenarioError`` where there are too few periods for anything, or no units at all.
    """
    units = Measured("units", "volume", log.periods["units"])
    _refuse_too_little(log, units)
    found, left = [units], []
    if log.volume_doubt:
        found = []
        left.append(f"demand is left out, its volume is not to be trusted: {log.volume_doubt}")
    if "reopened" in log.periods and f"kpi.{REOPENED}" not in log.periods:
        found.append(_reopened(log))
    for column in log.periods:
        name = str(column).removeprefix("kpi.")
        if name == column:
            continue
        kind = KINDS.get(log.kinds.get(name, ""))
        if kind is None:
            left.append(f"{name}: a {log.kinds.get(name, 'number')} is no KPI of a scenario")
            continue
        of = log.periods.get(f"of.{name}") if kind == "rate" else None
        found.append(Measured(str(column), kind, within(kind, log.periods[column]), of))
    if log.volume_doubt:
        left += [f"{one.name}: left out for the same reason" for one in found if one.kind == "time"]
        found = [one for one in found if one.kind != "time"]
    for short in [series for series in found if series.known < FEWEST]:
        left.append(
            f"{short.name}: left out, it has a value in {short.known} {log.every}s alone "
            f"({FEWEST} or more are needed)"
        )
        found.remove(short)
    if not found:
        raise ScenarioError("nothing in this log can be fitted", *left)
    return found, left


def _refuse_too_little(log: Log, units: Measured) -> None:
    if units.known < FEWEST:
        longer = ", or weeks instead of months" if log.every == "month" else ""
        doubt = (log.volume_doubt,) if log.volume_doubt else ()
        raise ScenarioError(
            Problem(
                f"too few whole {log.every}s to fit anything: a longer export is needed{longer}",
                given=f"{units.known} {log.every}s with a number of {log.unit}s",
                allowed=f"{FEWEST} or more",
            ),
            *doubt,
        )
    if not units.seen.sum() > 0:
        raise ScenarioError(f"there is not one {log.unit} in the periods of this log")


def _reopened(log: Log) -> Measured:
    """The share that comes back, of what was closed where that is known, else of all units."""
    of = log.periods["closed" if "closed" in log.periods else "units"].astype(float)
    share = (log.periods["reopened"] / of.where(of > 0)).clip(upper=1)
    return Measured("reopened", "rate", share, of)


def within(kind: Kind, values: pd.Series) -> pd.Series:
    """The values that this kind can have; others count as not measured."""
    if kind == "rate":
        return values.where(values.between(0, 1))
    if kind == "count":
        return values.where(values >= 0)
    return values.where(values > 0) if kind == "time" else values


def numbers(values: Values, what: str) -> pd.Series:
    """Values as finite numbers or NaN; a list's and an array's are numbered.

    Raises ``ScenarioError`` for anything else, in words about ``what`` was given.
    """
    listed = isinstance(values, (pd.Series, list, tuple)) or np.ndim(values) == 1
    if isinstance(values, (str, bytes, pd.DataFrame)) or not listed:
        one = "a pandas Series by month or week, or a list of one number a period"
        raise ScenarioError(
            Problem(f"{what} must be a series", given=f"a {type(values).__name__}", allowed=one)
        )
    try:
        series = values if isinstance(values, pd.Series) else pd.Series(list(values), dtype=object)
        told = f"values of type {series.dtype}"
        found = None if series.dtype.kind in "mMc" else pd.to_numeric(series).astype(float)
    except (ValueError, TypeError) as error:
        found, told = None, str(error)
    if found is not None and np.isinf(found).any():
        found, told = None, "an infinite value"
    if found is None:
        one = "finite numbers; leave a period empty (NaN) where nothing was measured"
        raise ScenarioError(Problem(f"{what} must hold numbers", given=told, allowed=one))
    return found


def by_period(series: pd.Series, every: str) -> pd.Series:
    """The series by period in order, NaN where one is missing; as it is where it has no dates.

    Raises ``ScenarioError`` where its periods repeat or are not months or weeks, whichever
    ``every`` says.
    """
    index = series.index
    if isinstance(index, pd.DatetimeIndex):
        index = index.tz_localize(None).to_period("W" if every == "week" else "M")
    if not isinstance(index, pd.PeriodIndex) or not len(index):
        return series
    allowed = f"one value a {every}, each {every} once: sum or average others by {every} first"
    if every == "month":
        allowed += "; dates that are weeks need every='week'"
    if index.hasnans or not index.freqstr.startswith("W-" if every == "week" else "M"):
        told = (
            "periods without a date" if index.hasnans else f"periods of frequency {index.freqstr}"
        )
        raise ScenarioError(Problem(f"periods must be {every}s", given=told, allowed=allowed))
    if index.has_duplicates:
        again = f"{index[index.duplicated()][0]} more than once"
        raise ScenarioError(Problem(f"a {every} has one value", given=again, allowed=allowed))
    whole = pd.period_range(index.min(), index.max(), freq=index.freq)
    apart = np.diff(np.sort(index.asi8))
    if every == "month" and len(apart) and apart.min() >= 3:  # noqa: PLR2004  months of a quarter
        told = f"values {apart.min()} months apart"
        raise ScenarioError(Problem("periods must be months", given=told, allowed=allowed))
    return series.set_axis(index).reindex(whole)
