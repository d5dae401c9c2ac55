"""Counts that are part of the units, such as what was answered within the service level."""

from __future__ import annotations

from typing import Literal

import numpy as np

from scenarios.calibrate.reading.columns import Column
from scenarios.calibrate.reading.lexicon import RATE_WORDS, SCORE_WORDS, TIME_WORDS
from scenarios.calibrate.reading.roles import Roles
from scenarios.calibrate.reading.words import plain, words
from scenarios.world import Array

Part = Literal["no", "yes", "open"]
_WORDS = frozenset(("within", "met", "sla", "sl", "fcr"))
"""Words of rates that counts have too: Answered within SL, SLA met."""
_FEW = 0.05
"""Share of rows that may be another kind of number before a reading falls; an assumption."""
_STEADIER = 0.8
"""Ratio of two spreads from which one reading is steadier than the other; an assumption."""


def slug(name: str) -> str:
    """A column's name as a KPI's: ``Service Level %`` is service_level_percent."""
    return "_".join(word for word in words(name) if word.isascii()) or "kpi"


def part_columns(columns: tuple[Column, ...], roles: Roles) -> dict[str, str]:
    """Columns of counts that are part of the units, with the name that their share has as a KPI."""
    named = {
        column.place: role.removeprefix("kpi.")
        for role, column in roles.columns.items()
        if role.startswith("kpi.")
    }
    taken = {c.place for role, c in roles.columns.items() if not role.startswith("kpi.")}
    given = {column.place: column for column in roles.columns.values()}
    return {
        column.name: named.get(column.place, slug(column.name))
        for column in columns
        if column.place not in taken
        and part_of_units(given.get(column.place, column), roles["units"]) == "yes"
    }


def part_of_units(column: Column, units: Column) -> Part:
    """Whether a column counts a part of the units, by its name and its values.

    Whole numbers up to 100 may be per cent as well: they are what is steadier from row to row, the
    numbers themselves or their share of the units; "open" where neither is.
    """
    if plain(column.unit) in ("count", "counts"):
        return "yes"
    if column.unit or not _names_part(column.name) or not column.holds("count"):
        return "no"
    known = np.isfinite(column.counts) & np.isfinite(units.counts) & (units.counts > 0)
    counts, whole = column.counts[known], units.counts[known]
    if not len(counts) or counts.max() <= 1:
        return "no"
    above = np.mean(counts > whole) > _FEW
    if np.mean(counts > 100) > _FEW:  # noqa: PLR2004  per cent
        return "no" if above else "yes"
    own, share = _spread(counts), _spread(counts / whole)
    if own <= _STEADIER * share:
        return "no"
    return "yes" if share <= _STEADIER * own and not above else "open"


def _names_part(name: str) -> bool:
    """True for Within SLA and SLA met; not for SLA %, SLA rate or Time within SLA."""
    held = set(words(name))
    percent = any(word.startswith(("percent", "pct", "prozent", "porcent")) for word in held)
    rate = held & (RATE_WORDS - _WORDS | SCORE_WORDS)
    time = held & TIME_WORDS and "within" not in held
    return bool(held & _WORDS) and not (percent or rate or time)


def _spread(values: Array) -> float:
    """The standard deviation as a share of the mean."""
    return float(values.std() / values.mean()) if values.mean() > 0 else 0.0
