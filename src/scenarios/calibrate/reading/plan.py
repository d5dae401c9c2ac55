"""How a file is to be read: one row a case or a period, and which column is what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from scenarios.calibrate.reading.clocks import with_clocks
from scenarios.calibrate.reading.columns import Column
from scenarios.calibrate.reading.decisions import Findings, some
from scenarios.calibrate.reading.forms import Forms, Options
from scenarios.calibrate.reading.lexicon import CASE_ROLES, PERIOD_ROLES, TOTAL_WORDS
from scenarios.calibrate.reading.numbers import is_number
from scenarios.calibrate.reading.openings import same_opening
from scenarios.calibrate.reading.parts import refuse_unplaced, with_years
from scenarios.calibrate.reading.roles import Roles, given_roles, match
from scenarios.calibrate.reading.stamps import Order
from scenarios.calibrate.reading.times_of_day import with_times
from scenarios.calibrate.reading.words import words
from scenarios.errors import Problem, ScenarioError

Kind = Literal["cases", "periods"]
_MOST = 0.5
"""Share of numbers from which a column may be counts with remarks between them: assumption."""
_NOT_OPENING = frozenset(
    (
        "purchase",
        "birth",
        "due",
        "expected",
        "planned",
        "target",
        "kauf",
        "geburt",
        "compra",
        "achat",
        "acquisto",
        "closed",
        "end",
    )
)
"""Words of dates that are no opening even where they are the only date left."""


@dataclass(frozen=True)
class Plan:
    """How a file is to be read."""

    kind: Kind
    roles: Roles
    forms: Forms
    columns: tuple[Column, ...]


def make_plan(columns: Sequence[Column], options: Options, file: str, findings: Findings) -> Plan:
    """Find out what a file holds and which column is what.

    Raises ``ScenarioError`` where that cannot be told or is open; the message says which option
    settles it.
    """
    every = {**PERIOD_ROLES, **CASE_ROLES}
    given = given_roles(columns, options.columns, every, file)
    forms = Forms(columns, options, file, findings)
    cases = match(columns, CASE_ROLES, _of(given, CASE_ROLES))
    periods = match(columns, PERIOD_ROLES, _of(given, PERIOD_ROLES))
    with_years(columns, periods, findings)
    refuse_unplaced(columns, cases, periods, file)
    kind, why = _kind(columns, cases, periods, given)
    roles = cases if kind == "cases" else periods
    told = "one row a case" if kind == "cases" else "one row a period"
    findings.decide(
        "rows", told, why, 'columns={"opened": "..."} or columns={"period": "...", "units": "..."}'
    )
    if kind == "cases":
        _find_opening(columns, roles, options.date_order, file, findings)
        with_times(columns, roles, options.date_order, findings)
        with_clocks(columns, roles, findings)
        _resolved_in_calls_alone(roles, findings)
    else:
        _find_period(columns, roles, file, findings)
    for role, names in roles.open.items():
        told = " or ".join(repr(name) for name in names)
        findings.warn(f'{role}: it may be {told}; not used: say columns={{"{role}": "..."}}')
    for role, column in roles.columns.items():
        how = "as given" if role in roles.given else "its name and its values fit"
        findings.decide(f"column of {role}", column.name, how, f'columns={{"{role}": "..."}}')
    return Plan(kind, roles, forms, tuple(columns))


def _of(given: Roles, known: Mapping[str, object]) -> Roles:
    """Those of the given roles that a kind of file has."""
    kept = {
        role: column
        for role, column in given.columns.items()
        if role in known or (role.startswith("kpi.") and "period" in known)
    }
    return Roles(kept, {}, frozenset(role for role in given.given if role in known))


def _kind(
    columns: Sequence[Column], cases: Roles, periods: Roles, given: Roles
) -> tuple[Kind, str]:
    """One row a case, or one row a period: by what the columns are."""
    if given.given & {"period", "units"}:
        return "periods", "as given by columns"
    if given.given & {"opened", "case"}:
        return "cases", "as given by columns"
    named = "case" in cases and cases["case"].unique > 0.9  # noqa: PLR2004  repeated ones aside
    counted = "units" in periods or "answered" in periods or "units" in periods.open
    if "period" in periods and counted and not (named and _is_timed(cases)):
        name = periods["units"].name if "units" in periods else "counts"
        clash = named and cases["case"].place not in {c.place for c in periods.columns.values()}
        if not clash:
            return "periods", f"{periods['period'].name!r} names the period and {name!r} counts"
    steps = [column for column in columns if column.steps]
    alone = not named and sum(column.is_date for column in columns) == 1
    if steps and alone and any(column.holds("count") for column in columns):
        periods.columns["period"] = steps[0]
        return "periods", f"the dates of {steps[0].name!r} follow in steps, each once"
    for column in columns:
        if column.steps or column.spaced:
            _refuse_table(columns, column, cases, named=named)
    return "cases", "no column counts units a day, week or month"


def _refuse_table(columns: Sequence[Column], step: Column, cases: Roles, *, named: bool) -> None:
    """A table of periods whose counts are not known is not read as one case a period.

    Days may be those of cases that have an id each; months and weeks that stand there once are not.
    """
    others = [column for column in columns if column.place != step.place]
    coarse = step.spaced or step.dates.grains["month"] or step.dates.grains["week"]
    identifier = cases["case"].place if named else None
    numbers = [c.name for c in others if c.share(is_number) > _MOST and c.place != identifier]
    if not numbers or any(column.is_date for column in others) or (named and not coarse):
        return
    raise ScenarioError(
        Problem(
            f"the dates of {step.name!r} stand there once each, as in a table of periods, but "
            "no column is known to count units: say "
            'columns={"period": "...", "units": "..."}; '
            'or, for one row a case, columns={"opened": "..."}',
            ("columns", "units"),
            given=f"{step.name}: {some(step.some, 3)}",
            allowed=some(numbers, 12),
        )
    )


def _is_timed(cases: Roles) -> bool:
    return "opened" in cases and cases["opened"].dates.timed > 0


def _find_opening(
    columns: Sequence[Column], roles: Roles, order: Order | None, file: str, findings: Findings
) -> None:
    """The date of opening, by name, as one of several that agree, or as the only date there is."""
    if "opened" in roles:
        return
    taken = {column.place for column in roles.columns.values()}
    dates = [
        column
        for column in columns
        if column.is_date
        and column.place not in taken
        and not set(words(column.name)) & _NOT_OPENING
    ]
    names = roles.open.pop("opened", None)
    if names and (same := same_opening(columns, names, order, findings)) is not None:
        roles.columns["opened"] = same
        return
    if names is None and len(dates) == 1:
        roles.columns["opened"] = dates[0]
        findings.decide(
            "column of opened", dates[0].name, "the only date left", 'columns={"opened": "..."}'
        )
        return
    told = "it is open" if names or dates else "no column tells"
    raise ScenarioError(
        Problem(
            f'{told} when a case was opened: say columns={{"opened": "..."}}; '
            'or, for one row a period, columns={"period": "...", "units": "..."}',
            ("columns", "opened"),
            file,
            given=", ".join(names or [column.name for column in columns])[:400],
            allowed=", ".join(names or [column.name for column in dates]) or "a column of dates",
        )
    )


def _resolved_in_calls_alone(roles: Roles, findings: Findings) -> None:
    """Whether a call was resolved is known when it ends; a case may only be so later."""
    if "was_resolved" not in roles:
        return
    name = roles["was_resolved"].name
    option = f'columns={{"first_contact": "{name}"}} or {{"was_resolved": "{name}"}}'
    if "was_resolved" in roles.given:
        return
    if "answered" not in roles:
        del roles.columns["was_resolved"]
        why = "it may be the state on the day of the export, in which the last cases are open"
        findings.decide(f"yes and no in {name!r}", "not used", why, option)
        return
    why = "beside what was answered: whether the call was resolved, at first contact or later"
    findings.decide(f"yes and no in {name!r}", "resolved_rate", why, option)


def _find_period(columns: Sequence[Column], roles: Roles, file: str, findings: Findings) -> None:
    """The period and the counts of a file with one row a period."""
    option = 'columns={"units": "..."}'
    if "units" not in roles and "units" not in roles.open:
        counts = _possible_units(columns, roles)
        if len(counts) == 1:
            roles.columns["units"] = counts[0]
            told = "the only count, and nowhere less than what was answered"
            findings.decide("column of units", counts[0].name, told, option)
        elif (whole := _sum_of_others(counts)) is not None:
            roles.columns["units"] = whole
            told = f"in each row the sum of {some([repr(c.name) for c in counts if c != whole])}"
            findings.decide("column of units", whole.name, told, option)
        elif not counts and "answered" in roles:
            roles.columns["units"] = roles.columns.pop("answered")
            told = "only what was answered is counted: what came in may be more"
            findings.decide("column of units", roles["units"].name, told, option)
            findings.warn(f"{roles['units'].name!r}: {told}")
    for role in ("period", "units"):
        if role in roles:
            continue
        names = roles.open.get(role) or [column.name for column in columns if column.is_numeric]
        raise ScenarioError(
            Problem(
                f'it is open which column it is: say columns={{"{role}": "..."}}',
                ("columns", role),
                file,
                given=", ".join(column.name for column in columns)[:400],
                allowed=some(names, 12) or "none: a file with one row a period counts units",
            )
        )


def _possible_units(columns: Sequence[Column], roles: Roles) -> list[Column]:
    """Counts without a role that may be the units: nowhere less than what was answered."""
    taken = {place for column in roles.columns.values() for place in column.places}
    answered = roles["answered"].counts if "answered" in roles else None
    return [
        column
        for column in columns
        if column.place not in taken
        and column.holds("count")
        and (answered is None or not (column.counts < answered).any())
    ]


def _sum_of_others(counts: list[Column]) -> Column | None:
    """The count that is called a total and adds up two or more others in every row."""
    for column in counts:
        others = [other.counts for other in counts if other.place != column.place]
        if set(words(column.name)) & TOTAL_WORDS and len(others) > 1:
            apart = np.abs(np.sum(others, axis=0) - column.counts)
            if (apart[np.isfinite(column.counts)] < 0.5).all():  # noqa: PLR2004  whole numbers
                return column
    return None
