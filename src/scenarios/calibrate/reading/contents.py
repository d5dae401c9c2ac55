"""What an export holds once it is known how to read it, of either kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from scenarios.calibrate.reading.blank_totals import without_blank_totals
from scenarios.calibrate.reading.case_columns import Reading, plan_reading
from scenarios.calibrate.reading.cases import Cases, read_cases
from scenarios.calibrate.reading.decisions import Findings, some
from scenarios.calibrate.reading.from_cases import find_periods, period_table
from scenarios.calibrate.reading.from_periods import periods_of
from scenarios.calibrate.reading.grid import Every
from scenarios.calibrate.reading.impossible import without_impossible
from scenarios.calibrate.reading.lexicon import UNIT_WORDS
from scenarios.calibrate.reading.measures import Measure, measures, whole_file
from scenarios.calibrate.reading.overdue import count_overdue
from scenarios.calibrate.reading.part_counts import part_columns
from scenarios.calibrate.reading.parts import says_last_day
from scenarios.calibrate.reading.periods import read_periods, without_repeats
from scenarios.calibrate.reading.plan import Plan
from scenarios.calibrate.reading.published import check_rates
from scenarios.calibrate.reading.repeats import merge_repeats
from scenarios.calibrate.reading.rows import Table
from scenarios.calibrate.reading.source import Progress
from scenarios.calibrate.reading.still_open import longer_than_known
from scenarios.calibrate.reading.totals import without_totals
from scenarios.calibrate.reading.words import is_missing, words
from scenarios.errors import Problem, ScenarioError


@dataclass(frozen=True)
class Job:
    """A file, how it is to be read, and what is asked of it."""

    table: Table
    plan: Plan
    every: Every | None
    today: date
    findings: Findings
    progress: Progress | None
    keep_edges: bool


@dataclass(frozen=True)
class Contents:
    """What a log says of a file's numbers, by the log's own names, and what came to light."""

    told: dict[str, Any]
    findings: Findings
    doubt: str = ""


def contents(job: Job) -> Contents:
    """Read a file to its end.

    Raises ``ScenarioError`` where nothing in it can be counted.
    """
    _tell_marks(job.plan, job.findings)
    found = _of_cases(job) if job.plan.kind == "cases" else _of_periods(job)
    found.told["unit"] = _unit(job.table, job.plan, found.findings)
    return found


def _of_cases(job: Job) -> Contents:
    """The contents of a file with one row a case."""
    findings = job.findings
    reading = plan_reading(job.plan)
    _tell_unused(job.plan, reading, findings)
    cases, stated = read_cases(job.table, reading, job.today, findings, job.progress)
    _refuse_absurd(job, cases)
    known = job.plan.roles.columns.get("case")
    called, given = "..." if known is None else known.name, "case" in job.plan.roles.given
    merge_repeats(cases, findings, name=called, given=given)
    stated.settle(cases.columns, reading.times, findings)
    count_overdue(cases, findings)
    without_impossible(cases, reading.times, job.today, findings)
    for reason, values in findings.unused.items():
        findings.warn(f"not used: {values:,} values ({reason})")
    names = {role: column.name for role, column in job.plan.roles.columns.items()}
    measured = measures(cases, names, stated.coarse)
    measured = longer_than_known(cases, measured, findings)
    _tell_days(measured, reading, names, findings)
    found = find_periods(cases, job.every, job.today, findings, keep_edges=job.keep_edges)
    times, others = whole_file(measured)
    told = {
        "periods": period_table(cases, measured, found),
        "kinds": {measure.name: measure.kind for measure in measured},
        "units_of": {measure.name: measure.unit for measure in measured},
        "stated": {measure.name: measure.stated for measure in measured},
        "every": found.kept.every,
        "durations": times,
        "overall": others,
    }
    return Contents(told, found.findings, found.doubt)


def _tell_unused(plan: Plan, reading: Reading, findings: Findings) -> None:
    """Which columns of cases nothing is taken from."""
    used = {place for taken in reading.places.values() for place in taken.places}
    names = [column.name for column in plan.columns if column.place not in used]
    if names:
        why = "no role by their names and their values"
        findings.decide("columns not used", some(names, 24), why, 'columns={"ROLE": "..."}')


def _tell_days(
    measured: list[Measure], reading: Reading, names: dict[str, str], findings: Findings
) -> None:
    """Say which times are in whole days, and what would make hours of them."""
    ends = ("opened", "resolved", "closed", "responded")
    bare = [role for role in ends if role in reading.dates and reading.dates[role].whole_days]
    joined = ", ".join(f'"{role}": "{names[role]} + TIME"' for role in bare)
    option = f"columns={{{joined}}}"
    if reading.by_the_day and any("due date" in measure.stated for measure in measured):
        findings.warn(
            f"sla_met: {names[reading.by_the_day]!r} has no time of day: kept is what was done on "
            "the day that it was due, or before"
        )
    for measure in measured:
        if measure.unit == "days":
            name = measure.name
            held = some([repr(names[role]) for role in bare])
            why = f"{held} without a time of day: hours would be wrong by up to a day"
            findings.decide(name, measure.stated, why, option)
            findings.warn(
                f"{name}: in whole days and not in hours, {why}; where a time stands in a column "
                f"of its own, say {option}"
            )


def _refuse_absurd(job: Job, cases: Cases) -> None:
    """A file without a case, and one whose cases mostly close before they open."""
    file, findings = job.table.source.name, job.findings
    if not len(cases):
        given = ", ".join(f"{reason}: {rows:,}" for reason, rows in findings.left_out.items())
        raise ScenarioError(Problem("no row has a usable date of opening", file=file, given=given))
    for role in ("resolved", "closed"):
        before = findings.unused[f"{role} before opened"]
        if 2 * before > len(cases):
            opened, other = job.plan.roles["opened"].name, job.plan.roles[role].name
            told = (
                f"most cases are {role} before they are opened: "
                "say which column is what, or date_order=..."
            )
            given = f"{before:,} of {len(cases):,} cases; opened: {opened}, {role}: {other}"
            raise ScenarioError(Problem(told, ("columns",), file, given=given))


def _of_periods(job: Job) -> Contents:
    """The contents of a file with one row a period."""
    findings = job.findings
    rows = without_repeats(read_periods(job.table, job.plan, findings, job.progress), findings)
    rows = without_blank_totals(rows, findings)
    rows = without_totals(rows, job.table.source.name, findings)
    rows = without_blank_totals(rows, findings)
    period = job.plan.roles["period"]
    rows.table.attrs |= {"period": period.name, "ends": says_last_day(period)}
    rows.table.attrs["parts"] = part_columns(job.plan.columns, job.plan.roles)
    shares = check_rates(rows, findings)
    found, periods, grain = periods_of(
        rows, shares, job.every, job.today, findings, keep_edges=job.keep_edges
    )
    told = {
        "periods": periods,
        "kinds": dict(found.kinds),
        "units_of": found.units_of,
        "stated": found.stated,
        "every": grain,
        "durations": {},
        "overall": {name: _overall(periods, name) for name in found.kinds},
    }
    return Contents(told, findings)


def _overall(periods: pd.DataFrame, name: str) -> dict[str, float]:
    """A KPI over all periods, weighed by what each of its values rests on."""
    weight, value = periods[f"of.{name}"], periods[f"kpi.{name}"]
    known = value.notna() & (weight > 0)
    total = int(weight[known].sum())
    mean = float((weight[known] * value[known]).sum() / total) if total else float("nan")
    return {"value": mean, "of": total}


def _tell_marks(plan: Plan, findings: Findings) -> None:
    """Which marks were taken for a missing value, in the columns that are used."""
    for role, column in plan.roles.columns.items():
        marks = Counter(text for text in column.sample if text.strip() and is_missing(text))
        if marks:
            told = f"{marks.total():,} of {column.sampled:,} values looked at"
            findings.decide(f"missing in {column.name!r} ({role})", some(list(marks)), told)


def _unit(table: Table, plan: Plan, findings: Findings) -> str:
    """What the unit of work is called, by the words of the file's and the columns' names."""
    file = table.source.path.name.partition(".")[0]
    if plan.kind == "periods":
        names = [plan.roles["units"].name, file, *table.names]
    else:
        names = [file, *(column.name for column in plan.roles.columns.values())]
    for name in names:
        for word in words(name):
            if word in UNIT_WORDS:
                findings.decide("unit", UNIT_WORDS[word], f"{name!r} says so")
                return UNIT_WORDS[word]
    findings.decide("unit", "case", "no name says otherwise")
    return "case"
