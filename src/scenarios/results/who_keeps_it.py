"""Who keeps the saving, and who has a reason to automate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from scenarios.deal import Deal, settle
from scenarios.errors import ScenarioError
from scenarios.ledger import Ledger
from scenarios.results.frames import Cells, by_measure
from scenarios.results.totals import path_totals, weights
from scenarios.world import Array, World

if TYPE_CHECKING:
    from scenarios.results.run import Run

MEASURES = (
    "saving",
    "buyer pays",
    "buyer keeps",
    "provider keeps",
    "provider contribution",
    "contribution margin",
    "against start",
    "taken over",
    "fall in cost to serve",
    "buyer all-in",
    "provider gain",
    "joint gain",
)
"""All a mature month but the last two, which are over the whole scenario.

``saving`` is the fall of the reference deal's bill; ``buyer keeps`` + ``provider keeps`` = saving;
saving of the buyer against the bill without automation + ``against start`` + ``taken over`` =
``fall in cost to serve``, the identity that shows that nothing vanished.
"""
STATISTICS = ("uncertainty off", "P10", "P50", "P90")


def mature_month(run: Run) -> int:
    """The first month in which automation is as far as it gets."""
    automation = run.scenario.automation
    if automation is None:
        raise ScenarioError(
            "nothing is automated in this scenario, so there is no saving to keep: "
            "describe it in the section automation"
        )
    return min(automation.mature or run.scenario.months - 12, run.scenario.months - 1)


def who_keeps_it(run: Run) -> pd.DataFrame:
    """One row a deal; columns are (measure, statistic) with the measures of ``MEASURES``.

    Each path's mature months are compared with the same path had nothing been automated, so that
    demand and luck cancel. ``incentive`` is the share of the joint gain that the provider keeps
    when automation comes a month sooner; below 0 it would pay to be slower [share].
    """
    mature = mature_month(run)
    rows: dict[str, Cells] = {}
    incentive = incentives(run)["incentive"]
    for deal in run.deals:
        drawn = _collect(run, deal, mature)
        certain = _certain(run, deal, mature)
        row: Cells = {}
        for place, measure in enumerate(MEASURES):
            row[measure, STATISTICS[0]] = float(certain[place, 0])
            for label, q in zip(STATISTICS[1:], (0.1, 0.5, 0.9), strict=True):
                row[measure, label] = float(np.quantile(drawn[place], q))
        row["incentive", STATISTICS[0]] = float(incentive.loc[deal.name])
        rows[deal.name] = row
    table = by_measure(rows, run.scenario.currency)
    table.attrs["mature month"] = mature
    return table


def incentives(run: Run) -> pd.DataFrame:
    """What automating is worth to each party over the whole scenario, uncertainty off [money].

    ``buyer gain``, ``provider gain`` and ``joint gain`` compare with never automating; ``provider
    share`` is the provider's part of the joint gain; ``incentive`` is its part of the joint gain
    from automating one month sooner [share].
    """
    mature_month(run)
    written = run.worlds.certain()
    never = run.worlds.variant("not automated").certain()
    sooner = run.worlds.variant("automated earlier").certain()
    rows = {}
    for deal in run.deals:
        buyer, provider = _gain(deal, never, written)
        more_buyer, more_provider = _gain(deal, written, sooner)
        rows[deal.name] = {
            "buyer gain": buyer,
            "provider gain": provider,
            "joint gain": buyer + provider,
            "provider share": _share(provider, buyer + provider),
            "incentive": _share(more_provider, more_buyer + more_provider),
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(index="deal")


def _gain(deal: Deal, before: World, after: World) -> tuple[float, float]:
    """What buyer and provider gain when the world is ``after`` instead of ``before`` [money]."""
    one, other = settle(deal, before), settle(deal, after)

    def change(book: Any) -> float:
        return float((other.total(book) - one.total(book)).sum())

    buyer = change("benefit") - change("fee") - change("buyer_cost")
    return buyer, change("fee") - change("provider_cost")


def _share(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def _collect(run: Run, deal: Deal, mature: int) -> Array:
    """The measures on every path, (measures, paths)."""
    never = run.worlds.variant("not automated")
    reference = run.scenario.reference_deal
    block = iter(range(10**9))

    def reduce(world: World, ledgers: dict[str, Ledger]) -> Array:
        idle = never(next(block))
        return _measures(run, deal, world, idle, mature, reference, ledgers[deal.name])

    return run.collect(reduce, [deal])


def _certain(run: Run, deal: Deal, mature: int) -> Array:
    world = run.worlds.certain()
    idle = run.worlds.variant("not automated").certain()
    reference = run.scenario.reference_deal
    return _measures(run, deal, world, idle, mature, reference, settle(deal, world))


def _measures(
    run: Run, deal: Deal, world: World, idle: World, mature: int, reference: Deal, ledger: Ledger
) -> Array:
    """The measures of one deal, (measures, paths), from its ledgers with and without automation."""
    late = slice(mature, None)
    bill, bill_idle = settle(reference, world), settle(reference, idle)
    ledger_idle = settle(deal, idle)

    def month(one: Ledger, book: Any) -> Array:
        return one.total(book)[late].mean(axis=0)

    before, after = month(bill_idle, "fee"), month(bill, "fee")
    pays = month(ledger, "fee")
    contribution = pays - month(ledger, "provider_cost")
    idle_serve = month(bill_idle, "provider_cost")
    start = before - idle_serve
    serve = world["cost.labour"] + world["cost.ai"]
    idle_cost = idle["cost.labour"] + idle["cost.ai"]
    fall = np.broadcast_to(idle_cost - serve, (world.months, world.paths))[late].mean(axis=0)
    own = month(bill_idle, "provider_cost") - serve_month(idle, late)
    extra = month(ledger, "provider_cost") - serve_month(world, late) - own
    weighed = weights(run.scenario)
    with_it = path_totals(ledger, weighed)
    without = path_totals(ledger_idle, weighed)
    gain = (with_it[0] - with_it[2]) - (without[0] - without[2])
    buyer = (with_it[3] - with_it[0] - with_it[1]) - (without[3] - without[0] - without[1])
    measures = (
        before - after,
        pays,
        before - pays,
        pays - after,
        contribution,
        contribution / np.where(pays == 0, np.nan, pays),
        contribution - start,
        extra,
        fall,
        pays + month(ledger, "buyer_cost"),
        gain,
        gain + buyer,
    )
    return np.stack([np.broadcast_to(values, world.paths) for values in measures])


def serve_month(world: World, late: slice) -> Array:
    """The provider's cost to serve, a mature month on average, (paths,) [money]."""
    cost = sum(world[name] for name in ("cost.labour", "cost.ai", "cost.one_off"))
    return np.broadcast_to(cost, (world.months, world.paths))[late].mean(axis=0)
