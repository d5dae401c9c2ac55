"""When cases were opened, resolved and closed, and how long that took."""

from __future__ import annotations

import numpy as np

from scenarios.calibrate.reading.case_columns import Reading
from scenarios.calibrate.reading.chunks import Chunk
from scenarios.calibrate.reading.decisions import Findings, some
from scenarios.calibrate.reading.stamps import NONE
from scenarios.calibrate.reading.words import is_missing
from scenarios.world import Array

HOUR = 3600.0
Moments = dict[str, Array]
"""Seconds since 1970 by role, (rows,) each."""


def usable(chunk: Chunk, opened: Array, latest: int, findings: Findings) -> Array:
    """Which rows have an opening that can be used; the others are counted by reason."""
    none = opened == NONE
    future = ~none & (opened >= latest)
    texts = chunk.texts["opened"]
    bad = [n for n in np.flatnonzero(none).tolist() if not is_missing(texts[n])]
    findings.leave_out("no opening date", int(none.sum()) - len(bad))
    findings.leave_out("opening date unreadable", len(bad))
    findings.leave_out("opened after today", int(future.sum()))
    if bad and findings.left_out["opening date unreadable"] == len(bad):
        examples = some([f"line {chunk.lines[n]}: {texts[n]!r}" for n in bad], 3)
        findings.warn(f"left out: opening dates that cannot be read ({examples})")
    return ~none & ~future


def moments(
    reading: Reading, walls: Moments, utcs: Moments, latest: int, findings: Findings, keep: Array
) -> dict[str, Array]:
    """Times between the dates [hours], and when a case was done and last touched.

    ``walls`` and ``utcs`` are changed: what lies after ``latest`` or before the opening goes.
    """
    columns: dict[str, Array] = {}
    for role in ("resolved", "closed", "updated", "responded"):
        if role not in walls:
            continue
        if reading.dates[role].whole_days and not reading.dates["opened"].whole_days:
            _same_day(walls, utcs, role)
        wall, utc = walls[role], utcs[role]
        future = keep & (wall != NONE) & (wall >= latest)
        before = keep & (wall != NONE) & ~future & (utc < utcs["opened"])
        findings.do_not_use(f"{role} after today", int(future.sum()))
        findings.do_not_use(f"{role} before opened", int(before.sum()))
        wall[future | before] = utc[future | before] = NONE
        if role != "updated":
            hours = (utc - utcs["opened"]) / HOUR
            columns[f"{role}_after"] = np.where(utc == NONE, np.nan, hours)
    columns |= {role: walls[role] for role in ("closed", "updated") if role in walls}
    if (done := _done(walls)) is not None:
        columns["done"] = done
        if "due" in walls:
            columns["in_time"] = _in_time(utcs)
    return columns


def _same_day(walls: Moments, utcs: Moments, role: str) -> None:
    """What has no time of day and falls on the day of the opening falls on the opening."""
    same = (walls[role] != NONE) & (walls[role] == walls["opened"] // 86400 * 86400)
    walls[role][same], utcs[role][same] = walls["opened"][same], utcs["opened"][same]


def _done(walls: Moments) -> Array | None:
    """When cases were resolved, or closed where no resolution is known."""
    if "resolved" in walls and "closed" in walls:
        return np.where(walls["resolved"] == NONE, walls["closed"], walls["resolved"])
    return next((walls[role] for role in ("resolved", "closed") if role in walls), None)


def _in_time(utcs: Moments) -> Array:
    """1 where a case was done by its due date, 0 where later, nan where either is missing."""
    name = "resolved" if "resolved" in utcs else "closed"
    known = (utcs["due"] != NONE) & (utcs[name] != NONE)
    due = utcs["due"]
    whole_day = known & (due % 86400 == 0)  # a due date without a time lasts until its end
    limit = np.where(whole_day, due + 86399, due)
    return np.where(known, utcs[name] <= limit, np.nan).astype(np.float32)
