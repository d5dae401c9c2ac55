"""What is said of a table of periods before it is handed over."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scenarios.calibrate.reading.collapse import zeros_within
from scenarios.calibrate.reading.decisions import Findings, plural, some
from scenarios.calibrate.reading.grid import Every, first_day, label, weekday
from scenarios.calibrate.reading.span import OPTION, Range
from scenarios.errors import Problem, ScenarioError
from scenarios.world import Array


def same_grain(step: str, every: Every | None) -> Every:
    """The grain of rows that are weeks or months; raises where another one is asked for."""
    own: Every = "week" if step == "week" else "month"
    if every is not None and every != own:
        told = f"the rows are {own}s and cannot be counted by {every}"
        raise ScenarioError(Problem(told, ("every",), given=every, allowed=own))
    return own


def tell_repeated(days: Array, step: str, findings: Findings) -> None:
    """Several rows a day are added up; that is said."""
    repeated = len(days) - len(np.unique(days))
    if repeated:
        different = len(np.unique(days))
        noun = step if step in ("day", "week", "month") else "date"
        why = f"{len(days):,} rows for {plural(different, noun)}"
        findings.decide("rows of the same period", "added up", why)
        findings.warn(
            f"several rows have the same period, such as one a queue or team: added up ({why})"
        )


def tell_missing_days(days: Array, kept: Range, findings: Findings) -> None:
    """Days without a row on weekdays that usually have one."""
    every_day = np.arange(first_day(kept.first, kept.every), first_day(kept.last + 1, kept.every))
    there = np.isin(every_day, days)
    at = weekday(every_day)
    usual = np.array([there[at == n].mean() > 0.5 if (at == n).any() else False for n in range(7)])  # noqa: PLR2004  most
    missing = every_day[~there & usual[at]]
    if len(missing):
        names = some([str(np.datetime64(int(day), "D")) for day in missing])
        findings.warn(f"{plural(len(missing), 'day')} without a row count as nought: {names}")


def finished(table: pd.DataFrame, every: Every, findings: Findings) -> pd.DataFrame:
    """The table with whole numbers; periods without any row are not there, and that is said."""
    missing = table["units"].isna()
    if missing.any():
        names = some([str(name) for name in table.index[missing]])
        findings.warn(
            f"{plural(int(missing.sum()), every)} without a row, missing and not nought: {names}"
        )
        table = table[~missing]
    if len(table) == 1:
        findings.warn(f"only one complete {every}: no spread and no trend can be told from it")
    whole = [name for name in table.columns if not name.startswith("kpi.")]
    return table.assign(**{name: table[name].fillna(0).round().astype(np.int64) for name in whole})


def without_zeros(table: pd.DataFrame, kept: Range, findings: Findings) -> pd.DataFrame:
    """The table without periods of nought among large ones, which are gaps; that is said."""
    zero = zeros_within(table["units"].to_numpy(dtype=float))
    if not zero.any():
        return table
    names = some(
        [label(kept.first + int(n), kept.every, kept.begins) for n in np.flatnonzero(zero)]
    )
    why = "nought among much larger counts"
    findings.decide("periods of nought", f"{names} taken as missing", why, OPTION)
    findings.warn(
        f"{plural(int(zero.sum()), kept.every)} of nought among much larger counts, taken as "
        f"missing: {names}"
    )
    findings.leave_out(f"a {kept.every} of nought among much larger counts", int(zero.sum()))
    return table[~zero]
