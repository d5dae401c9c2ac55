"""When a backlog is finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from scenarios.drivers import Backlog
from scenarios.errors import ScenarioError
from scenarios.ledger import Ledger
from scenarios.results.frames import FAN_PATHS
from scenarios.world import Array, World

if TYPE_CHECKING:
    from scenarios.results.run import Run


def schedule(run: Run) -> pd.DataFrame:
    """One row, ``months to finish``: planned, uncertainty off, mean, P10, P50, P90 [months], and
    the chance of finishing within the plan.

    Months the team works, parts of the last one included; a path that is not finished when the
    scenario ends counts as all of its months. Raises ``ScenarioError`` without a backlog.
    """
    backlog = run.scenario.demand
    if not isinstance(backlog, Backlog):
        raise ScenarioError("a monthly volume is never finished: a schedule needs a backlog")
    planned = backlog.units * backlog.hours_per_unit / run.scenario.delivery.capacity

    def reduce(world: World, _: dict[str, Ledger]) -> Array:
        return np.broadcast_to(world["activity"].sum(axis=0), world.paths)

    months = run.collect(reduce, run.deals[:1])
    row = {
        "planned": planned,
        "uncertainty off": float(run.worlds.certain()["activity"].sum()),
        "mean": float(months.mean()),
        **{label: float(np.quantile(months, q)) for label, q in QUANTILES.items()},
        "chance within plan": float((months <= planned * (1 + TINY)).mean()),
    }
    table = pd.DataFrame([row], index=["months to finish"])
    table.attrs["paths"] = min(run.paths, FAN_PATHS)
    return table


QUANTILES = {"P10": 0.1, "P50": 0.5, "P90": 0.9}
TINY = 1e-9
"""Room for rounding in a sum of months."""
