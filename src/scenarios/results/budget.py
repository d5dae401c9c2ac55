"""The buyer's budget by fiscal year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from scenarios.ledger import Book
from scenarios.results.totals import weights
from scenarios.scenario import Scenario
from scenarios.world import Array

if TYPE_CHECKING:
    from scenarios.results.run import Run

ROWS = (
    "fixed fee",
    "variable fee",
    "AI at cost",
    "indexation",
    "credits",
    "productivity",
    "shared savings",
    "caps and floors",
    "change requests",
    "insurance and security",
    "tax",
    "exit",
    "other terms",
    "payment timing",
    "one-offs",
    "own staff",
    "own consequences",
    "after the end",
)
"""Rows of the budget: what a term's ``budget`` may say; means."""


def fiscal_years(scenario: Scenario) -> list[str]:
    """The fiscal year of each month, named by the calendar year in which it starts."""
    first = pd.Period(scenario.start, freq="M")
    months = [first + n for n in range(scenario.months)]
    shift = scenario.fiscal_year_starts
    return [f"FY{m.year if m.month >= shift else m.year - 1}" for m in months]


def approved_by_year(scenario: Scenario) -> dict[str, float] | None:
    """Approved money a fiscal year; a year with fewer months counts in proportion."""
    if scenario.approved_budget is None:
        return None
    labels = fiscal_years(scenario)
    given = scenario.approved_budget
    years = list(dict.fromkeys(labels))
    amounts = list(given) if isinstance(given, tuple) else [given]
    return {
        year: amounts[min(place, len(amounts) - 1)] * labels.count(year) / 12
        for place, year in enumerate(years)
    }


def budget(run: Run, deal: str | None = None) -> pd.DataFrame:
    """Rows of the budget by fiscal year, for one deal or all; present value at the buyer's rate.

    Component rows and ``total`` are means; ``P50`` and ``P80`` are quantiles of a column's own
    total, so they do not add up across years; ``chance over`` is the chance that the total exceeds
    the approved money. Rows are (deal, row), columns fiscal years, ``total``, ``present value``.
    """
    chosen = [run.deal(deal)] if deal is not None else list(run.deals)
    tables = {one.name: _one(run, one.name) for one in chosen}
    table = pd.concat(tables, names=["deal", "row"])
    table.attrs |= {"currency": run.scenario.currency}
    return tables[deal] if deal is not None else table


def _one(run: Run, name: str) -> pd.DataFrame:
    labels = fiscal_years(run.scenario)
    years = list(dict.fromkeys(labels))
    columns = [*years, "total", "present value"]
    sums = np.stack(
        [np.array([label == year for label in labels], dtype=float) for year in years]
        + [*weights(run.scenario)[:2]]
    )
    means, total = _rows(run, name, sums)
    body: dict[str, Any] = {row: means[row] for row in ROWS if row in means}
    body["total"] = total.mean(axis=1)
    body["P50"], body["P80"] = (np.quantile(total, q, axis=1) for q in (0.5, 0.8))
    approved = approved_by_year(run.scenario)
    if approved is not None:
        limit = [*approved.values(), sum(approved.values()), np.nan]
        body["approved"] = limit
        over = (total > np.array(limit)[:, None]).mean(axis=1)
        body["chance over"] = np.where(np.isnan(limit), np.nan, over)
    table = pd.DataFrame(body, index=columns).T
    return table.rename_axis(index="row")


def _rows(run: Run, name: str, sums: Array) -> tuple[dict[str, Array], Array]:
    """Each row's mean by column, and the total on every path, (columns, paths).

    When the fee is paid, against when it is due, matters to the present value alone.
    """
    paid = np.zeros_like(sums)
    paid[-1] = sums[-1] - sums[-1, -1]  # outstanding counts in the last month
    weighed: dict[Book, Array] = {"fee": sums, "buyer_cost": sums, "cash": paid, "escrow": paid}
    means: dict[str, Array] = {}
    totals = []
    for block in run.blocks([run.deal(name)]):
        total = np.zeros((len(sums), block.paths))
        for line in block.ledgers[name]:
            row = line.budget if line.budget in ROWS else "other terms"
            for book, columns in weighed.items():
                if book not in line.amounts:
                    continue
                amounts = np.broadcast_to(
                    line.amounts[book], (run.scenario.months, block.worlds[name].paths)
                )
                added = columns @ amounts[:, : block.paths]
                total += added
                means[row] = means.get(row, 0) + added.sum(axis=1) / run.paths
        totals.append(total)
    return means, np.concatenate(totals, axis=1)
