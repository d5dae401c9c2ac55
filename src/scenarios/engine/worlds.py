"""From a scenario and its shocks to worlds, one block of paths at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from scenarios.deal import Deal
from scenarios.drivers import Reaction
from scenarios.engine.alignment import alignment
from scenarios.engine.building import Building
from scenarios.engine.costs import costs
from scenarios.engine.optional import optional
from scenarios.engine.quality import quality
from scenarios.engine.response import AS_WRITTEN, reaction, shifts
from scenarios.engine.streams import BlockDraws
from scenarios.engine.surroundings import surroundings
from scenarios.engine.work import work
from scenarios.results.totals import world_sums
from scenarios.scenario import Scenario
from scenarios.uncertain import Array, Draws, NoDraws
from scenarios.world import Variant, World

BEYOND = 36
"""Months after the scenario's end in which automation may still be seen to mature."""
MOST_MONTHS = 600
"""The longest scenario."""


@dataclass(frozen=True)
class Worlds:
    """The worlds of a scenario, block by block, always the same for the same seed.

    ``keep`` holds on to each block once it is made: for re-pricing under a slider.
    """

    scenario: Scenario
    seed: int
    keep: bool = False
    ahead: int = 0
    """Months by which automation comes sooner than the scenario says."""
    reaction: Reaction = AS_WRITTEN
    """What the provider does otherwise because of how it is paid."""
    draws: Callable[[int, int], Draws] = BlockDraws
    """The draws of a seed and block; variants share them, so that they share their shocks."""
    _kept: dict[int, World] = field(default_factory=dict, repr=False, compare=False)
    _sums: dict[int, dict[int, Array]] = field(default_factory=dict, repr=False, compare=False)
    _under: dict[str, Worlds] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self, block: int) -> World:
        """The world of a block of ``BLOCK`` paths."""
        if block in self._kept:
            return self._kept[block]
        world = self._built(self.scenario, self.draws(self.seed, block))
        if self.keep:
            self._kept[block] = world
        return world

    def sums(self, block: int, world: World, weighed: Array) -> dict[int, Array]:
        """What the world writes on every ledger, added up; kept along with a kept world."""
        if block not in self._sums:
            sums = world_sums(world, weighed)
            if not self.keep:
                return sums
            self._sums[block] = sums
        return self._sums[block]

    def certain(self) -> World:
        """The one path with uncertainty off."""
        return self._built(self.scenario.certain(), NoDraws())

    def _built(self, scenario: Scenario, draws: Draws) -> World:
        # Uncertainty off takes the dispersions away that the reaction is measured in.
        moved = shifts(self.reaction.better, self.scenario)
        return build(
            scenario,
            draws,
            ahead=self.ahead,
            pace=self.reaction.pace,
            better=self.reaction.better,
            shifts=moved,
        )

    def under(self, deal: Deal) -> Worlds:
        """The same shocks in a world in which the provider reacts to how this deal pays it; these
        worlds themselves where the scenario declares no response.
        """
        response = self.scenario.response
        if response is None or self.reaction is not AS_WRITTEN:
            return self
        key = deal.model_dump_json()
        if key not in self._under:
            self._under[key] = self.reacting(reaction(self, deal, response))
        return self._under[key]

    def reacting(self, how: Reaction) -> Worlds:
        """The same shocks in a world in which the provider acts like this."""
        if how == self.reaction:
            return self
        return self.otherwise(reaction=how)

    def of(self, scenario: Scenario) -> Worlds:
        """The same shocks, and the same reaction, in another scenario."""
        return self.otherwise(scenario=scenario)

    def variant(self, name: Variant) -> Worlds:
        """The same shocks in a world that is automated otherwise; see ``Variant``."""
        scenario, automation = self.scenario, self.scenario.automation
        if name == "as written" or automation is None:
            return self
        if name == "automated earlier":
            return self.otherwise(ahead=1)
        if name == "not automated":
            other = scenario.replace(automation=None)
        else:
            curve = automation.replace(
                ceiling=1.0, waves=(), unit_cost=0.0, unit_cost_change=0.0, running_cost=1.0
            )
            longer = min(scenario.months + BEYOND, MOST_MONTHS)
            other = scenario.replace(automation=curve, months=longer)
        return self.otherwise(scenario=other)

    def otherwise(self, **changed: Any) -> Worlds:
        """The same worlds with some fields changed, and none of what was kept under the old."""
        return replace(self, **changed, _kept={}, _sums={}, _under={})


def build(scenario: Scenario, draws: Draws, **otherwise: Any) -> World:
    """The world that these draws make of the scenario, (months, paths) or (months, 1) a series.

    ``otherwise`` are the fields of ``Building`` that say what differs from the scenario. The steps
    stand in the order in which they depend on each other.
    """
    building = Building(scenario, draws, **otherwise)
    for step in (work, quality, costs, alignment, surroundings, optional):
        step(building)
    return World(
        series=building.series,
        paths=draws.paths,
        end=scenario.months,
        lower_is_better=frozenset(n for n, kpi in scenario.kpis.items() if kpi.better == "lower"),
        month_hours={name: role.hours for name, role in scenario.delivery.roles.items()},
    )
