"""Rows that add up other rows under an empty label: totals that do not say so."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scenarios.calibrate.reading.decisions import Findings, some
from scenarios.calibrate.reading.periods import PeriodRows, is_count
from scenarios.calibrate.reading.words import is_missing
from scenarios.world import Array

_FEWEST = 3
"""Rows from which a sum of all of them is no chance; an assumption."""


def without_blank_totals(rows: PeriodRows, findings: Findings) -> PeriodRows:
    """The rows without those of empty labels whose every count is the sum of their parts.

    That is the last row, where it adds up the whole file, or one row in each period; it is told.
    """
    table = rows.table
    labels = [name for name in table.columns if name.startswith("label.")]
    if not labels or len(table) <= _FEWEST:
        return rows
    blank = table[labels].map(is_missing).all(axis=1).to_numpy(bool)
    counts = table[[name for name in table.columns if is_count(name)]].fillna(0.0)
    total = _last(blank, counts)
    if not total.any():
        total = _in_each(blank, counts, rows)
    if not total.any():
        return rows
    findings.leave_out("a total of other rows", int(total.sum()))
    lines = some([str(line) for line in table["line"][total].tolist()])
    where = some([repr(name.removeprefix("label.")) for name in labels])
    findings.warn(
        f"left out: rows with nothing in {where} whose counts are the sums of the other rows "
        f"(lines {lines})"
    )
    days = None if rows.days is None else rows.days[~total]
    return PeriodRows(table[~total].reset_index(drop=True), rows.kpis, days)


def _last(blank: Array, counts: pd.DataFrame) -> Array:
    """The last row alone, where it is the only one without a label and adds up all above it."""
    found = np.zeros(len(blank), bool)
    last, above = counts.iloc[-1], counts.iloc[:-1].sum()
    found[-1] = blank[-1] and not blank[:-1].any() and _same(last, above) and last["units"] > 0
    return found


def _in_each(blank: Array, counts: pd.DataFrame, rows: PeriodRows) -> Array:
    """The rows without a label, where each adds up the others of its period and some have two."""
    none = np.zeros(len(blank), bool)
    period = rows.days if rows.days is not None else rows.table["number"].to_numpy()
    if not blank.any() or blank.all() or len(set(period[blank])) < blank.sum():
        return none
    parts = counts[~blank].groupby(period[~blank]).sum().reindex(period[blank])
    several = pd.Series(period[~blank]).value_counts().reindex(period[blank]).to_numpy()
    sums = parts.notna().all(axis=None) and _same(counts[blank].to_numpy(), parts.to_numpy())
    return blank if sums and np.mean(several > 1) > 0.5 else none  # noqa: PLR2004  most


def _same(one: Array | pd.Series, two: Array | pd.Series) -> bool:
    return bool(np.allclose(one, two, rtol=0, atol=0.5))
