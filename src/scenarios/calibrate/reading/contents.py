"""What an export holds once it is known how to read it, of either kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from scenarios.calibrate.reading.case_columns import plan_reading
from scenarios.calibrate.reading.cases import Cases, read_cases
from scenarios.calibrate.reading.decisions import Findings, some
from scenarios.calibrate.reading.from_cases import find_periods, period_table
from scenarios.calibrate.reading.from_periods import periods_of
from scenarios.calibrate.reading.grid import Every
from scenarios.calibrate.reading.lexicon import UNIT_WORDS
from scenarios.calibrate.reading.measures import measures, whole_file
from scenarios.calibrate.reading.periods import read_periods, without_repeats
from scenarios.calibrate.reading.plan import Plan
from scenarios.calibrate.reading.published import check_rates
from scenarios.calibrate.reading.repeats import merge_repeats
from scenarios.calibrate.reading.rows import Table
from scenarios.calibrate.reading.source import Progress
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
    cases, stated = read_cases(job.table, reading, job.today, findings, job.progress)
    _refuse_absurd(job, cases)
    merge_repeats(cases, findings, given="case" in job.plan.roles.given)
    stated.settle(cases.columns, reading.times, findings)
    for reason, values in findings.unused.items():
        findings.warn(f"not used: {values:,} values ({reason})")
    names = {role: column.name for role, column in job.plan.roles.columns.items()}
    measured = measures(cases, names)
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
    rows.table.attrs["period"] = words(job.plan.roles["period"].name)
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
    names = [table.source.path.name.partition(".")[0], *table.names]
    if plan.kind == "periods":
        names = [plan.roles["units"].name, *names]
    for name in names:
        for word in words(name):
            if word in UNIT_WORDS:
                findings.decide("unit", UNIT_WORDS[word], f"{name!r} says so")
                return UNIT_WORDS[word]
    findings.decide("unit", "case", "no name says otherwise")
    return "case"
