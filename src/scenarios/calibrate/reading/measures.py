"""KPIs of a log with one row a case: by the period of the opening, and over the whole file."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from scenarios.calibrate.reading.cases import Cases
from scenarios.calibrate.reading.stamps import NONE
from scenarios.world import Array

Kind = Literal["rate", "time", "score", "count"]
_RATES = {
    "first_contact": ("first_contact", "the first contact resolved"),
    "was_resolved": ("resolved_rate", "are marked as resolved, at first contact or later"),
    "answered": ("answer_rate", "were answered"),
}
"""The KPI of each role of yes and no, and which cases it counts."""


@dataclass(frozen=True)
class Measure:
    """A KPI: what kind it is, its unit, how a period's value comes about, and the cases' values."""

    name: str
    kind: Kind
    unit: str
    stated: str
    by_case: Array
    """(cases,); nan where unknown"""
    from_dates: bool = False
    """Whether it is the time between two dates of the file."""
    longer: Array | None = None
    """(cases,); which of the unknown ones are longer than any known, or None where none is."""

    def counting(self, longer: Array) -> Measure:
        """The same KPI, with cases that count as longer than any known in its median."""
        told = self.stated.removesuffix(")") + "; open cases count as longer)"
        return replace(self, stated=told, longer=longer)


def measures(
    cases: Cases, names: dict[str, str], to_the_day: Collection[str] = ()
) -> list[Measure]:
    """The KPIs that the columns of a log allow; ``names`` gives the column of each role.

    Times ``to_the_day`` are measured in whole days: in hours they would be short or long by a day.
    """
    columns = cases.columns
    found = []
    if "reopened" in columns:
        told = "share of the cases opened in the period that were reopened at least once"
        found.append(Measure("reopen_rate", "rate", "share", told, columns["reopened"]))
    if (kept := _kept(columns)) is not None:
        values, how = kept
        told = f"share of the cases opened in the period that kept the SLA ({how})"
        found.append(Measure("sla_met", "rate", "share", told, values))
    for role, (name, which) in _RATES.items():
        if role in columns:
            told = f"share of the cases opened in the period that {which}"
            found.append(Measure(name, "rate", "share", told, columns[role]))
    if "csat" in columns:
        found.append(_satisfaction(columns["csat"]))
    times = {
        "resolution_hours": ("resolved_after", "closed_after", "resolution_time"),
        "answer_hours": ("responded_after", "answer_time"),
        "handling_hours": ("handling_time",),
    }
    for name, sources in times.items():
        known = [source for source in sources if source in columns]
        if known and known[0] in to_the_day:
            found.append(_in_days(name, known[0], names, columns))
        elif known:
            how = _called(known[0], names)
            told = f"median of the cases opened in the period ({how})"
            dated = known[0].endswith("_after")
            found.append(Measure(name, "time", "hours", told, columns[known[0]], dated))
    if "resolution_time" in columns and any(
        f"{n}_after" in columns for n in ("resolved", "closed")
    ):
        told = (
            f"median of the cases opened in the period ({names.get('resolution_time', 'stated')})"
        )
        found.append(
            Measure("resolution_hours_stated", "time", "hours", told, columns["resolution_time"])
        )
    return [measure for measure in found if np.isfinite(measure.by_case).any()]


def _in_days(name: str, source: str, names: dict[str, str], columns: dict[str, Array]) -> Measure:
    """A time that is known in whole days: the mean, as medians of small whole numbers jump."""
    told = f"mean of the cases opened in the period, in whole days ({_called(source, names)})"
    days = f"{name.removesuffix('_hours')}_days"
    return Measure(days, "time", "days", told, columns[source] / 24)


def _kept(columns: dict[str, Array]) -> tuple[Array, str] | None:
    """Whether each case kept its SLA, and what says so."""
    if "sla_met" in columns:
        return columns["sla_met"], "as the file states"
    if "sla_breached" in columns:
        breached = columns["sla_breached"]
        return 1 - breached, "not breached, as the file states"
    return (columns["in_time"], "done by the due date") if "in_time" in columns else None


def _called(source: str, names: dict[str, str]) -> str:
    role = source.removesuffix("_after")
    column = names.get(role, role)
    return f"from opening to {column}" if source.endswith("_after") else column


def _satisfaction(values: Array) -> Measure:
    """Satisfaction as a share where it is one, else as a score."""
    known = values[np.isfinite(values)]
    if len(known) and known.max() <= 1:
        told = "share of the answers on cases opened in the period that were good"
        return Measure("csat", "rate", "share", told, values)
    return Measure(
        "csat", "score", "points", "mean of the answers on cases opened in the period", values
    )


def by_period(measured: list[Measure], place: Array, periods: int) -> pd.DataFrame:
    """Columns ``kpi.NAME`` and ``of.NAME`` for each measure; (periods,) rows.

    ``place`` is the period of each case, (cases,), and -1 for cases in none.
    """
    table: dict[str, Array] = {}
    for measure in measured:
        known = np.isfinite(measure.by_case) & (place >= 0)
        values, where = measure.by_case[known], place[known]
        counts = np.bincount(where, minlength=periods)
        if measure.kind == "time" and measure.unit != "days":
            middle = _medians(measure, place, known)
            value = middle.reindex(np.arange(periods)).to_numpy(dtype=float)
        else:
            total = np.bincount(where, values, periods)
            value = np.divide(total, counts, out=np.full(periods, np.nan), where=counts > 0)
        table[f"kpi.{measure.name}"], table[f"of.{measure.name}"] = value, counts
    return pd.DataFrame(table, index=pd.RangeIndex(periods))


def _medians(measure: Measure, place: Array, known: Array) -> pd.Series:
    """The median of each period with a case that is known; infinite where half are open or more."""
    if measure.longer is None:
        return pd.Series(measure.by_case[known]).groupby(place[known]).median()
    values = np.where(measure.longer, np.inf, measure.by_case)
    counted = (known | measure.longer) & (place >= 0)
    return pd.Series(values[counted]).groupby(place[counted]).median()


def whole_file(
    measured: list[Measure],
) -> tuple[dict[str, dict[str, float]], dict[str, dict[str, float]]]:
    """Quantiles of each time in its unit, and value and number of cases of every other KPI."""
    times, others = {}, {}
    for measure in measured:
        known = measure.by_case[np.isfinite(measure.by_case)]
        mean = float(known.mean(dtype=float))
        if measure.kind == "time":
            p10, p50, p90 = map(float, np.quantile(known, [0.1, 0.5, 0.9]))
            sd = float(known.std(ddof=1, dtype=float)) if len(known) > 1 else 0.0
            times[measure.name] = {
                "p10": p10,
                "p50": p50,
                "p90": p90,
                "mean": mean,
                "sd": sd,
                "n": len(known),
            }
        else:
            others[measure.name] = {"value": mean, "of": len(known)}
            if measure.kind == "score" and len(known) > 1:
                others[measure.name]["sd"] = float(known.std(ddof=1, dtype=float))
    return times, others


def done_in(cases: Cases) -> Array | None:
    """When each case was resolved or closed, without the open ones [seconds]."""
    if "done" not in cases.columns:
        return None
    done = cases.columns["done"]
    return done[done != NONE]
