"""Which column is what: by its name and by what stands in it, never by one of them alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scenarios.calibrate.reading.columns import Column
from scenarios.calibrate.reading.lexicon import Role
from scenarios.calibrate.reading.words import words
from scenarios.errors import Problem, ScenarioError, nearest, unknown

_BRACKET = re.compile(r"(?P<name>.*\S)\s*\[(?P<unit>[^\]]+)\]")


@dataclass
class Roles:
    """What each role's column is, and where names leave it open."""

    columns: dict[str, Column] = field(default_factory=dict)
    open: dict[str, list[str]] = field(default_factory=dict)
    """Roles for which several columns are as likely, with the columns' names."""
    given: frozenset[str] = frozenset()
    """Roles that the caller named, also those that are to have none."""

    def __contains__(self, role: str) -> bool:
        return role in self.columns

    def __getitem__(self, role: str) -> Column:
        return self.columns[role]


def match(columns: Sequence[Column], roles: Mapping[str, Role], given: Roles) -> Roles:
    """Give each role the column whose name fits best and whose values may be it."""
    found = Roles(dict(given.columns), {}, given.given)
    fits = sorted(
        (
            (fit, number, column.place, name, column)
            for number, (name, role) in enumerate(roles.items())
            for column in columns
            if (fit := role.fit(words(column.name))) is not None
            and any(column.holds(content) for content in role.contents)
        ),
        key=lambda item: item[:3],
    )
    used = {place for column in given.columns.values() for place in column.places}
    for fit, _, place, role, column in fits:
        if role in found or role in found.open or role in given.given or place in used:
            continue
        rivals = [other for f, _, p, r, other in fits if (f, r) == (fit, role) and p not in used]
        unlike = [other for other in rivals if other.sample != column.sample]
        if unlike and role != "case":
            found.open[role] = [column.name, *(other.name for other in unlike)]
            continue
        found.columns[role] = column
        used.add(place)
    return found


def given_roles(
    columns: Sequence[Column],
    wanted: Mapping[str, str] | None,
    known: Mapping[str, Role],
    file: str,
) -> Roles:
    """The columns that the caller named, ``{"opened": "Created"}``; "" says that there is none.

    A unit may follow in brackets: ``{"resolution_time": "Duration [minutes]"}``. In a file with one
    row a period ``kpi.NAME`` makes a KPI of a column. Two columns are read as one where both are
    named, ``{"closed": "Close date + Close time"}``. Raises ``ScenarioError`` for a role or a
    column that does not exist.
    """
    names = {column.name: column for column in columns}
    chosen = {}
    problems = []
    for role, name in (wanted or {}).items():
        date, both, time = name.partition(" + ")
        if role not in known and not role.startswith("kpi."):
            problems.append(unknown("role of a column", role, known, ("columns",)))
        elif name in names:
            chosen[role] = names[name]
        elif (found := _BRACKET.fullmatch(name)) and found["name"] in names:
            column = names[found["name"]]
            chosen[role] = Column(column.place, column.name, column.sample, found["unit"])
        elif both and date in names and time in names:
            chosen[role] = names[date].joined(names[time])
        elif name:
            close = nearest(name, names)
            problem = Problem(
                "the file has no such column",
                ("columns", role),
                file,
                given=name,
                allowed=", ".join(names),
                nearest=close,
            )
            problems.append(problem)
    if problems:
        raise ScenarioError(*problems)
    return Roles(chosen, {}, frozenset(wanted or {}))
