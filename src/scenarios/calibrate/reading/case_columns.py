"""How the columns of a log with one row a case are printed, and which are used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from scenarios.calibrate.reading.answers import answer
from scenarios.calibrate.reading.chunks import Taken
from scenarios.calibrate.reading.clocks import is_clock
from scenarios.calibrate.reading.dates import DateForm
from scenarios.calibrate.reading.decisions import some
from scenarios.calibrate.reading.durations import DurationForm
from scenarios.calibrate.reading.numbers import NumberForm
from scenarios.calibrate.reading.plan import Plan
from scenarios.errors import Problem, ScenarioError

_Form = TypeVar("_Form", DateForm, DurationForm, NumberForm)
DATES = ("opened", "resolved", "closed", "updated", "responded", "due")
TIMES = ("resolution_time", "answer_time", "handling_time")
FLAGS = (
    "reopened",
    "sla_met",
    "sla_breached",
    "first_contact",
    "was_resolved",
    "answered",
    "csat",
)


@dataclass(frozen=True)
class Reading:
    """How each column that is used is printed."""

    dates: dict[str, DateForm]
    times: dict[str, DurationForm]
    counts: dict[str, NumberForm]
    """Roles whose values are numbers: reopenings, scores."""
    flags: frozenset[str]
    """Roles whose values are words or nought and one."""
    clocks: frozenset[str]
    """Roles whose values are what was left of an SLA, negative where it was missed."""
    blank_is_no: bool
    """True where a case that was not reopened has nothing written."""
    places: dict[str, Taken]

    @property
    def to_the_day(self) -> set[str]:
        """Times from the opening of which one end has no time of day: known in whole days alone."""
        return {
            f"{role}_after"
            for role in ("resolved", "closed", "responded")
            if role in self.dates
            and (self.dates[role].whole_days or self.dates["opened"].whole_days)
        }

    @property
    def by_the_day(self) -> str:
        """The role of a date without a time of day that is held against due times, or none."""
        done = "resolved" if "resolved" in self.dates else "closed"
        timed = "due" in self.dates and not self.dates["due"].whole_days
        return done if timed and done in self.dates and self.dates[done].whole_days else ""


def plan_reading(plan: Plan) -> Reading:
    """How the columns of a log with one row a case are printed; open ones are left unread.

    Raises ``ScenarioError`` where no opening can be read.
    """
    roles, forms = plan.roles, plan.forms
    dates: dict[str, DateForm] = {}
    times: dict[str, DurationForm] = {}
    counts: dict[str, NumberForm] = {}
    flags, clocks = set(), set()
    for role, column in roles.columns.items():
        if role in DATES or (role == "reopened" and column.is_date):
            _put(dates, role, forms.dates(column, role))
        elif role in TIMES:
            _put(times, role, forms.duration(column, role))
        elif role == "sla_met" and is_clock(column):
            clocks.add(role)
        elif role in FLAGS and not column.is_numeric:
            flags.add(role)
        elif role in FLAGS:
            _put(counts, role, forms.number(column, counts=role != "csat"))
    if "opened" not in dates:
        told = f"no date can be read in {roles['opened'].name!r}"
        raise ScenarioError(Problem(told, ("columns", "opened"), given=some(roles["opened"].some)))
    used = {*dates, *times, *counts, *flags, *clocks} | ({"case"} & roles.columns.keys())
    return Reading(
        dates,
        times,
        counts,
        frozenset(flags),
        frozenset(clocks),
        _blank_is_no(plan),
        {role: Taken(roles[role].places, roles[role].between) for role in used},
    )


def _put(forms: dict[str, _Form], role: str, form: _Form | None) -> None:
    if form is not None:
        forms[role] = form


def _blank_is_no(plan: Plan) -> bool:
    """True where only reopened cases have something written."""
    if "reopened" not in plan.roles:
        return False
    column = plan.roles["reopened"]
    if column.is_date:
        return True
    said = {found[0] for text in column.some if (found := answer(text)) is not None}
    zero = column.is_numeric and bool((column.numbers == 0).any())
    return len(column.texts) < len(column.sample) and not zero and False not in said
