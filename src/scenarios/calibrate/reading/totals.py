"""Rows of days, weeks or months added up to periods, without rows that are totals already."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from scenarios.calibrate.reading.decisions import Findings, plural, some
from scenarios.calibrate.reading.measures import Kind
from scenarios.calibrate.reading.periods import PeriodRows, is_count
from scenarios.calibrate.reading.published import Share
from scenarios.calibrate.reading.words import is_missing
from scenarios.errors import Problem, ScenarioError
from scenarios.world import Array

_NEARLY_ALL = 0.9
"""Share of a label's rows that are sums from which the others are taken for faults: assumption."""


@dataclass(frozen=True)
class Totals:
    """Periods with their counts and KPIs, and what each KPI is."""

    table: pd.DataFrame
    kinds: dict[str, Kind]
    units_of: dict[str, str]
    stated: dict[str, str]


def without_totals(rows: PeriodRows, file: str, findings: Findings) -> PeriodRows:
    """The rows without those that a label calls a total and that are the sum of their parts.

    Rows of which only nearly all are sums are refused: raises ``ScenarioError``. A label alone does
    not take a row out.
    """
    totals_of = [name for name in rows.table.columns if name.startswith("total.")]
    called = {name: (rows.table[name] != "").to_numpy() for name in totals_of}
    called = {name: flags for name, flags in called.items() if not flags.all()}
    total = np.any([*called.values()] or [np.zeros(len(rows.table), bool)], axis=0)
    parts = _parts(rows, called, total)
    known = total & np.isfinite(parts)
    if not known.any():
        return rows
    same = known & (np.abs(parts - rows.table["units"].to_numpy(dtype=float)) < 0.5)  # noqa: PLR2004  whole numbers
    first = int(np.flatnonzero(total)[0])
    name = next(name for name, flags in called.items() if flags[first])
    label, where = rows.table[name].iloc[first], name.removeprefix("total.")
    if (apart := known & ~same).any() and same.sum() >= _NEARLY_ALL * known.sum():
        lines = some([str(line) for line in rows.table["line"][apart].tolist()])
        told = (
            f"the rows {label!r} in {where!r} add up the other rows of their period and would "
            f"count them twice, but not everywhere (lines {lines}): take them out of the file, or "
            "correct them"
        )
        raise ScenarioError(Problem(told, ("columns", "units"), file, given=label))
    if apart.any():
        findings.warn(f"{where!r} has rows {label!r}: added up with the others, no total")
        return rows
    findings.leave_out("a total of other rows", int(same.sum()))
    why = f"{plural(int(same.sum()), 'row')}, each the sum of the other rows of its period"
    findings.decide("totals", f"rows {label!r} in {where!r} left out", why)
    if (alone := total & ~same).any():
        lines = some([str(line) for line in rows.table["line"][alone].tolist()])
        findings.warn(f"rows {label!r} that stand alone in their period are kept (lines {lines})")
    days = None if rows.days is None else rows.days[~same]
    return PeriodRows(rows.table[~same].reset_index(drop=True), rows.kpis, days)


def _parts(rows: PeriodRows, called: dict[str, Array], total: Array) -> Array:
    """What the other rows of each total's period add up to, (rows,); nan where there are none.

    A total of one column alone, such as of all queues by phone, has the parts of its other labels;
    a label that is left blank beside one that says total is no other label, and where no other row
    has its labels the whole period is meant.
    """
    table = rows.table.assign(period=rows.days if rows.days is not None else rows.table["number"])
    parts = np.full(len(table), np.nan)
    labels = [f"label.{name.removeprefix('total.')}" for name in called]
    blank = [table[label].map(is_missing).to_numpy(bool) for label in labels]
    summed = [flags | none for flags, none in zip(called.values(), blank, strict=True)]
    for pattern in sorted({*zip(*(flags[total] for flags in summed), strict=True)}):
        pairs = zip(summed, pattern, strict=True)
        chosen = np.all([total, *(flags == one for flags, one in pairs)], axis=0)
        kept = [label for label, one in zip(labels, pattern, strict=True) if not one]
        parts[chosen] = _sums(table, chosen, total, ["period", *kept])
    left = total & np.isnan(parts)
    parts[left] = _sums(table, left, total, ["period"])
    return parts


def _sums(table: pd.DataFrame, chosen: Array, total: Array, by: list[str]) -> Array:
    """What the rows that are no totals add up to for each chosen row, by what they share."""
    sums = table[~total].groupby(by, as_index=False)["units"].sum()
    found = table.loc[chosen, by].merge(sums, on=by, how="left", validate="many_to_one")
    return found["units"].to_numpy(dtype=float)


def totals(rows: PeriodRows, shares: dict[str, Share], place: Array, periods: int) -> Totals:
    """Counts added up and KPIs averaged by period; ``place`` is the period of each row, (rows,).

    A rate whose counts are known is their share; any other is weighed by the units, a time by what
    was answered or closed.
    """
    sums = (
        rows.table[[n for n in rows.table.columns if is_count(n)]].groupby(place).sum(min_count=1)
    )
    sums = sums.reindex(np.arange(periods))
    table = pd.DataFrame({"units": sums["units"]})
    kinds: dict[str, Kind] = {}
    units_of, stated = {}, {}
    for name in ("closed", "reopened"):
        if name in sums:
            table[name] = sums[name]
    for name, share in _with_own(rows, shares).items():
        part = sums[share.of] / sums[share.over].where(sums[share.over] > 0)
        table[f"kpi.{name}"] = 1 - part if share.rest else part
        table[f"of.{name}"] = sums[share.over].fillna(0)
        kinds[name], units_of[name], stated[name] = "rate", "share", str(share)
    for name, kpi in rows.kpis.items():
        if f"kpi.{name}" in table.columns:
            continue
        weigher = _weigher(rows, kpi.kind)
        value, weight = _weighed(rows.table, f"kpi.{name}", weigher, place, periods)
        table[f"kpi.{name}"], table[f"of.{name}"] = value, weight
        kinds[name], units_of[name] = kpi.kind, kpi.unit
        stated[name] = f"mean of the rows, weighed by {weigher}"
    return Totals(table, kinds, units_of, stated)


def _with_own(rows: PeriodRows, shares: dict[str, Share]) -> dict[str, Share]:
    """The rates that are shares of counts; with those that the counts allow beside the stated."""
    known = dict(shares)
    said = {(share.of, share.over) for share in shares.values()}
    held = set(rows.table.columns)
    for name, of, over in (
        ("answer_rate", "answered", "units"),
        ("reopen_rate", "reopened", "closed" if "closed" in held else "units"),
    ):
        if {of, over} <= held and (of, over) not in said and name not in known:
            known[name] = Share(of, over)
    return known


def _weigher(rows: PeriodRows, kind: Kind) -> str:
    if kind in ("time", "score"):
        return next(
            (name for name in ("answered", "closed") if name in rows.table.columns), "units"
        )
    return "units"


def _weighed(
    table: pd.DataFrame, name: str, weigher: str, place: Array, periods: int
) -> tuple[Array, Array]:
    """The weighed mean by period, and the weights' sum; rows without a value count for nothing."""
    value = table[name].to_numpy(dtype=float)
    weight = np.where(np.isfinite(value), np.nan_to_num(table[weigher].to_numpy(dtype=float)), 0.0)
    total = np.bincount(place, weight, periods)
    summed = np.bincount(place, weight * np.nan_to_num(value), periods)
    mean = np.divide(summed, total, out=np.full(periods, np.nan), where=total > 0)
    return mean, np.round(total).astype(np.int64)
