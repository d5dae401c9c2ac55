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
    """
    rows = {}
    for deal in run.deals:
        for kpi in deal.targets:

            def reduce(
                world: World, ledgers: dict[str, Ledger], name: str = deal.name, kpi: str = kpi
            ) -> Array:
                target = ledgers[name].targets[kpi]
                true, reported = world[f"kpi.{kpi}"], world[f"reported.{kpi}"]
                lower = kpi in world.lower_is_better
                met = [x <= target if lower else x >= target for x in (reported, true)]
                stacked = np.broadcast_arrays(*met, reported, target)
                shape = (4, world.months, world.paths)
                return np.broadcast_to(np.stack(stacked), shape)

            reported, true, value, target = run.collect(reduce, [deal])
            rows[deal.name, kpi] = {
                "target": float(target[0, 0]),
                "months on target": float(reported.mean()),
                "truly on target": float(true.mean()),
                "typical": float(np.median(value)),
            }
    columns = ["target", "months on target", "truly on target", "typical"]
    index = pd.MultiIndex.from_tuples(list(rows), names=["deal", "kpi"]) if rows else None
    return pd.DataFrame(list(rows.values()), index=index, columns=columns)
