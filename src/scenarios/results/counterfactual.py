"""The same futures with one thing otherwise: more hours, fewer results, worse or missed KPIs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from scenarios.drivers.effort import Complexity, Effort
from scenarios.scenario import Scenario
from scenarios.stresses.base import scaled
from scenarios.uncertain import Distribution
from scenarios.world import Array, World

if TYPE_CHECKING:
    from scenarios.results.run import Worlds

TENTH = 0.1
"""What is changed to see what moves with it [share]."""
FAR = 10
"""How many times its own size a KPI is moved to miss every target."""
HOURS = {
    "hours",
    "contracted",
    "paid",
    "handling",
    "subcontracted",
    "overtime",
    "changes",
    "repair",
}
"""Series that count hours, worked or contracted."""
COST_OF_HOURS = {"cost.labour", "cost.subcontract", "cost.changes", "cost.repair"}
RESULTS = {"claimed", "verified", "confirmed", "completed", "automated", "value"}
"""Series that count results, or what they are worth."""
PROVEN = {"verified", "confirmed", "value"}
"""Those of them that somebody has checked: a claim is none."""


@dataclass(frozen=True, eq=False)
class Otherwise:
    """A block's futures as written, and the same ones with one thing otherwise."""

    written: World
    overrun: World
    """Every unit takes a tenth more hours, with what follows from it."""
    worse: World
    """KPIs are a standard deviation worse, with what follows from it."""
    missed: World
    """No KPI is reported on target; all else is as written."""
    more_hours: World
    """As missed, with a tenth more hours, worked and contracted, and their cost; nothing else."""
    fewer_results: World
    """As missed, with a tenth fewer units and less value; nothing else."""
    unproven: World
    """As missed, and nothing was verified, confirmed or worth anything."""


def otherwise(worlds: Worlds, block: int, written: World) -> Otherwise:
    """What the futures of a block would be otherwise; ``written`` is its world as it is.

    The provider acts in all of them as it does in these worlds: a reaction to how it is paid is
    not formed anew.
    """
    scenario, better = worlds.scenario, worlds.reaction.better
    worse = worlds.reacting(replace(worlds.reaction, better=better - 1)) if scenario.kpis else None
    missed = _with(written, _missed(scenario, written))
    return Otherwise(
        written=written,
        overrun=worlds.of(overrunning(scenario))(block),
        worse=written if worse is None else worse(block),
        missed=missed,
        more_hours=_with(missed, _times(missed, HOURS, 1 + TENTH, COST_OF_HOURS)),
        fewer_results=_with(missed, _times(missed, RESULTS, 1 - TENTH)),
        unproven=_with(missed, _times(missed, PROVEN, 0)),
    )


def overrunning(scenario: Scenario) -> Scenario:
    """The scenario in which every unit takes a tenth more hours than it says."""
    effort = scenario.delivery.effort or Effort()
    mix = effort.complexity or {"usual": Complexity(share=1.0, factor=1.0)}
    harder = {name: kind.replace(factor=_more(kind.factor)) for name, kind in mix.items()}
    delivery = scenario.delivery.replace(effort=effort.replace(complexity=harder))
    return scenario.replace(delivery=delivery)


def _more(factor: float | Distribution) -> float | Distribution:
    if not isinstance(factor, Distribution):
        return factor * (1 + TENTH)
    written = scaled(factor.model_dump(exclude_none=True), 1 + TENTH)
    return type(factor).model_validate(written)


def _missed(scenario: Scenario, world: World) -> dict[str, Array]:
    """What each KPI's meter shows where no target is met, (months, paths or 1)."""
    moved = {}
    for name, kpi in scenario.kpis.items():
        reported = world[f"reported.{name}"]
        sign = 1 if kpi.better == "lower" else -1
        far = reported + sign * FAR * (1 + np.abs(reported))
        moved[f"reported.{name}"] = np.clip(far, 0, 1) if kpi.kind == "rate" else far
    return moved


def _times(
    world: World, families: Collection[str], factor: float, names: Collection[str] = ()
) -> dict[str, Array]:
    """The series of these families and names, times so much."""
    return {
        name: array * factor
        for name, array in world.series.items()
        if name.partition(".")[0] in families or name in names
    }


def _with(world: World, series: Mapping[str, Array]) -> World:
    """The world with some series otherwise."""
    return replace(world, series={**world.series, **series}, _averages={})
