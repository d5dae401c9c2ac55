"""Periods in parts: a year in a column of its own; quarters, and months whose year is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from scenarios.calibrate.reading.columns import Column
from scenarios.calibrate.reading.decisions import Findings
from scenarios.calibrate.reading.grid import Every
from scenarios.calibrate.reading.roles import Roles
from scenarios.calibrate.reading.stamps import EARLIEST, LATEST
from scenarios.calibrate.reading.words import MONTHS, plain, words
from scenarios.errors import Problem, ScenarioError

MONTH_NAMES = frozenset(("month", "monat", "mes", "mois", "mese"))
"""Words of a column whose rows are months."""
WEEK_NAMES = frozenset(
    ("week", "woche", "semana", "semaine", "settimana", "kw", "kalenderwoche", "cw", "wk")
)
"""Words of a column whose rows are weeks."""


_QUARTER = re.compile(
    r"(?:(?:fy)?\d{2,4}[-/ ._]*)?(?:(?:q|qu|qtr|quartal|quarter|trim|trimestre)[-. ]*[1-4]"
    r"|[1-4](?:st|nd|rd|th|\.)?[-. ]*(?:q|qtr|quartal|quarter|trim|trimestre))"
    r"(?:[-/ .,'_]*(?:fy)?\d{2,4})?"
)
_ENDING = frozenset(
    ("ending", "ended", "endend", "ende", "wochenende", "ends", "we", "fin", "fine", "fim", "until")
)
"""Words of a heading whose dates are the last days of weeks."""
_MOST = 0.8
"""Share of a column's values that must be quarters or months: a few may be totals."""
_LARGEST = {"month": 12, "week": 53}


def with_years(columns: Sequence[Column], roles: Roles, findings: Findings) -> None:
    """Periods whose year stands in a column of its own, such as Year, Month or Year, Week."""
    year, period = roles.columns.pop("year", None), roles.columns.get("period")
    if year is None or not year.holds("count") or not _are_years(year):
        return
    if period is None:
        names = (column for column in columns if set(words(column.name)) & MONTH_NAMES)
        period = next(names, next(filter(_names_months, columns), None))
    if period is None or period.is_date:
        return
    week = bool(set(words(period.name)) & WEEK_NAMES)
    roles.columns["period"] = year.joined(period, " W" if week else " ")
    findings.decide("period", f"{year.name} and {period.name}", "the year stands by itself")


def refuse_unplaced(columns: Sequence[Column], cases: Roles, periods: Roles, file: str) -> None:
    """Refuse periods that are quarters, and months or weeks of which nothing says the year.

    Twelve months that are numbered, each once, need no year.
    """
    period = periods.columns.get("period")
    dated = [one for one in (period, cases.columns.get("opened")) if one is not None]
    if any(column.is_date for column in columns) or any(one.holds("date") for one in dated):
        return
    for column in columns if period is None else [period]:
        if column.share(lambda text: _QUARTER.fullmatch(plain(text.strip()))) >= _MOST:
            told = "the rows are quarters, and months or weeks are needed: export a finer report"
            raise ScenarioError(
                Problem(
                    told, ("columns", "period"), file, given=f"{column.name}: {column.texts[0]}"
                )
            )
        if _names_months(column):
            raise ScenarioError(_no_year(columns, column, "month", file))
    grain = None if period is None else grain_of_name(period.name)
    if period is None or grain is None or not period.is_numeric:
        return
    labels = [c.sample for c in columns if not c.is_numeric and c.place != period.place]
    rows = {*zip(*(column.sample for column in columns), strict=True)}
    parts = {*zip(period.sample, *labels, strict=True)}
    if len(parts) < len(rows) and period.numbers.max() <= _LARGEST[grain]:
        raise ScenarioError(_no_year(columns, period, grain, file))


def grain_of_name(name: str) -> Every | None:
    """What a heading says that a row is, month or week; None where it says neither."""
    held = set(words(name))
    if held & MONTH_NAMES:
        return "month"
    return "week" if held & WEEK_NAMES else None


def says_last_day(period: Column) -> bool:
    """True where the heading, or the caller in brackets, says that weeks are dated by their end."""
    if period.unit in ("starts", "ends"):
        return period.unit == "ends"
    held = set(words(period.name))
    alone = "end" in held and not held & {"start", "begin", "starting", "beginning", "weekend"}
    return alone or bool(held & _ENDING) or {"w", "e"} <= held


def _names_months(column: Column) -> bool:
    """True where the values are names of months and nothing else, some totals aside."""
    return column.share(lambda text: plain(text.strip()).rstrip(".") in MONTHS) >= _MOST


def _no_year(columns: Sequence[Column], period: Column, grain: Every, file: str) -> Problem:
    """What to do where the year is missing."""
    years = [c for c in columns if c.is_numeric and c.place != period.place and _are_years(c)]
    told = (
        f"nothing says the year of the {grain}s in {period.name!r}: write it beside them in a "
        'column Year, or say columns={"year": "..."}'
    )
    allowed = ", ".join(c.name for c in years) or "months such as 2024-01, weeks such as 2024-W01"
    return Problem(
        told, ("columns", "year"), file, given=f"{period.name}: {period.texts[0]}", allowed=allowed
    )


def _are_years(column: Column) -> bool:
    return bool(np.all((column.numbers >= EARLIEST) & (column.numbers <= LATEST)))
