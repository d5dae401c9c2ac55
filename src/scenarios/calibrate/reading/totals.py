"""Rows of days, weeks or months added up to periods."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from scenarios.calibrate.reading.measures import Kind
from scenarios.calibrate.reading.periods import PeriodRows, is_count
from scenarios.calibrate.reading.published import Share
from scenarios.world import Array


@dataclass(frozen=True)
class Totals:
    """Periods with their counts and KPIs, and what each KPI is."""

    table: pd.DataFrame
    kinds: dict[str, Kind]
    units_of: dict[str, str]
    stated: dict[str, str]


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
