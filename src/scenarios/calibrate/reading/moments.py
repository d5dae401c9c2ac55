"""When cases were opened, resolved and closed, and how long that took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scenarios.calibrate.reading.case_columns import Reading
from scenarios.calibrate.reading.chunks import Chunk
from scenarios.calibrate.reading.dates import read_dates, without_time
from scenarios.calibrate.reading.decisions import Findings, some
from scenarios.calibrate.reading.stamps import NONE
from scenarios.calibrate.reading.words import is_missing
from scenarios.world import Array

HOUR = 3600.0
_DAY = 86400


@dataclass(frozen=True)
class Moments:
    """The dates of a chunk by role, (rows,) each."""

    walls: dict[str, Array]
    """Wall clock [seconds since 1970]."""
    utcs: dict[str, Array]
    """The same in UTC [seconds since 1970]."""
    bare: dict[str, Array]
    """True where a date has no time of day."""
    blank: dict[str, Array]
    """True where nothing is written, as for what is still open."""

    @classmethod
    def of(cls, chunk: Chunk, reading: Reading) -> Moments:
        """Every date of a chunk."""
        found = cls({}, {}, {}, {})
        for role, form in reading.dates.items():
            texts = chunk.texts[role]
            found.walls[role], found.utcs[role] = read_dates(texts, form)
            found.bare[role] = without_time(texts, found.walls[role], form)
            nothing = np.flatnonzero(found.walls[role] == NONE).tolist()
            found.blank[role] = np.zeros(len(texts), bool)
            found.blank[role][[n for n in nothing if is_missing(texts[n])]] = True
        return found


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


def unread(texts: Sequence[str], nothing: Array) -> int:
    """How many texts that hold something were read as nothing."""
    return sum(not is_missing(texts[n]) for n in np.flatnonzero(nothing).tolist() if texts[n])


def moments(
    reading: Reading, dates: Moments, latest: int, findings: Findings, keep: Array
) -> dict[str, Array]:
    """Times between the dates [hours], and when a case was done and last touched.

    ``dates`` are changed: what lies after ``latest`` or before the opening goes.
    """
    columns: dict[str, Array] = {}
    walls, utcs = dates.walls, dates.utcs
    for role in ("resolved", "closed", "updated", "responded"):
        if role not in walls:
            continue
        _same_day(dates, role)
        wall, utc = walls[role], utcs[role]
        future = keep & (wall != NONE) & (wall >= latest)
        before = keep & (wall != NONE) & ~future & (utc < utcs["opened"])
        findings.do_not_use(f"{role} after today", int(future.sum()))
        findings.do_not_use(f"{role} before opened", int(before.sum()))
        wall[future | before] = utc[future | before] = NONE
        if role != "updated":
            days = f"{role}_after" in reading.to_the_day
            columns[f"{role}_after"] = _after(dates, role, findings, keep, days=days)
    columns |= {role: walls[role] for role in ("closed", "updated") if role in walls}
    if (done := _done(walls)) is not None:
        columns["done"] = done
        columns["open"] = _is_open(dates)
        if "due" in walls:
            columns["in_time"] = _in_time(dates)
            columns["due_open"] = _due_open(dates)
    return columns


def _after(dates: Moments, role: str, findings: Findings, keep: Array, *, days: bool) -> Array:
    """Time from the opening [hours]: as it is, or 24 for each midnight between where ``days``.

    Where dates usually have a time of day, one without leaves the time unknown.
    """
    known = dates.utcs[role] != NONE
    if days:
        apart = dates.walls[role] // _DAY - dates.walls["opened"] // _DAY
        return np.where(known, np.maximum(apart, 0) * 24.0, np.nan)
    bare = known & (dates.bare[role] | dates.bare["opened"])
    findings.do_not_use(f"time until {role}, without a time of day", int((bare & keep).sum()))
    hours = (dates.utcs[role] - dates.utcs["opened"]) / HOUR
    return np.where(known & ~bare, hours, np.nan)


def _same_day(dates: Moments, role: str) -> None:
    """What has no time of day and falls on the day of the opening falls on the opening."""
    walls, utcs = dates.walls, dates.utcs
    same = (walls[role] != NONE) & dates.bare[role] & ~dates.bare["opened"]
    same &= walls[role] // _DAY == walls["opened"] // _DAY
    walls[role][same], utcs[role][same] = walls["opened"][same], utcs["opened"][same]


def _done(walls: dict[str, Array]) -> Array | None:
    """When cases were resolved, or closed where no resolution is known."""
    if "resolved" in walls and "closed" in walls:
        return np.where(walls["resolved"] == NONE, walls["closed"], walls["resolved"])
    return next((walls[role] for role in ("resolved", "closed") if role in walls), None)


def _is_open(dates: Moments) -> Array:
    """Whether nothing is written as a case's end."""
    ends = [dates.blank[role] for role in ("resolved", "closed") if role in dates.walls]
    return np.asarray(np.all(ends, axis=0))


def _due_open(dates: Moments) -> Array:
    """Until when a case that has no end was due [seconds], ``NONE`` for others.

    A due date without a time of day lasts until that day's end.
    """
    due = dates.walls["due"]
    open_ = _is_open(dates) & (due != NONE)
    return np.where(open_, np.where(due % _DAY == 0, due + _DAY - 1, due), NONE)


def _in_time(dates: Moments) -> Array:
    """1 where a case was done by its due date, 0 where later, nan where either is missing.

    Dates are compared by the day where either has no time of day.
    """
    utcs = dates.utcs
    name = "resolved" if "resolved" in utcs else "closed"
    known = (utcs["due"] != NONE) & (utcs[name] != NONE)
    due = utcs["due"]
    by_day = known & ((due % _DAY == 0) | dates.bare[name])
    limit = np.where(by_day, due // _DAY * _DAY + _DAY - 1, due)
    return np.where(known, utcs[name] <= limit, np.nan).astype(np.float32)
