"""Estimates against actual effort as the numbers of a backlog's overrun."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from scenarios.calibrate.estimates import Calibrated, Estimate, rounded
from scenarios.errors import Problem, ScenarioError
from scenarios.uncertain import Z90, Array

FEWEST = 5
"""Tasks below which nothing is fitted: assumption."""
Column = pd.Series | Sequence[Any] | Array


def effort(
    estimates: Column, actuals: Column, *, tasks: Column | None = None, groups: Column | None = None
) -> Calibrated:
    """The numbers of ``demand.backlog``: how far true effort lies from its estimate.

    ``overrun`` is lognormal: the median of actual over estimate, and the standard deviation of its
    logarithm. Tasks without a positive, finite estimate and actual are left out, and counted.
    ``tasks`` names each row's task: rows that repeat it alike count once, rows that differ are
    added up. ``groups``, such as projects, give ``common``: the share of the logarithm's variance
    that tasks of one group share.
    Raises ``ScenarioError`` for columns of different length or fewer than five tasks.
    """
    rows, said = _rows(estimates, actuals, tasks, groups)
    ratio = rows["actual"] / rows["estimate"]
    log = pd.Series(np.log(ratio), index=ratio.index)
    count, median, log_sd = len(ratio), float(ratio.median()), float(log.std(ddof=1))
    numbers: dict[str, Any] = {
        "overrun": {"median": rounded(median), "log_sd": min(rounded(log_sd), 3.0)}
        if log_sd > 0
        else rounded(median)
    }
    mean = float(ratio.mean())
    fitted = median * float(np.exp(log_sd**2 / 2))
    said.append(
        f"actual over estimate: mean {mean:.2f}, one in ten below {ratio.quantile(0.1):.2f}, one "
        f"above {ratio.quantile(0.9):.2f}; the lognormal with this median has mean {fitted:.2f}, "
        f"{median * np.exp(-Z90 * log_sd):.2f} and {median * np.exp(Z90 * log_sd):.2f}"
    )
    # Errors of a lognormal's median and sd: textbook, sd sqrt(pi/2/n) and sd / sqrt(2(n-1)).
    off = log_sd * np.sqrt(np.pi / 2 / count)
    told = [
        Estimate.normal(
            "overrun.median", median, median * off, count, "median of actual over estimate"
        ),
        Estimate.normal(
            "overrun.log_sd", log_sd, log_sd / np.sqrt(2 * (count - 1)), count, "sd of logarithm"
        ),
        Estimate.normal(
            "mean of actual over estimate", mean, ratio.std() / np.sqrt(count), count, "mean"
        ),
    ]
    if groups is not None and log_sd > 0:
        shared = _shared(log, rows["group"])
        numbers["common"] = round(shared, 2)
        told.append(
            Estimate.normal(
                "common", shared, float("nan"), count, "one-way analysis of variance, by group"
            )
        )
    return Calibrated(numbers, tuple(told), tuple(said))


def _rows(
    estimates: Column, actuals: Column, tasks: Column | None, groups: Column | None
) -> tuple[pd.DataFrame, list[str]]:
    """One row a task with both numbers positive, and what was left out or added up."""
    given = {"estimate": estimates, "actual": actuals, "task": tasks, "group": groups}
    columns = {name: np.asarray(column) for name, column in given.items() if column is not None}
    if len({len(column) for column in columns.values()}) > 1:
        lengths = ", ".join(f"{name}s {len(column):,}" for name, column in columns.items())
        raise ScenarioError(Problem("columns must have one row a task", given=lengths))
    rows = pd.DataFrame(columns)
    said: list[str] = []
    for name in ("estimate", "actual"):
        rows[name] = pd.to_numeric(rows[name], errors="coerce")
    if tasks is not None:
        rows, said = _by_task(rows)
    both = rows[["estimate", "actual"]].astype(float)
    positive = (both.gt(0) & np.isfinite(both)).all(axis=1)
    if left := int((~positive).sum()):
        said.append(
            f"{left:,} tasks left out: their estimate or actual is missing or not above 0, or "
            "infinite"
        )
    rows = rows[positive]
    if len(rows) < FEWEST:
        told = "too few tasks with an estimate and an actual to fit anything"
        raise ScenarioError(Problem(told, given=f"{len(rows)}", allowed=f"{FEWEST} or more"))
    return rows, said


def _by_task(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    alike = rows.drop_duplicates()
    said: list[str] = []
    if len(alike) < len(rows):
        said.append(f"{len(rows) - len(alike):,} rows repeat a task alike: counted once")
    by_task = alike.groupby("task", sort=False, dropna=False)
    one = by_task.agg({name: "first" for name in alike if name != "task"})
    if len(one) < len(alike):
        said.append(
            f"{len(alike) - len(one):,} more rows of the same tasks differ: their actuals are "
            "added up, their estimates where these differ"
        )
        one["actual"] = by_task["actual"].sum(min_count=1)
        differ = by_task["estimate"].max() > by_task["estimate"].min()
        one["estimate"] = one["estimate"].where(~differ, by_task["estimate"].sum())
    return one, said


def _shared(log: pd.Series, group: pd.Series) -> float:
    """Share of the variance between groups, 0 to 1. Source: Fisher's intraclass correlation from a
    one-way analysis of variance with groups of different size (Donner 1986).
    """
    groups = log.groupby(group)
    size, mean = groups.size(), groups.mean()
    n, k = int(size.sum()), len(size)
    if k < 2 or n <= k:  # noqa: PLR2004  one group is compared with none
        return 0.0
    between = float((size * (mean - log.mean()) ** 2).sum()) / (k - 1)
    within = float(((log - groups.transform("mean")) ** 2).sum()) / (n - k)
    typical = (n - float((size**2).sum()) / n) / (k - 1)
    variance = max((between - within) / typical, 0.0)
    return variance / (variance + within) if variance + within > 0 else 0.0
