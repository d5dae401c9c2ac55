"""From a log of tickets to the numbers of a scenario."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from scenarios.calibrate.assembled import assembled, by_period
from scenarios.calibrate.calibration import Calibration
from scenarios.calibrate.estimates import table
from scenarios.calibrate.fitted import Fitted
from scenarios.calibrate.measured import measured
from scenarios.calibrate.predicted import fitted_series
from scenarios.calibrate.surprises import surprises

if TYPE_CHECKING:
    from scenarios.calibrate.reading.log import Log

Progress = Callable[[int, int], None]
"""Takes how many series are fitted, and of how many."""


def tickets(
    source: str | Path | Log,
    columns: Mapping[str, str] | None = None,
    *,
    name: str | None = None,
    progress: Progress | None = None,
    **reading: Any,
) -> Calibration:
    """The numbers that a log of tickets tells: demand, KPIs and which of them move together, and
    the share that comes back.

    ``source`` is a file, read with ``columns`` and ``reading`` as `read_log` takes them, or a log
    that was read; sources call it ``name``, else by the file's name. Raises ``ScenarioError`` for a
    file that cannot be read, and for fewer than six whole periods.

    The scenario differs from the fit in three ways: it begins at the level, not at the last
    period's deviation; it takes volatility, autocorrelation and seasons as known; and it draws
    level and growth independently of each other.
    """
    log, called = read(source, columns, **reading)
    found, left = measured(log)
    fits: dict[str, Fitted] = {}
    warned: list[str] = []
    reason = ""
    for done, series in enumerate(found):
        if progress is not None:
            progress(done, len(found))
        fits[series.name], shown = fitted_series(series, log.every)
        reason = shown.reason or reason
        warned += surprises(series, fits[series.name])
    if progress is not None:
        progress(len(found), len(found))
    whole = assembled(log, name or called, fits, reason)
    return Calibration(
        sections=whole.sections,
        sources=whole.sources,
        fit=table(whole.estimates),
        periods=by_period(fits, {series.name: series.seen for series in found}),
        decisions=(*map(_in_words, log.decisions), *whole.decisions, *left),
        warnings=(*log.warnings, *warned),
        source=f"{name or called}, {_span(log)}",
        log=log,
    )


def read(
    source: str | Path | Log, columns: Mapping[str, str] | None = None, **reading: Any
) -> tuple[Log, str]:
    """A log and what it is called; a file is read first."""
    if not isinstance(source, str | Path):
        return source, "the log"
    from scenarios.calibrate.reading.log import read_log  # noqa: PLC0415  a log in memory needs none

    return read_log(source, columns, **reading), Path(source).name


def _in_words(decided: Any) -> str:
    """What the reader decided, why, and how to decide otherwise."""
    if isinstance(decided, str):
        return decided
    otherwise = f" (otherwise: {decided.option})" if decided.option else ""
    return f"{decided.what}: {decided.decided}, because {decided.why}{otherwise}"


def _span(log: Log) -> str:
    """The first and last period, and how many."""
    index = log.periods.index
    ends = (index[0], index[-1])
    if log.every == "week" and isinstance(index, pd.PeriodIndex):
        ends = (index[0].start_time.date(), index[-1].end_time.date())
    plain = "" if isinstance(index, pd.PeriodIndex) else f"{log.every} "
    return f"{plain}{ends[0]} to {ends[1]}, {len(index)} {log.every}s"
