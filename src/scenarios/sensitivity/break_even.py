"""Break-even: the buyer's all-in month under each deal, by how far automation gets."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pandas as pd

from scenarios.clauses.not_to_exceed import NotToExceed
from scenarios.deal import Deal
from scenarios.engine.streams import BlockDraws
from scenarios.engine.worlds import Worlds
from scenarios.errors import ScenarioError
from scenarios.results.frames import shown
from scenarios.scenario import Scenario
from scenarios.settling import settle

POINTS = 41


def break_even(
    scenario: Scenario, deals: Iterable[Deal] | None = None, *, highest: float = 0.8
) -> pd.DataFrame:
    """The buyer's all-in cost of a mature month [money], uncertainty off.

    A ceiling on the whole fee is left out: when it is reached says nothing about a month's price.

    Rows: share of units automated, 0 to ``highest``; columns: deals. ``attrs``: ``crossings``, a
    list of (share, cost, deal, deal) where two lines cross; ``likely``, the P10 and P90 of the
    ceiling that the scenario believes in; ``expected``, its central value; ``currency``.
    """
    automation = scenario.automation
    if automation is None:
        raise ScenarioError("nothing is automated in this scenario: there is nothing to break even")
    chosen = list(scenario.deals.values() if deals is None else deals)
    shares = np.linspace(0, highest, POINTS)
    mature = automation.matures(scenario.months)
    table = pd.DataFrame(
        [_month(scenario, float(share), chosen, mature) for share in shares],
        index=pd.Index(shares, name="automation reached"),
        columns=[deal.name for deal in chosen],
    )
    ceiling = BlockDraws(1, 0).value(automation.ceiling, "automation.ceiling")
    table.attrs |= {
        "crossings": crossings(table),
        "likely": tuple(float(x) for x in np.quantile(ceiling, (0.1, 0.9))),
        "expected": float(scenario.certain().number("automation.ceiling")),
        "currency": scenario.currency,
    }
    return shown(table)


def _month(scenario: Scenario, share: float, deals: list[Deal], mature: int) -> list[float]:
    """Each deal's all-in cost of an average mature month [money]."""
    assert scenario.automation is not None  # noqa: S101  the caller has checked
    reached = scenario.replace(automation=scenario.automation.replace(ceiling=share))
    world = Worlds(reached, seed=0).certain()
    ledgers = [settle(deal.striking(NotToExceed), world) for deal in deals]
    return [
        float((ledger.total("fee") + ledger.total("buyer_cost"))[mature:].mean())
        for ledger in ledgers
    ]


def crossings(table: pd.DataFrame) -> list[tuple[float, float, str, str]]:
    """Where two deals cost the same: (share, cost, deal, deal), between the rows of the table."""
    found = []
    names = list(table.columns)
    share = table.index.to_numpy(dtype=float)
    for first, one in enumerate(names):
        for other in names[first + 1 :]:
            gap = (table[one] - table[other]).to_numpy()
            apart = np.flatnonzero(gap)
            for row, after in pairwise(apart):
                if gap[row] * gap[after] > 0:
                    continue
                part = gap[row] / (gap[row] - gap[after])
                at = share[row] + part * (share[after] - share[row])
                cost = float(np.interp(at, share, table[one].to_numpy()))
                found.append((float(at), cost, str(one), str(other)))
    return sorted(found)
