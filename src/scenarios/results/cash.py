"""Cash: how far the provider finances the work, and what the timing is worth to both parties."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from scenarios.ledger import Ledger
from scenarios.results.frames import FAN_PATHS, Cells, by_measure
from scenarios.world import Array

if TYPE_CHECKING:
    from scenarios.results.run import Run

QUANTILES = {"P10": 0.1, "P50": 0.5, "P90": 0.9}
PEAK = "provider's peak negative cash"
PAY_BACK = "provider's pay-back month"
PRESENT = "present value"
REMAINS = "remains due"


def cash(run: Run) -> pd.DataFrame:
    """One row a deal; columns are (measure, statistic), amounts in [money].

    The provider's cash is what it has been paid so far less its own outlays so far, undiscounted,
    in the scenario's months. ``provider's peak negative cash`` is its lowest point, 0 where it is
    never below 0. ``provider's pay-back month`` is the first month, from 1, from which it stays
    at 0 or above; ``paid back`` is the share of paths that have one. A path without one is later
    than all others, so a quantile that falls on such a path is NaN; quantiles are values of
    single paths, not between two. ``present value`` is the mean of the buyer's all-in cost and of
    the provider's contribution, ``remains due`` the mean of what is paid after the contract's end.
    """
    drawn = run.collect(lambda _, ledgers: _cash(run.names, ledgers))
    paths = drawn.shape[-1]
    rows: dict[str, Cells] = {}
    for name, (peak, pay_back, due) in zip(run.names, drawn, strict=True):
        paid_back = np.isfinite(pay_back)
        rows[name] = {
            **_quantiles(PEAK, peak, "linear"),
            **_quantiles(PAY_BACK, pay_back, "inverted_cdf"),
            (PAY_BACK, "paid back"): float(paid_back.mean()),
            (PRESENT, "buyer's all-in cost"): _mean(run, name, "buyer_pv", paths),
            (PRESENT, "provider's contribution"): _mean(run, name, "provider_pv", paths),
            (REMAINS, "mean"): float(due.mean()),
        }
    table = by_measure(rows, run.scenario.currency)
    table.attrs["paths"] = min(run.paths, FAN_PATHS)
    return table


def _cash(names: list[str], ledgers: dict[str, Ledger]) -> Array:
    """Peak negative cash, pay-back month and what remains due, by deal, (deals, 3, paths)."""
    return np.stack([_of_one(ledgers[name]) for name in names])


def _of_one(ledger: Ledger) -> Array:
    balance = np.cumsum(ledger.cash - ledger.total("provider_cost"), axis=0)
    peak = np.minimum(balance.min(axis=0), 0)
    return np.stack([peak, pay_back(balance), ledger.remains_due])


def pay_back(balance: Array) -> Array:
    """The first month, from 1, from which a running balance stays at 0 or above; inf: none.

    A balance that is below 0 by rounding alone counts as 0.
    """
    months = len(balance)
    below = balance < -TINY * np.abs(balance).max(axis=0)
    last_below = np.where(below.any(axis=0), months - below[::-1].argmax(axis=0), 0)
    return np.where(last_below < months, last_below + 1.0, np.inf)


def _quantiles(measure: str, values: Array, method: str) -> Cells:
    """Quantiles over paths; one that falls on no number is NaN."""
    found = {
        label: float(np.quantile(values, q, method=method))  # type: ignore[call-overload]
        for label, q in QUANTILES.items()
    }
    return {(measure, label): x if np.isfinite(x) else np.nan for label, x in found.items()}


def _mean(run: Run, name: str, total: str, paths: int) -> float:
    return float(run.total(name, total)[:paths].mean())


TINY = 1e-12
"""Room for rounding in a running balance, as a share of its largest value."""
