"""A log of cases, or of days and months, read with every decision told: what it holds by period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import pandas as pd

from scenarios.calibrate.reading.columns import Column
from scenarios.calibrate.reading.contents import Job, contents
from scenarios.calibrate.reading.decisions import Decision, Findings
from scenarios.calibrate.reading.forms import Options
from scenarios.calibrate.reading.grid import Every
from scenarios.calibrate.reading.numbers import Mark
from scenarios.calibrate.reading.plan import make_plan
from scenarios.calibrate.reading.rows import open_table
from scenarios.calibrate.reading.source import Progress, find_source
from scenarios.calibrate.reading.stamps import ORDERS, Order
from scenarios.calibrate.reading.survey import survey
from scenarios.errors import Problem, ScenarioError, nearest

_PASSES = 2


@dataclass(frozen=True)
class Log:
    """What an export holds, by period: units, KPIs, and everything that was decided about it."""

    periods: pd.DataFrame
    """One row a complete period: units, closed, reopened, ``kpi.NAME`` and ``of.NAME``."""
    kinds: dict[str, str]
    """What kind each KPI is: rate, time, score or count."""
    units_of: dict[str, str]
    """The unit of each KPI, such as hours."""
    stated: dict[str, str]
    """How a period's value of each KPI comes about."""
    every: Every
    """Whether periods are months or weeks."""
    unit: str
    """What is counted: case, ticket, call."""
    durations: dict[str, dict[str, float]]
    """Quantiles of each time over the whole file, in its unit: p10, p50, p90, mean, sd, n."""
    overall: dict[str, dict[str, float]]
    """Every other KPI over the whole file: its value, and of how many cases or units.

    A score of single cases also has their ``sd``, from one to the next.
    """
    decisions: tuple[Decision, ...]
    """What the file does not say itself, what was decided, and how to decide otherwise."""
    warnings: tuple[str, ...]
    """What one should know before trusting the numbers."""
    rows: int
    """Rows of data in the file."""
    left_out: dict[str, int]
    """Rows that are in no period, by reason."""
    unused: dict[str, int]
    """Single values that were not used though their row was, by reason."""
    volume_doubt: str = ""
    """Why the number of units is not to be trusted, or empty."""


def read_log(
    path: str | Path,
    columns: Mapping[str, str] | None = None,
    *,
    every: Every | None = None,
    delimiter: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    decimal: Mark | None = None,
    date_order: Order | None = None,
    timezone: str | None = None,
    today: date | None = None,
    progress: Progress | None = None,
    edges: Literal["leave out", "keep"] = "leave out",
) -> Log:
    """Read an export of a ticket system or call centre: one row a case, or one row a period.

    ``path`` is a CSV, TSV or text file, packed with gzip or zip or not, or an .xlsx workbook; it is
    read in pieces. Encoding, delimiter, decimal mark, order of day and month, units and roles of
    columns are found out and reported as decisions; where two readings are possible it is refused.
    Periods that the extraction cut off, at either end, are left out.

    ``columns`` gives roles their columns, such as ``{"opened": "Created", "resolved": ""}``, with a
    unit in brackets where the name has none: ``"Duration [minutes]"``. ``sheet`` names the sheet of
    a workbook of which several hold a table. ``every`` is month or week.
    ``date_order`` is day first, month first or year first. ``timezone`` is where the calendar of
    dates with an offset is kept, such as Europe/Berlin. ``today`` is the last day that may stand in
    the file. ``progress`` is told bytes read and bytes in all. ``edges="keep"`` counts incomplete
    periods too.

    Raises ``ScenarioError`` with every reason why a file cannot be used, and which option helps.
    """
    _check_options(every, date_order, edges, decimal)
    findings = Findings()
    source = find_source(path)
    table = open_table(source, delimiter, encoding, sheet, findings)
    seen = survey(table, findings, _pass(progress, 0, source.size))
    if seen.rows == 1:
        told = "has one row: a level, a spread and a trend need many cases or periods"
        raise ScenarioError(Problem(told, file=source.name))
    named = [Column(n, name, tuple(seen.column(n))) for n, name in enumerate(table.names)]
    plan = make_plan(named, Options(columns, decimal, date_order, timezone), source.name, findings)
    when = today or date.today()  # noqa: DTZ011  the calendar day of whoever reads
    second = _pass(progress, 1, source.size)
    job = Job(table, plan, every, when, findings, second, keep_edges=edges == "keep")
    found = contents(job)
    if progress is not None:
        progress(_PASSES * source.size, _PASSES * source.size)
    return Log(
        **found.told,
        decisions=tuple(found.findings.decisions),
        warnings=tuple(found.findings.warnings),
        rows=seen.all_rows,
        left_out=dict(found.findings.left_out),
        unused=dict(found.findings.unused),
        volume_doubt=found.doubt,
    )


def _check_options(
    every: str | None, date_order: str | None, edges: str, decimal: str | None
) -> None:
    problems = [
        Problem(
            "there is no such choice",
            (key,),
            given=given,
            allowed=", ".join(allowed),
            nearest=nearest(given, allowed),
        )
        for key, given, allowed in (
            ("every", every, ("month", "week")),
            ("date_order", date_order, ORDERS),
            ("edges", edges, ("leave out", "keep")),
            ("decimal", decimal, (".", ",")),
        )
        if given is not None and given not in allowed
    ]
    if problems:
        raise ScenarioError(*problems)


def _pass(progress: Progress | None, number: int, size: int) -> Progress | None:
    """Progress over all passes from that of one."""
    if progress is None:
        return None
    return lambda done, _: progress(number * size + min(done, size), _PASSES * size)
