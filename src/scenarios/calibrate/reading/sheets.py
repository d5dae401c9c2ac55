"""Which sheet of a workbook holds the table: the one that is named, or the only one with dates."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.calibrate.reading.columns import Column
from scenarios.calibrate.reading.decisions import Findings, plural, some
from scenarios.calibrate.reading.dialect import find_header
from scenarios.calibrate.reading.lexicon import CASE_ROLES, PERIOD_ROLES
from scenarios.calibrate.reading.roles import Roles, match
from scenarios.calibrate.reading.source import Source, told
from scenarios.errors import Problem, ScenarioError, nearest
from scenarios.io.sheet import first_rows, sheet_names

_LOOKED_AT = 200
"""Rows of each sheet that tell whether it holds a table."""
_FEWEST = 2
"""Rows below a header that make a table."""
_OPTION = 'sheet="..."'


def find_sheet(source: Source, given: str | None, findings: Findings) -> str:
    """The name of the sheet to read, and why it is that one.

    Raises ``ScenarioError`` where several visible sheets hold a table, and for a name that no sheet
    has.
    """
    with told(source.name):
        if given is not None:
            return _given(given, sheet_names(source.path), source, findings)
        visible = first_rows(source.path, _LOOKED_AT)
    tables = [name for name, rows in visible.items() if _is_table(rows)]
    if len(tables) > 1:
        told_so = "several sheets hold a table: say which one is to be read"
        names = ", ".join(f'sheet="{name}"' for name in tables)
        raise ScenarioError(Problem(told_so, ("sheet",), source.name, allowed=names))
    if tables:
        others = [name for name in visible if name not in tables]
        why = "the only sheet" if not others else f"not {some(others)}: no table with dates"
        findings.decide("sheet", tables[0], why, _OPTION)
        return tables[0]
    filled = [name for name, rows in visible.items() if len(rows) > 1] or list(visible)
    if not filled:
        told_so = "all sheets are hidden: say which one is to be read"
        raise ScenarioError(Problem(told_so, ("sheet",), source.name, allowed=_OPTION))
    why = f"the first visible of {plural(len(visible), 'sheet')} that has rows"
    findings.decide("sheet", filled[0], why, _OPTION)
    return filled[0]


def _given(given: str, every: Sequence[str], source: Source, findings: Findings) -> str:
    if given not in every:
        problem = Problem(
            "the workbook has no such sheet",
            ("sheet",),
            source.name,
            given=given,
            allowed=", ".join(every),
            nearest=nearest(given, every),
        )
        raise ScenarioError(problem)
    findings.decide("sheet", given, "as given")
    return given


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    """A header, rows below it, and among them a column of dates or periods with counts."""
    place = find_header(rows, len(rows[0])) if rows else None
    if place is None or len(rows) - place - 1 < _FEWEST:
        return False
    sample = zip(*rows[place + 1 :], strict=True)
    named = [
        Column(n, name, tuple(texts))
        for n, (name, texts) in enumerate(zip(rows[place], sample, strict=True))
    ]
    if any(column.is_date for column in named):
        return True
    given = Roles()
    cases, periods = match(named, CASE_ROLES, given), match(named, PERIOD_ROLES, given)
    return "opened" in cases or ("period" in periods and "units" in periods)
