"""Dates that stand in two columns: the time of day beside the date, the year beside the month."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scenarios.calibrate.reading.columns import Column
from scenarios.calibrate.reading.decisions import Findings
from scenarios.calibrate.reading.roles import Roles
from scenarios.calibrate.reading.stamps import EARLIEST, LATEST
from scenarios.calibrate.reading.words import words

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
_MONTH_NAMES = frozenset(("month", "monat", "mes", "mois", "mese"))
_WEEK_NAMES = frozenset(
    ("week", "woche", "semana", "semaine", "settimana", "kw", "kalenderwoche", "cw", "wk")
)


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
        months = (column for column in columns if set(words(column.name)) & _MONTH_NAMES)
        period = next(months, None)
    if period is None or period.is_date:
        return
    week = bool(set(words(period.name)) & _WEEK_NAMES)
    roles.columns["period"] = year.joined(period, " W" if week else " ")
    findings.decide("period", f"{year.name} and {period.name}", "the year stands by itself")
