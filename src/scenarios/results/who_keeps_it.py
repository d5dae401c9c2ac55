"""Who keeps the saving, and who has a reason to automate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from scenarios.clauses.fee_cap import FeeCap
from scenarios.clauses.not_to_exceed import NotToExceed
from scenarios.deal import Deal
from scenarios.errors import ScenarioError
from scenarios.ledger import Ledger
from scenarios.results.frames import FAN_PATHS, Cells, by_measure
from scenarios.results.totals import path_totals, weights
from scenarios.settling import WORLD_LINES, settle
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

``saving`` is the fall of the reference deal's bill, its ceilings struck out; ``buyer keeps`` +
``provider keeps`` = saving; the buyer's saving (the reference bill without automation less
``buyer pays``) + ``against start`` + ``taken over`` = ``fall in cost to serve``, the identity that
shows that nothing vanished.
"""
STATISTICS = ("uncertainty off", "P10", "P50", "P90")


def mature_month(run: Run) -> int:
    """The first month in which automation is as far as it gets under every deal, with its central
    delay and at the pace of a provider that responds; the last month where that comes later.
    """
    automation = run.scenario.automation
    if automation is None:
        raise ScenarioError(
            "nothing is automated in this scenario, so there is no saving to keep: "
            "describe it in the section automation"
        )
    paces = [run.worlds.under(deal).reaction.pace for deal in run.deals]
    return automation.matures(run.scenario.months, min(paces))


def who_keeps_it(run: Run) -> pd.DataFrame:
    """One row a deal; columns are (measure, statistic) with the measures of ``MEASURES``.

    Each path's mature months are compared with the same path had nothing been automated, so that
    demand and luck cancel. ``incentive`` is the share of the joint gain that the provider keeps
    when automation comes a month sooner; below 0 it would pay to be slower [share].
    """
    mature = mature_month(run)
    rows: dict[str, Cells] = {}
    incentive = incentives(run)["incentive"]
    off = []
    for deal in run.deals:
        own = run.worlds.under(deal)
        worlds = own.certain(), own.variant("not automated").certain()
        off.append(_measures(run, deal, worlds, _bills(run, worlds), mature))
    drawn_all = on_every_path(run)
    for deal, certain, drawn in zip(run.deals, off, drawn_all, strict=True):
        row: Cells = {}
        for place, measure in enumerate(MEASURES):
            row[measure, STATISTICS[0]] = float(certain[place, 0])
            for label, q in zip(STATISTICS[1:], (0.1, 0.5, 0.9), strict=True):
                row[measure, label] = _quantile(drawn[place], q)
        row["incentive", STATISTICS[0]] = float(incentive.loc[deal.name])
        rows[deal.name] = row
    table = by_measure(rows, run.scenario.currency)
    table.attrs |= {"mature month": mature, "paths": drawn_all.shape[-1]}
    return table


def on_every_path(run: Run) -> Array:
    """The measures behind the table, (deals, MEASURES, paths) [money], 20,000 paths at most."""
    mature = mature_month(run)
    parts = []
    for block in run.blocks(paths=FAN_PATHS):
        known: dict[int, tuple[tuple[World, World], Pair]] = {}
        measured = []
        for deal in run.deals:
            world = block.worlds[deal.name]
            if id(world) not in known:
                idle = run.worlds.under(deal).variant("not automated")(block.number)
                known[id(world)] = (world, idle), _bills(run, (world, idle))
            measured.append(_measures(run, deal, *known[id(world)], mature))
        parts.append(np.stack(measured)[..., : block.paths])
    return np.concatenate(parts, axis=-1)


def _quantile(values: Array, q: float) -> float:
    """The quantile over the paths that have a value; NaN where none has."""
    known = values[~np.isnan(values)]
    return float(np.quantile(known, q)) if len(known) else float("nan")


def incentives(run: Run) -> pd.DataFrame:
    """What automating is worth to each party over the whole scenario, uncertainty off [money].

    ``buyer gain``, ``provider gain`` and ``joint gain`` compare with never automating; ``provider
    share`` is the provider's part of the joint gain; ``incentive`` is its part of the joint gain
    from automating one month sooner [share]. All of it is that of the scenario as written. Where
    the provider responds, ``pace`` is how many times as fast it then automates, and ``better KPIs``
    by how much it lifts them [standard deviations].
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
        if run.scenario.response is not None:
            reaction = run.worlds.under(deal).reaction
            rows[deal.name] |= {"pace": reaction.pace, "better KPIs": reaction.better}
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


Pair = tuple[Ledger, Ledger]
"""A deal's ledgers with and without automation."""


def _bills(run: Run, worlds: tuple[World, World]) -> Pair:
    """The reference deal's ledgers, with and without automation."""
    # A bill that stops at a ceiling, or with its contract, measures no saving.
    reference = run.scenario.reference_deal.striking(NotToExceed, FeeCap).replace(months=None)
    return settle(reference, worlds[0]), settle(reference, worlds[1])


def _measures(run: Run, deal: Deal, worlds: tuple[World, World], bills: Pair, mature: int) -> Array:
    """The measures of one deal in its world with and without automation, (measures, paths).

    Months in which the deal no longer runs do not count; a path on which it ends before automation
    is mature has no measures of a mature month (NaN).
    """
    pair = settle(deal, worlds[0]), settle(deal, worlds[1])
    bill, bill_idle = bills
    ledger = pair[0]
    month, whole = _Month(ledger, mature), _Month(bill, mature)
    before, after = month(bill_idle.total("fee")), month(bill.total("fee"))
    pays = month(ledger.total("fee"))
    contribution = pays - month(ledger.total("provider_cost"))
    start = before - month(bill_idle.total("provider_cost"))
    gain, joint = _gains(run, pair)
    measures = (
        whole(bill_idle.total("fee") - bill.total("fee")),
        pays,
        before - pays,
        pays - after,
        contribution,
        contribution / np.where(pays == 0, np.nan, pays),
        contribution - start,
        month(_own_outlays(ledger)) - month(_own_outlays(bill_idle)),
        month(_cost_to_serve(worlds[1])) - month(_cost_to_serve(worlds[0])),
        pays + month(ledger.total("buyer_cost")),
        gain,
        joint,
    )
    return np.stack([np.broadcast_to(values, ledger.paths) for values in measures])


class _Month:
    """The average over the mature months in which a deal runs, (paths,)."""

    def __init__(self, ledger: Ledger, mature: int) -> None:
        self.mature = mature
        runs = np.ones((ledger.months, 1)) if ledger.active is None else ledger.active
        self.runs = np.broadcast_to(runs, (ledger.months, ledger.paths))[mature:].astype(float)
        count = self.runs.sum(axis=0)
        self.count = np.where(count > 0, count, np.nan)

    def __call__(self, amounts: Array) -> Array:
        return np.asarray((amounts[self.mature :] * self.runs).sum(axis=0) / self.count)


def _cost_to_serve(world: World) -> Array:
    """What the work costs the provider each month, whatever the deal [money]."""
    written = [name for name, (_, _, book) in WORLD_LINES.items() if book == "provider_cost"]
    return np.asarray(sum(world[name] for name in written if name in world.series))


def _own_outlays(ledger: Ledger) -> Array:
    """What the deal itself adds to the provider's cost, such as coordination taken over [money]."""
    written = {name for name, _, _ in WORLD_LINES.values()}
    amounts = [
        line.amounts["provider_cost"]
        for line in ledger
        if line.name not in written and "provider_cost" in line.amounts
    ]
    return np.asarray(sum(amounts, ledger.zeros()))


def _gains(run: Run, deal: Pair) -> tuple[Array, Array]:
    """What the provider, and both parties, gain over the scenario by automating [money]."""
    weighed = weights(run.scenario)
    change = path_totals(deal[0], weighed) - path_totals(deal[1], weighed)
    fee, own, provider, benefit = change[:4]
    return fee - provider, benefit - own - provider
