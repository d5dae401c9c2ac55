"""Dates whose time of day stands in a column of its own: joined where names or places pair them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scenarios.calibrate.reading.columns import Column
from scenarios.calibrate.reading.dateform import settled
from scenarios.calibrate.reading.dates import chosen
from scenarios.calibrate.reading.decisions import Findings, some
from scenarios.calibrate.reading.lexicon import CASE_ROLES
from scenarios.calibrate.reading.roles import Roles
from scenarios.calibrate.reading.stamps import Order
from scenarios.calibrate.reading.words import words

_CALENDAR = frozenset(
    (
        *("date", "time", "datum", "zeit", "uhrzeit", "fecha", "hora", "data", "ora", "heure"),
        *("am", "um", "at", "on", "le", "of", "de", "d", "day", "uhr"),
    )
)
_DATES = ("opened", "resolved", "closed", "updated", "responded", "due", "reopened")
_LENGTHS = ("resolution_time", "answer_time", "handling_time")
_NEARLY_ALL = 0.95
"""Share of rows that must fit one meaning of a clock and not the other; an assumption."""
_COMPARED = 5_000
"""Rows that are looked at for that."""


def with_times(
    columns: Sequence[Column], roles: Roles, order: Order | None, findings: Findings
) -> None:
    """Join dates with the column that holds their time of day, and say so; else say how to.

    Names pair them, such as Date opened and Time opened; or each date is followed by a column that
    is only called Time. A clock whose name may also mean a length of time, such as Resolution time,
    is joined where the rows allow nothing else.
    """
    for role, column in _bare(roles).items():
        _by_name(role, column, columns, roles, order, findings)
    _by_place(columns, roles, order, findings)
    left, clocks = _bare(roles), [c for c in columns if c.is_clock and c.place not in _taken(roles)]
    if left and clocks:
        names = some([repr(clock.name) for clock in clocks])
        role, column = next(iter(left.items()))
        findings.warn(
            f"{names} holds times of day, and it is open whose: not used; say "
            f'columns={{"{role}": "{column.name} + {clocks[0].name}"}}'
        )


def _bare(roles: Roles) -> dict[str, Column]:
    """Dates without a time of day, the opening first."""
    return {
        role: roles[role]
        for role in _DATES
        if role in roles
        and roles[role].is_date
        and roles[role].dates.mostly_midnights
        and not roles[role].more
    }


def _taken(roles: Roles) -> set[int]:
    return {place for column in roles.columns.values() for place in column.places}


def _core(name: str) -> frozenset[str]:
    """What a name says beside date and time: ``Abschlussdatum`` and ``Abschlusszeit`` the same."""
    parts = (word.removesuffix("datum").removesuffix("zeit") for word in words(name))
    return frozenset(part for part in parts if part and not part.isdigit()) - _CALENDAR


def _by_name(
    role: str,
    column: Column,
    columns: Sequence[Column],
    roles: Roles,
    order: Order | None,
    findings: Findings,
) -> None:
    lengths = {
        roles[name].place: name for name in _LENGTHS if name in roles and name not in roles.given
    }
    taken = _taken(roles) - lengths.keys()
    clocks = [other for other in columns if other.is_clock and other.place not in taken]
    times = [other for other in clocks if _core(other.name) == _core(column.name)] or [
        other for other in clocks if CASE_ROLES[role].fit(tuple(_core(other.name)))
    ]
    if len(times) != 1:
        return
    (time,) = times
    if time.place in lengths:
        if role == "opened" or not _only_a_time_of_day(roles["opened"], column, time, order):
            return
        del roles.columns[lengths[time.place]]
    _join(role, column, time, roles, findings)


def _by_place(
    columns: Sequence[Column], roles: Roles, order: Order | None, findings: Findings
) -> None:
    """Join every date with the column behind it where each such column is only called Time."""
    at = {column.place: column for column in columns if column.is_clock}
    at = {place: column for place, column in at.items() if place not in _taken(roles)}
    left = _bare(roles)
    pairs = {role: at.get(column.place + 1) for role, column in left.items()}
    for role, time in pairs.items():
        if any(one is None or _core(one.name) for one in pairs.values()):
            return
        opened = roles["opened"]
        timed = role != "opened" and not opened.dates.mostly_midnights
        if timed and time and not _only_a_time_of_day(opened, left[role], time, order):
            return
        if time is not None:
            _join(role, left[role], time, roles, findings)


def _join(role: str, column: Column, time: Column, roles: Roles, findings: Findings) -> None:
    roles.columns[role] = column.joined(time)
    told = f"{column.name!r} has no time of day, {time.name!r} has nothing else"
    findings.decide(f"time of {role}", time.name, told)


def _only_a_time_of_day(opened: Column, column: Column, clock: Column, order: Order | None) -> bool:
    """Whether rows end after their opening only if the clock is a time of day, and no length."""
    dated = [(part, order or settled(part.dates)[0]) for part in (opened, column)]
    dated.append((column.joined(clock), dated[1][1]))
    rows = [
        tuple(chosen(text, how) for text, (_, how) in zip(texts, dated, strict=True))
        for texts in list(zip(*(part.sample for part, _ in dated), strict=True))[:_COMPARED]
    ]
    known = [
        [stamp.seconds for stamp in row if stamp is not None]
        for row in rows
        if None not in row and row[0].grain == row[2].grain == "second"  # type: ignore[union-attr]
    ]
    if not known:
        return False
    start, day, end = np.array(known).T
    as_time = np.mean(end >= start)
    as_length = np.mean((start + end - day) // 86400 == day // 86400)
    return bool(as_time >= _NEARLY_ALL > as_length)
