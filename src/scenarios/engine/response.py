"""What a deal makes the provider do otherwise, where the scenario declares that it responds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from scenarios.deal import Deal
from scenarios.drivers import Reaction, Response
from scenarios.scenario import Scenario
from scenarios.settling import settle
from scenarios.world import World

if TYPE_CHECKING:
    from scenarios.engine.worlds import Worlds

STEP = 0.25
"""By how much KPIs are made better to see what that earns [standard deviations]."""


AS_WRITTEN = Reaction()


def shifts(better: float, scenario: Scenario) -> dict[str, float]:
    """By how much so many standard deviations move each KPI's level, as far as the provider decides
    it, by name [the KPI's unit].
    """
    if not better:
        return {}
    return {
        name: better * kpi.sd * (1 - kpi.external) * (-1 if kpi.better == "lower" else 1)
        for name, kpi in scenario.kpis.items()
    }


def reaction(worlds: Worlds, deal: Deal, response: Response) -> Reaction:
    """How the provider reacts to a deal: its incentives are read from the first block of paths of
    the scenario as written, once.
    """
    written = worlds(0)
    pace, better = 1.0, 0.0
    if response.automation and worlds.scenario.automation is not None:
        buyer, provider = _gains(deal, written, worlds.variant("automated earlier")(0))
        share = kept(provider, buyer + provider)
        pace = 1.0 if share is None else response.pace(share)
    if response.quality and worlds.scenario.kpis:
        _, provider = _gains(deal, written, worlds.reacting(Reaction(better=STEP))(0))
        fee = float(settle(deal, written).total("fee").mean(axis=1).sum())
        better = response.better(provider / STEP / fee) if fee > 0 else 0.0
    return Reaction(pace, better)


def kept(provider: float, joint: float) -> float | None:
    """The share of a joint gain that the provider keeps. Where there is no joint gain: all of it
    if the provider gains, nothing if it loses; none where it neither gains nor loses.
    """
    if joint > 0:
        return provider / joint
    return None if provider == 0 else float(provider > 0)


def _gains(deal: Deal, before: World, after: World) -> tuple[float, float]:
    """What buyer and provider gain on average when the world is ``after`` [money]."""
    one, other = settle(deal, before), settle(deal, after)

    def change(book: Any) -> float:
        return float(np.mean((other.total(book) - one.total(book)).sum(axis=0)))

    buyer = change("benefit") - change("fee") - change("buyer_cost")
    return buyer, change("fee") - change("provider_cost")
