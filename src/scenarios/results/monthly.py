"""Month by month: quantile fans of a line, a book or a series of the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from scenarios.errors import ScenarioError, unknown
from scenarios.ledger import BOOKS, Ledger
from scenarios.world import Array, World

if TYPE_CHECKING:
    from scenarios.results.run import Run

MEASURES = ("all_in", "contribution", "paid")
QUANTILES = {"P10": 0.1, "P50": 0.5, "P90": 0.9}


def month_labels(run: Run) -> list[str]:
    """Calendar months, such as 2026-01."""
    first = pd.Period(run.scenario.start, freq="M")
    return [str(first + n) for n in range(run.scenario.months)]


def read(what: str, world: World, ledger: Ledger) -> Array:
    """A measure, book, line or series by name, (months, paths).

    ``all_in`` is fee and the buyer's own outlays, ``contribution`` fee less the provider's
    outlays, ``paid`` the fee when it is paid. A line's amounts are what it moves of the buyer's
    all-in cost, or of the provider's cost where it moves only that.
    """
    shape = (world.months, world.paths)
    if what == "all_in":
        return ledger.total("fee") + ledger.total("buyer_cost")
    if what == "contribution":
        return ledger.total("fee") - ledger.total("provider_cost")
    if what == "paid":
        return ledger.cash
    for book in BOOKS:
        if what == book:
            return ledger.total(book)
    if what in ledger.names:
        amounts = ledger[what].amounts
        buyer = [amounts[book] for book in ("fee", "buyer_cost") if book in amounts]
        return np.broadcast_to(sum(buyer or amounts.values()), shape)
    if what in world.series:
        return np.broadcast_to(world[what], shape)
    names = [*MEASURES, *BOOKS, *ledger.names, *world.series]
    raise ScenarioError(unknown("line or series", what, names))


def monthly(run: Run, line: str, deal: str) -> pd.DataFrame:
    """P10, P50, P90 and mean of a line by month; rows are calendar months [the line's unit]."""
    chosen = run.deal(deal)
    values = run.collect(lambda world, ledgers: read(line, world, ledgers[deal]), [chosen])
    table = pd.DataFrame(
        {name: np.quantile(values, q, axis=1) for name, q in QUANTILES.items()}
        | {"mean": values.mean(axis=1)},
        index=pd.Index(month_labels(run), name="month"),
    )
    table.attrs |= {"line": line, "deal": deal, "paths": values.shape[1]}
    return table
