"""One row a day, week or month: its counts, and the KPIs that it states."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from scenarios.calibrate.reading.chunks import Chunk, Taken, chunks
from scenarios.calibrate.reading.columns import Column
from scenarios.calibrate.reading.dates import DateForm, read_dates
from scenarios.calibrate.reading.decisions import Findings, some
from scenarios.calibrate.reading.durations import read_durations
from scenarios.calibrate.reading.kpi_columns import KpiColumn, kpi_columns
from scenarios.calibrate.reading.lexicon import TOTAL_WORDS
from scenarios.calibrate.reading.numbers import Mark, NumberForm, bare, decimals, read_numbers
from scenarios.calibrate.reading.part_counts import part_columns
from scenarios.calibrate.reading.plan import Plan
from scenarios.calibrate.reading.rows import Table
from scenarios.calibrate.reading.source import Progress
from scenarios.calibrate.reading.stamps import NONE
from scenarios.calibrate.reading.words import is_missing, words
from scenarios.errors import Problem, ScenarioError
from scenarios.world import Array

COUNTS = ("units", "answered", "abandoned", "closed", "reopened")
_UNDATED = 0.2
"""Share of counts without a period from which they are no totals or remarks: an assumption."""
_MOST_NUMBERED = 20_000
"""The largest number of a period: 55 years of days; larger ones stand for dates."""


@dataclass
class PeriodRows:
    """The rows of a file with one row a period."""

    table: pd.DataFrame
    """Columns of counts by role, of KPIs by name, ``printed.NAME`` for decimals printed; line.

    Where labels name totals, or some rows have none: ``label.NAME`` for each column of labels, and
    ``total.NAME``, the label where it names a total and else empty.
    """
    kpis: dict[str, KpiColumn] = field(default_factory=dict)
    days: Array | None = None
    """The day of each row since 1970-01-01, or None where the file has no dates."""


@dataclass(frozen=True)
class _Forms:
    """How the columns that are read are printed."""

    counts: dict[str, NumberForm]
    kpis: dict[str, KpiColumn]
    dates: DateForm | None
    """None where periods are numbered."""
    labels: tuple[str, ...]
    """Columns of labels, where some of them name totals."""
    places: dict[str, Taken]


def read_periods(
    table: Table, plan: Plan, findings: Findings, progress: Progress | None
) -> PeriodRows:
    """Every row that has a period and a count; the others are left out, and counted."""
    forms = _forms(plan, findings)
    parts = [_part(chunk, forms, findings) for chunk in chunks(table, forms.places, progress)]
    whole = pd.concat(parts, ignore_index=True)
    keep = whole["known"].to_numpy(bool, copy=True)
    _tell_undated(whole, plan.roles["period"].name, findings)
    no_count = keep & whole["units"].isna().to_numpy()
    findings.leave_out("no number of units", int(no_count.sum()))
    negative = keep & (whole["units"] < 0).to_numpy()
    findings.leave_out("negative number of units", int(negative.sum()))
    kept = whole[keep & ~no_count & ~negative].reset_index(drop=True)
    dated = "day" in kept.columns
    return PeriodRows(kept, forms.kpis, kept["day"].to_numpy(np.int64) if dated else None)


def _tell_undated(rows: pd.DataFrame, name: str, findings: Findings) -> None:
    """Rows that have a count and no period; raises ``ScenarioError`` where they are many."""
    undated = (rows["blank"] & (rows["units"] > 0)).to_numpy(bool)
    if not undated.any():
        return
    lines = some([str(line) for line in rows["line"][undated].tolist()])
    told = f"{int(undated.sum()):,} of {len(rows):,} rows have a count and nothing in {name!r}"
    if undated.sum() > _UNDATED * len(rows):
        raise ScenarioError(
            Problem(
                f"{told}: where it stands once for several rows, write it in each of them",
                ("columns", "period"),
                given=f"lines {lines}",
                allowed="a date in each row",
            )
        )
    findings.warn(f"left out: {told} (lines {lines})")


def _forms(plan: Plan, findings: Findings) -> _Forms:
    """Raises ``ScenarioError`` where the number of units can be read in two ways."""
    roles = plan.roles
    counts = {
        role: number
        for role in COUNTS
        if role in roles and (number := plan.forms.number(roles[role], counts=True)) is not None
    }
    if "units" not in counts:
        told = 'the numbers can be read in two ways: say decimal="," or decimal="."'
        name = roles["units"].name
        raise ScenarioError(
            Problem(told, ("columns", "units"), given=f"{name}: {some(roles['units'].some)}")
        )
    kpis = kpi_columns(plan, findings)
    counts |= _other_counts(plan, kpis, findings)
    period, labels = roles["period"], _labels(plan)
    places = {
        **{name: Taken((_place(plan, name),)) for name in counts},
        **{f"kpi.{name}": Taken((kpi.column.place,)) for name, kpi in kpis.items()},
        **{f"label.{label.name}": Taken((label.place,)) for label in labels},
        "period": Taken(period.places, period.between),
        "row": Taken(tuple(column.place for column in plan.columns), "\x1f", always=True),
    }
    numbered = is_number_of_period(period)
    dates = None if numbered else plan.forms.dates(period, "period")
    return _Forms(counts, kpis, dates, tuple(label.name for label in labels), places)


def _labels(plan: Plan) -> list[Column]:
    """The columns of words, if any of these words names a total, or some rows have none."""
    taken = {place for column in plan.roles.columns.values() for place in column.places}
    found = [
        column
        for column in plan.columns
        if column.place not in taken and not column.is_numeric and not column.is_date
    ]
    blank = [one for one in found if 0 < len(one.texts) < one.sampled]
    named = any(is_total(text) for one in found for text in set(one.texts))
    return found if named or blank else []


def is_total(label: str) -> bool:
    """True for a label such as Total, Summe or Grand total."""
    return bool(set(words(label)) & TOTAL_WORDS)


def _part(chunk: Chunk, forms: _Forms, findings: Findings) -> pd.DataFrame:
    """The rows of a chunk in numbers; ``known`` says which have a period."""
    rows = pd.util.hash_array(np.array(chunk.texts["row"], dtype=object), categorize=False)
    part: dict[str, Array] = {"line": np.array(chunk.lines), "row": rows}
    for name, form in forms.counts.items():
        part[name] = read_numbers(chunk.texts[name], form)
    for name, kpi in forms.kpis.items():
        part[f"kpi.{name}"] = _kpi_values(chunk.texts[f"kpi.{name}"], kpi)
        part[f"printed.{name}"] = _printed(chunk.texts[f"kpi.{name}"], kpi)
    for name in forms.labels:
        labels = chunk.texts[f"label.{name}"]
        part[f"label.{name}"] = np.array(labels, dtype=object)
        totals = [label if is_total(label) else "" for label in labels]
        part[f"total.{name}"] = np.array(totals, dtype=object)
    texts = chunk.texts["period"]
    if forms.dates is None:
        number = read_numbers(texts, NumberForm())
        known = (number >= 0) & (number <= _MOST_NUMBERED) & (number % 1 == 0)
        part["number"] = np.where(known, number, 0)
    else:
        wall, _ = read_dates(texts, forms.dates)
        known = wall != NONE
        part["day"] = np.where(known, wall // 86400, 0)
    part["known"] = known
    missing = part["blank"] = np.array([is_missing(text) for text in texts], dtype=bool)
    _tell_unread(chunk.lines, texts, ~known & ~missing, findings)
    findings.leave_out("no period", int((~known & missing).sum()))
    return pd.DataFrame(part)


def _other_counts(
    plan: Plan, kpis: dict[str, KpiColumn], findings: Findings
) -> dict[str, NumberForm]:
    """Further counts, by ``count.NAME``: a stated rate may be a share of one of them."""
    parts = part_columns(plan.columns, plan.roles)
    roles = [column for column in plan.roles.columns.values() if column.name not in parts]
    taken = {place for column in roles for place in column.places}
    taken |= {kpi.column.place for kpi in kpis.values()}
    found = {}
    for column in plan.columns:
        if column.place not in taken and column.holds("count"):
            form = plan.forms.number(column, counts=True)
            if form is not None:
                found[f"count.{column.name}"] = form
    left = [name.removeprefix("count.") for name in found]
    if names := some([name for name in left if name not in parts], 12):
        findings.decide("counts not used but to check rates", names, "not known by their names")
    return found


def _place(plan: Plan, name: str) -> int:
    """Where a role's column or a further count stands."""
    if name in plan.roles:
        return plan.roles[name].place
    named = name.removeprefix("count.")
    return next(column.place for column in plan.columns if column.name == named)


def _tell_unread(lines: list[int], texts: list[str], bad: Array, findings: Findings) -> None:
    places = np.flatnonzero(bad).tolist()
    findings.leave_out("period unreadable", len(places))
    if places:
        examples = some([f"line {lines[n]}: {texts[n]!r}" for n in places], 3)
        findings.warn(f"left out: rows whose period cannot be read ({examples})")


def is_number_of_period(column: Column) -> bool:
    """True for periods that are counted 1, 2, 3 instead of dated."""
    if not column.is_numeric or column.is_date or not column.holds("count"):
        return False
    return bool(len(column.numbers)) and float(np.nanmedian(column.numbers)) < _MOST_NUMBERED


def _kpi_values(texts: list[str], kpi: KpiColumn) -> Array:
    """A KPI's values: shares, points, or times in the unit of its name."""
    if kpi.duration is not None:
        size = kpi.duration.unit or 1.0
        return read_durations(texts, kpi.duration) / size
    return read_numbers(texts, kpi.number)


def _printed(texts: list[str], kpi: KpiColumn) -> Array:
    """How many decimals each value prints, as of a share where it is per cent."""
    if kpi.kind != "rate":
        return np.zeros(len(texts), np.int8)
    mark: Mark = kpi.number.mark
    more = 2 * kpi.number.percent
    return np.array(
        [
            decimals(text, mark) + more * (not text.endswith("%")) if bare(text) else 0
            for text in texts
        ],
        dtype=np.int8,
    )


def is_count(name: str) -> bool:
    """True for the columns of ``PeriodRows`` that are counts."""
    return name in COUNTS or name.startswith("count.")


def without_repeats(rows: PeriodRows, findings: Findings) -> PeriodRows:
    """Rows that repeat another word for word are counted once."""
    repeated = rows.table["row"].duplicated().to_numpy()
    if not repeated.any():
        return rows
    findings.leave_out("repeats a row", int(repeated.sum()))
    lines = some([str(line) for line in rows.table["line"][repeated].tolist()])
    findings.warn(f"left out: rows that repeat another word for word (lines {lines})")
    kept = None if rows.days is None else rows.days[~repeated]
    return PeriodRows(rows.table[~repeated].reset_index(drop=True), rows.kpis, kept)
