"""Rows that belong to the same case: copies, and one row for each change."""

from __future__ import annotations

import numpy as np

from scenarios.calibrate.reading.cases import Cases
from scenarios.calibrate.reading.decisions import Findings, plural
from scenarios.calibrate.reading.stamps import NONE
from scenarios.errors import Problem, ScenarioError
from scenarios.world import Array

_STATES = frozenset(
    ("sla_met", "sla_breached", "first_contact", "was_resolved", "answered", "csat")
)
"""What the latest row of a case decides."""
_MANY = 0.1
"""Share of rows that repeat an id from which their openings must agree; an assumption."""


def merge_repeats(
    cases: Cases, findings: Findings, *, name: str = "...", given: bool = False
) -> None:
    """Make one case of rows with the same id: the earliest opening and the latest state.

    A case counts as reopened if any of its rows says so. What was merged is told. Raises
    ``ScenarioError`` where many rows repeat an id and mostly have other openings, unless the id was
    ``given``: it may be no case's, or each row an event. ``name`` is the column's.
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
    keep, alike, moved = _merge(cases, rows, group, findings)
    if not given and repeats > _MANY * count and 2 * moved > int(group[-1]) + 1:
        told = (
            "rows with the same id were opened at different times: if they are changes of one "
            f'case, as in a log of events, say columns={{"case": "{name}"}}, and the first row is '
            'the opening; if not, say columns={"case": ""}'
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
    if moved and "done" not in cases.columns:
        told = "when a case's last row was written is not taken for its end: no column dates that"
        findings.warn(f"no time to resolution: {told}")
    how = f"{repeats:,} of {count:,} rows repeat the id of another"
    findings.decide("rows of the same case", "one case", how, 'columns={"case": ""}')


def _merge(cases: Cases, rows: Array, group: Array, findings: Findings) -> tuple[Array, int, int]:
    """Write each group's case into its latest row; the others are not kept.

    ``rows`` are the places of rows with repeated ids, ``group`` numbers their cases. The answers
    are which rows to keep, how many repeat another word for word, and how many cases have several
    openings.
    """
    touched, done = _states(cases, rows)
    rank = np.lexsort((_in_time(cases, rows, touched, group), done, touched, group))
    touched, done = touched[rank], done[rank]
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
    tied = last[1:] & (group[1:] == group[:-1])
    tied &= (touched[1:] == touched[:-1]) & (done[1:] == done[:-1])
    _tell_ties(cases, rows, tied, findings)
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


def _states(cases: Cases, rows: Array) -> tuple[Array, Array]:
    """What says which of a case's rows is the latest: when it was last touched, and when done.

    Only where no update is known is a row touched when it was done: many logs write the closing
    into every row of a case, its first one too.
    """
    nothing = np.full(len(rows), NONE)
    known = [cases.columns[name][rows] for name in ("closed", "done") if name in cases.columns]
    done = np.maximum.reduce(known) if known else nothing
    touched = cases.columns["updated"][rows] if "updated" in cases.columns else nothing
    return np.where(touched == NONE, done, touched), done


def _in_time(cases: Cases, rows: Array, touched: Array, group: Array) -> Array:
    """The places of rows in order of time: backwards where files mostly have the newest first.

    That is seen in the rows of each case, or in the openings where those are of one date.
    """
    same = group[1:] == group[:-1]
    down, up = same & (touched[1:] < touched[:-1]), same & (touched[1:] > touched[:-1])
    if not (down | up).any():
        down, up = cases.opened[1:] < cases.opened[:-1], cases.opened[1:] > cases.opened[:-1]
    return -rows if down.sum() > up.sum() else rows


def _tell_ties(cases: Cases, rows: Array, tied: Array, findings: Findings) -> None:
    """Say where a case's last two rows are of the same date and state other things."""
    for name in _STATES & cases.columns.keys():
        values = cases.columns[name][rows]
        one, two = values[:-1][tied], values[1:][tied]
        if differ := int(((one != two) & ~(np.isnan(one) & np.isnan(two))).sum()):
            findings.warn(
                f"{name}: {plural(differ, 'case')} have rows of the same date that say other "
                "things, and the order of the file decides which is the latest: export when each "
                'row was updated, and say columns={"updated": "..."}'
            )
