"""Dates in two columns, such as the year beside the month; totals that stand beside their parts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scenarios.calibrate.reading.columns import Column
from scenarios.calibrate.reading.decisions import Findings
from scenarios.calibrate.reading.roles import Roles
from scenarios.calibrate.reading.stamps import EARLIEST, LATEST
from scenarios.calibrate.reading.words import words
from scenarios.errors import Problem, ScenarioError

_NEARLY_ALL = 0.9
"""Share of periods whose totals add up from which totals are told; an assumption."""
_CALENDAR = frozenset(
    (
        "date",
        "time",
        "datum",
        "zeit",
        "uhrzeit",
        "fecha",
        "hora",
        "data",
        "ora",
        "heure",
        "am",
        "um",
        "at",
        "on",
        "le",
        "of",
        "de",
        "d",
        "day",
    )
)
MONTH_NAMES = frozenset(("month", "monat", "mes", "mois", "mese"))
"""Words of a column whose rows are months."""
WEEK_NAMES = frozenset(
    ("week", "woche", "semana", "semaine", "settimana", "kw", "kalenderwoche", "cw", "wk")
)
"""Words of a column whose rows are weeks."""
_TOTALS = frozenset(
    (
        *("total", "totals", "subtotal", "sum", "all", "overall", "gesamt", "insgesamt", "alle"),
        *("summe", "gesamtsumme", "zwischensumme", "todos", "todas", "suma", "tous", "toutes"),
        *("ensemble", "totale", "totali", "tutti", "tutte", "somma", "soma", "totaal"),
    )
)
"""Words of a label whose row adds up other rows."""


def with_times(columns: Sequence[Column], roles: Roles, findings: Findings) -> None:
    """Dates whose time of day stands in a column of its own, such as Date opened, Time opened."""
    for role, column in list(roles.columns.items()):
        if not column.is_date or column.dates.timed:
            continue
        taken = {place for other in roles.columns.values() for place in other.places}
        core = set(words(column.name)) - _CALENDAR
        times = [
            other
            for other in columns
            if other.place not in taken
            and other.is_clock
            and set(words(other.name)) - _CALENDAR == core
        ]
        if len(times) == 1:
            roles.columns[role] = column.joined(times[0])
            told = f"{column.name!r} has no time of day, {times[0].name!r} has nothing else"
            findings.decide(f"time of {role}", times[0].name, told)


def with_years(columns: Sequence[Column], roles: Roles, findings: Findings) -> None:
    """Periods whose year stands in a column of its own, such as Year, Month or Year, Week."""
    year, period = roles.columns.pop("year", None), roles.columns.get("period")
    if (
        year is None
        or not year.holds("count")
        or not np.all((year.numbers >= EARLIEST) & (year.numbers <= LATEST))
    ):
        return
    if period is None:
        months = (column for column in columns if set(words(column.name)) & MONTH_NAMES)
        period = next(months, None)
    if period is None or period.is_date:
        return
    week = bool(set(words(period.name)) & WEEK_NAMES)
    roles.columns["period"] = year.joined(period, " W" if week else " ")
    findings.decide("period", f"{year.name} and {period.name}", "the year stands by itself")


def refuse_totals(columns: Sequence[Column], roles: Roles, file: str, findings: Findings) -> None:
    """Refuse rows that add up the other rows of their period: they would count twice.

    Where a label says total and the numbers do not bear it out, that is only told.
    """
    period, units = roles["period"], roles["units"]
    taken = {place for column in roles.columns.values() for place in column.places}
    if period.unique == 1:
        return
    for column in columns:
        if column.place in taken or column.is_numeric or column.is_date:
            continue
        total = np.array([bool(set(words(text)) & _TOTALS) for text in column.sample])
        if total.all() or not total.any():
            continue
        label = next(text for text in column.texts if set(words(text)) & _TOTALS)
        if _add_up(period, units, total):
            told = (
                f"the rows {label!r} in {column.name!r} add up the other rows of their period and "
                "would count them twice: take these rows out of the file"
            )
            raise ScenarioError(Problem(told, ("columns", "units"), file, given=label))
        findings.warn(f"{column.name!r} has rows {label!r}: added up with the others, no total")


def _add_up(period: Column, units: Column, total: np.ndarray) -> bool:
    """Whether the totals of nearly all periods that have one are the sums of their other rows."""
    _, place = np.unique(np.array(period.sample), return_inverse=True)
    known = np.isfinite(units.counts)
    counts = np.where(known, units.counts, 0.0)
    totals = np.bincount(place, counts * total)
    parts = np.bincount(place, counts * ~total)
    both = (np.bincount(place, total & known) > 0) & (np.bincount(place, ~total & known) > 0)
    return bool(both.any()) and bool(np.mean(np.abs(totals - parts)[both] < 1) >= _NEARLY_ALL)
