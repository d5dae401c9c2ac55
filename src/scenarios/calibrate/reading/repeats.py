"""Rows that belong to the same case: copies, and one row for each change."""

from __future__ import annotations

import numpy as np

from scenarios.calibrate.reading.cases import Cases
from scenarios.calibrate.reading.decisions import Findings, plural
from scenarios.calibrate.reading.stamps import NONE
from scenarios.errors import Problem, ScenarioError
from scenarios.world import Array

_MANY = 0.1
"""Share of rows that repeat an id from which their openings must agree; an assumption."""


def merge_repeats(cases: Cases, findings: Findings, *, given: bool = False) -> None:
    """Make one case of rows with the same id: the earliest opening and the latest state.

    A case counts as reopened if any of its rows says so. What was merged is told. Raises
    ``ScenarioError`` where many rows repeat an id and mostly have other openings, unless the id was
    ``given``: it may be no case's, or each row an event.
    """
    if cases.ids is None:
        return
    order = np.argsort(cases.ids, kind="stable")
    ids = cases.ids[order]
    again = np.concatenate([[False], (ids[1:] == ids[:-1]) & (ids[1:] != 0)])
    cases.ids = None
    if not again.any():
        return
    several = again | np.concatenate([again[1:], [False]])
    rows, group = order[several], np.cumsum(~again[several]) - 1
    count, repeats = len(cases), int(again.sum())
    del order, ids, again, several
    keep, alike, moved = _merge(cases, rows, group)
    if not given and repeats > _MANY * count and 2 * moved > int(group[-1]) + 1:
        told = (
            "rows with the same id were opened at different times: if they are changes of one "
            'case, name its column, columns={"case": "..."}; if not, say columns={"case": ""}'
        )
        share = f"{repeats:,} of {count:,} rows repeat an id, {moved:,} ids have several openings"
        raise ScenarioError(Problem(told, ("columns", "case"), given=share))
    cases.keep(keep)
    findings.leave_out("repeats a case", repeats)
    findings.warn(
        f"{plural(repeats, 'row')} repeat a case id ({alike:,} of them word for word in the "
        f"columns used): one case each, with the earliest opening, the latest state, and reopened "
        f"if any row says so"
        + (f"; {moved:,} cases have rows with different openings" if moved else "")
    )
    how = f"{repeats:,} of {count:,} rows repeat the id of another"
    findings.decide("rows of the same case", "one case", how, 'columns={"case": ""}')


def _merge(cases: Cases, rows: Array, group: Array) -> tuple[Array, int, int]:
    """Write each group's case into its latest row; the others are not kept.

    ``rows`` are the places of rows with repeated ids, ``group`` numbers their cases. The answers
    are which rows to keep, how many repeat another word for word, and how many cases have several
    openings.
    """
    rank = np.lexsort((rows, _state(cases, rows), group))
    rows, group = rows[rank], group[rank]
    last = np.concatenate([group[1:] != group[:-1], [True]])
    size = int(group[-1]) + 1
    opened = cases.opened[rows]
    first, latest = np.full(size, np.iinfo(np.int64).max), np.full(size, NONE)
    np.minimum.at(first, group, opened)
    np.maximum.at(latest, group, opened)
    alike = (opened[1:] == opened[:-1]) & (group[1:] == group[:-1])
    for values in cases.columns.values():
        one, next_one = values[rows][:-1], values[rows][1:]
        alike &= (one == next_one) | (_is_nan(one) & _is_nan(next_one))
    if "reopened" in cases.columns:
        worst = np.full(size, -1.0, dtype=np.float32)
        np.fmax.at(worst, group, cases.columns["reopened"][rows])
        cases.columns["reopened"][rows[last]] = np.where(worst < 0, np.nan, worst)
    cases.opened[rows[last]] = first
    keep = np.ones(len(cases), bool)
    keep[rows[~last]] = False
    return keep, int(alike.sum()), int((latest > first).sum())


def _is_nan(values: Array) -> Array:
    return np.isnan(values) if values.dtype.kind == "f" else np.zeros(len(values), bool)


def _state(cases: Cases, rows: Array) -> Array:
    """What says which of a case's rows is the latest: when it was last touched, else its place."""
    names = [name for name in ("updated", "closed", "done") if name in cases.columns]
    known = [cases.columns[name][rows] for name in names]
    return np.maximum.reduce(known) if known else np.zeros(len(rows), np.int64)
