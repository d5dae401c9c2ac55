"""KPI attainment: how often each deal's targets are met, as reported and as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from scenarios.ledger import Ledger
from scenarios.world import Array, World

if TYPE_CHECKING:
    from scenarios.results.run import Run


def attainment(run: Run) -> pd.DataFrame:
    """One row a deal and KPI with a target.

    ``target`` is the first month's, in the KPI's unit; ``months on target`` the share of months
    that met it as reported, ``truly on target`` as the KPI is, ``typical`` the reported median.
    Where part of a KPI comes from outside, ``missed from outside`` is the share of months that were
    missed as reported and would have been met without that part.
    """
    rows = {}
    for deal in run.deals:
        for kpi in deal.targets:

            def reduce(
                world: World, ledgers: dict[str, Ledger], name: str = deal.name, kpi: str = kpi
            ) -> Array:
                return _months(world, kpi, ledgers[name].targets[kpi])

            reported, true, outside, value, target = run.collect(reduce, [deal])
            rows[deal.name, kpi] = {
                "target": float(target[0, 0]),
                "months on target": float(reported.mean()),
                "truly on target": float(true.mean()),
                "typical": float(np.median(value)),
            }
            if run.scenario.kpis[kpi].external:
                rows[deal.name, kpi] |= {OUTSIDE: float(outside.mean())}
    columns = ["target", "months on target", "truly on target", "typical"]
    if any(OUTSIDE in row for row in rows.values()):
        columns.append(OUTSIDE)
    index = pd.MultiIndex.from_tuples(list(rows), names=["deal", "kpi"]) if rows else None
    return pd.DataFrame(list(rows.values()), index=index, columns=columns)


OUTSIDE = "missed from outside"


def _months(world: World, kpi: str, target: Array) -> Array:
    """Met as reported, met truly, missed because of what comes from outside, the reported KPI, the
    target; (5, months, paths).
    """
    lower = kpi in world.lower_is_better
    reported, true = world[f"reported.{kpi}"], world[f"kpi.{kpi}"]
    from_outside = world.series.get(f"external.{kpi}", np.zeros((1, 1)))
    met, truly, without = (
        x <= target if lower else x >= target for x in (reported, true, reported - from_outside)
    )
    shape = (world.months, world.paths)
    stacked = (met, truly, without & ~met, reported, target)
    return np.stack([np.broadcast_to(values, shape) for values in stacked])
