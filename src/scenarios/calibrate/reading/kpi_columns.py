"""The columns of a file with one row a period that state a KPI."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from scenarios.calibrate.reading.columns import Column
from scenarios.calibrate.reading.decisions import Findings, some
from scenarios.calibrate.reading.durations import DurationForm
from scenarios.calibrate.reading.lexicon import (
    HIGH_WORDS,
    RATE_WORDS,
    SCORE_WORDS,
    TIME_WORDS,
)
from scenarios.calibrate.reading.measures import Kind
from scenarios.calibrate.reading.numbers import NumberForm, read_numbers
from scenarios.calibrate.reading.part_counts import part_of_units, slug
from scenarios.calibrate.reading.plan import Plan
from scenarios.calibrate.reading.words import UNITS, plain, words

_PERCENT = frozenset(
    ("percent", "pct", "percentage", "prozent", "porcentaje", "percentuale", "percentual")
)


@dataclass(frozen=True)
class KpiColumn:
    """A KPI that the file states a row, and how it is printed."""

    name: str
    column: Column
    kind: Kind
    unit: str
    number: NumberForm
    duration: DurationForm | None = None


def kpi_columns(plan: Plan, findings: Findings) -> dict[str, KpiColumn]:
    """The columns that state a KPI: rates, times and scores by name and values."""
    taken = {place for column in plan.roles.columns.values() for place in column.places}
    found: dict[str, KpiColumn] = {}
    for role, column in plan.roles.columns.items():
        if role.startswith("kpi.") and (kpi := _kpi(column, plan, findings)) is not None:
            found[role.removeprefix("kpi.")] = replace(kpi, name=role.removeprefix("kpi."))
    unknown = []
    for column in plan.columns:
        if column.place in taken or not column.texts:
            continue
        kpi = _kpi(column, plan, findings)
        if kpi is None:
            if not column.holds("count"):
                unknown.append(column.name)
        elif kpi.name not in found:
            found[kpi.name] = kpi
    if unknown:
        findings.decide(
            "columns not used", some(unknown, 12), "neither counts nor KPIs by their names"
        )
    return found


def _kpi(column: Column, plan: Plan, findings: Findings) -> KpiColumn | None:
    """A column as a KPI: by the unit that was given, the sign of per cent, or the name."""
    held = set(words(column.name))
    unit = plain(column.unit)
    signed = column.share(lambda text: text.rstrip().endswith("%")) > 0.5  # noqa: PLR2004  most
    if (part := part_of_units(column, plan.roles["units"])) != "no":
        if part == "open":
            _tell_open(column, findings)
        return None
    named_rate = column.is_numeric and held & (RATE_WORDS | _PERCENT) and not held & SCORE_WORDS
    if unit in ("%", "share") or signed or (named_rate and not unit):
        return _rate(column, held, plan, signed=signed, findings=findings)
    if (unit in UNITS or ":" in unit or held & TIME_WORDS) and column.holds("duration"):
        return _time(column, plan, findings)
    points = unit in ("points", "score") or held & SCORE_WORDS
    if points and column.is_numeric and (form := plan.forms.number(column)):
        return KpiColumn(slug(column.name), column, "score", "points", form)
    return None


def _tell_open(column: Column, findings: Findings) -> None:
    name = column.name
    findings.warn(
        f"{name!r} may be counts, or per cent: not used; say "
        f'columns={{"kpi.{slug(name)}": "{name} [%]"}} or [count]'
    )


def _time(column: Column, plan: Plan, findings: Findings) -> KpiColumn | None:
    """A time, in the unit of its name; in seconds where it is printed with its units."""
    name = slug(column.name)
    length = plan.forms.duration(column, f"kpi.{name}")
    if length is None:
        return None
    if length.open_unit:
        findings.warn(
            f"{column.name!r}: nothing says its unit: not used; say "
            f'columns={{"kpi.{name}": "{column.name} [seconds]"}}'
        )
        return None
    return KpiColumn(name, column, "time", length.unit_name or "seconds", length.number, length)


def _rate(
    column: Column, held: set[str], plan: Plan, *, signed: bool, findings: Findings
) -> KpiColumn | None:
    """A rate, as a share: 0.94, 94.01 and ``94.01%`` are the same."""
    form = plan.forms.number(column)
    if form is None:
        return None
    values = read_numbers(column.texts, form)
    known = values[np.isfinite(values)]
    if not len(known):
        return None
    percent = not signed and (float(known.max()) > 1.0 + 1e-9 or column.unit == "%")
    if percent and known.max() > 100.0 + 1e-9 and np.mean(known > 100.0) > 0.05:  # noqa: PLR2004  few
        return None
    doubtful = held & _PERCENT and not signed and not percent and not held & HIGH_WORDS
    if doubtful and column.unit != "share":
        findings.warn(
            f"{column.name!r} is named per cent and never above 1: 0.5 could be 50 % or half of "
            "one; not used: say "
            f'columns={{"kpi.{slug(column.name)}": "{column.name} [%]"}} or [share]'
        )
        return None
    how = "printed with %" if signed else ("per cent" if percent else "shares")
    told = f"from {known.min():g} to {known.max():g}"
    findings.decide(
        f"rates in {column.name!r}",
        how,
        told,
        f'columns={{"kpi.{slug(column.name)}": "{column.name} [%]"}}',
    )
    return KpiColumn(slug(column.name), column, "rate", "share", NumberForm(form.mark, percent))
