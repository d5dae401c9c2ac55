"""Per unit of result: what the buyer pays all in and what the provider contributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from scenarios.ledger import Ledger
from scenarios.results.frames import FAN_PATHS, Cells, by_measure
from scenarios.settling import settle
from scenarios.world import Array, World

if TYPE_CHECKING:
    from scenarios.results.run import Run


def per_unit(run: Run) -> pd.DataFrame:
    """One row a deal; columns (``buyer all-in`` | ``provider contribution``, statistic) for each
    verified unit [money per unit]: uncertainty off, mean, P10, P50, P90 over paths.
    """
    rows: dict[str, Cells] = {}
    certain = run.worlds.certain()
    for deal in run.deals:
        off = _each(certain, settle(deal, certain))

        def reduce(world: World, ledgers: dict[str, Ledger], name: str = deal.name) -> Array:
            return _each(world, ledgers[name])

        drawn = run.collect(reduce, [deal])
        row: Cells = {}
        for place, measure in enumerate(("buyer all-in", "provider contribution")):
            row[measure, "uncertainty off"] = float(off[place, 0])
            row[measure, "mean"] = float(drawn[place].mean())
            for label, q in (("P10", 0.1), ("P50", 0.5), ("P90", 0.9)):
                row[measure, label] = float(np.quantile(drawn[place], q))
        rows[deal.name] = row
    table = by_measure(rows, run.scenario.currency)
    table.attrs["paths"] = min(run.paths, FAN_PATHS)
    return table


def _each(world: World, ledger: Ledger) -> Array:
    """Both parties' results over verified units, (2, paths)."""
    units = np.broadcast_to(world["verified"].sum(axis=0), world.paths)
    fee = ledger.total("fee").sum(axis=0)
    buyer = fee + ledger.total("buyer_cost").sum(axis=0)
    provider = fee - ledger.total("provider_cost").sum(axis=0)
    return np.stack([buyer, provider]) / np.where(units > 0, units, np.nan)
