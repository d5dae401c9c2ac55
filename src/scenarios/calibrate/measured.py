"""What of a log is fitted: its volume, the share that comes back, and its KPIs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from scenarios.calibrate.scales import Kind
from scenarios.calibrate.single_cases import precision
from scenarios.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from scenarios.calibrate.reading.log import Log

FEWEST = 6
"""Periods with a value below which nothing is fitted: assumption."""
REOPENED = "reopen_rate"
"""What a log calls the share of units that come back, where it has it by unit."""
KPI_KINDS: tuple[Kind, ...] = ("rate", "time", "score", "count")
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
    """Units that a rate rests on; of a score or time one over the variance of its luck."""

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
        told = log.kinds.get(name, "number")
        kind = next((one for one in KPI_KINDS if one == told), None)
        if kind is None:
            left.append(f"{name}: a {told} is no KPI of a scenario")
            continue
        of = log.periods.get(f"of.{name}") if kind == "rate" else precision(log, name)
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
