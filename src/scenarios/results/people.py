"""People: hours beside FTE, by role."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from scenarios.ledger import Ledger
from scenarios.world import Array, World

if TYPE_CHECKING:
    from scenarios.results.run import Run


def people(run: Run) -> pd.DataFrame:
    """One row a role: contracted FTE, and hours worked and FTE a month, on average and at the ends.

    Averages are over months in which the team works.
    """
    rows = {}
    for name, role in run.scenario.delivery.roles.items():

        def reduce(world: World, _: dict[str, Ledger], role: str = name) -> Array:
            return np.broadcast_to(world[f"hours.{role}"], (world.months, world.paths))

        hours = run.collect(reduce, run.deals[:1])
        worked = hours[hours > 0]
        average = float(worked.mean()) if worked.size else 0.0
        rows[name] = {
            "contracted FTE": role.people,
            "hours a month": average,
            "FTE": average / role.hours,
            "FTE first month": float(hours[0].mean()) / role.hours,
            "FTE last month": float(hours[-1].mean()) / role.hours,
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(index="role")
