"""KPI attainment: how often each deal's targets are met, as reported and as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from scenarios.deal import Deal
from scenarios.results.frames import FAN_PATHS
from scenarios.scenario import Scenario
from scenarios.world import Array, World

if TYPE_CHECKING:
    from scenarios.results.run import Run


def attainment(run: Run) -> pd.DataFrame:
    """One row a deal and KPI with a target.

    ``target`` is the first month's, in the KPI's unit; ``months on target`` the share of months
    that met it as reported, ``truly on target`` as the KPI is, ``typical`` the reported median.
    Where part of a KPI comes from outside, or a shock moves it, ``missed from outside`` is the
    share of months that were missed as reported and would have been met without that part, to first
    order, and had no shock come, on the same path.
    """
    rows = {}
    for deal in run.deals:
        for kpi in deal.targets:
            reported, true, outside, value, target = _measured(run, deal, kpi)
            rows[deal.name, kpi] = {
                "target": float(target[0, 0]),
                "months on target": float(reported.mean()),
                "truly on target": float(true.mean()),
                "typical": float(np.median(value)),
            }
            if run.scenario.kpis[kpi].external or _shocked(run.scenario, kpi):
                rows[deal.name, kpi] |= {OUTSIDE: float(outside.mean())}
    columns = ["target", "months on target", "truly on target", "typical"]
    if any(OUTSIDE in row for row in rows.values()):
        columns.append(OUTSIDE)
    index = pd.MultiIndex.from_tuples(list(rows), names=["deal", "kpi"]) if rows else None
    return pd.DataFrame(list(rows.values()), index=index, columns=columns)


OUTSIDE = "missed from outside"


def _shocked(scenario: Scenario, kpi: str) -> bool:
    """Whether a shock moves this KPI."""
    return any(kpi in shock.kpis for shock in scenario.shocks.values())


def _measured(run: Run, deal: Deal, kpi: str) -> Array:
    """What ``_months`` finds on the run's paths, (5, months, paths)."""
    calm = run.worlds.under(deal)
    if _shocked(run.scenario, kpi):
        calm = calm.of(run.scenario.replace(shocks={}))
    parts = []
    for block in run.blocks([deal], FAN_PATHS):
        world, target = block.worlds[deal.name], block.ledgers[deal.name].targets[kpi]
        without = calm(block.number) if _shocked(run.scenario, kpi) else world
        parts.append(_months(world, without, kpi, target)[..., : block.paths])
    return np.concatenate(parts, axis=-1)


def _months(world: World, calm: World, kpi: str, target: Array) -> Array:
    """Met as reported, met truly, missed because of what comes from outside, the reported KPI, the
    target; (5, months, paths). ``calm`` is the same world without shocks.
    """
    lower = kpi in world.lower_is_better
    reported, true = world[f"reported.{kpi}"], world[f"kpi.{kpi}"]
    own = calm[f"reported.{kpi}"] - world.series.get(f"external.{kpi}", np.zeros((1, 1)))
    met, truly, without = (x <= target if lower else x >= target for x in (reported, true, own))
    shape = (world.months, world.paths)
    stacked = (met, truly, without & ~met, reported, target)
    return np.stack([np.broadcast_to(values, shape) for values in stacked])
