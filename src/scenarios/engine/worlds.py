"""From a scenario and its shocks to worlds, one block of paths at a time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from scenarios.drivers import AfterTheEnd, Automation, Backlog, Volume
from scenarios.drivers import kpis as kpi_driver
from scenarios.drivers.backlog import accepted
from scenarios.drivers.delivery import worked_off
from scenarios.engine.optional import optional
from scenarios.engine.streams import BlockDraws, NoDraws
from scenarios.results.totals import world_sums
from scenarios.scenario import Scenario
from scenarios.uncertain import Array, Draws
from scenarios.world import Variant, World


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
    _kept: dict[int, World] = field(default_factory=dict, repr=False, compare=False)
    _sums: dict[int, dict[int, Array]] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self, block: int) -> World:
        """The world of a block of ``BLOCK`` paths."""
        if block in self._kept:
            return self._kept[block]
        world = build(self.scenario, BlockDraws(self.seed, block), self.ahead)
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
        return build(self.scenario.certain(), NoDraws(), self.ahead)

    def variant(self, name: Variant) -> Worlds:
        """The same shocks in a world that is automated as written, never, or a month earlier."""
        if name == "as written" or self.scenario.automation is None:
            return self
        if name == "automated earlier":
            return replace(self, ahead=1, _kept={}, _sums={})
        return replace(self, scenario=self.scenario.replace(automation=None), _kept={}, _sums={})


def build(scenario: Scenario, draws: Draws, ahead: int = 0) -> World:
    """The world that these draws make of the scenario, (months, paths) or (months, 1) a series."""
    make = _Builder(scenario, draws, ahead)
    make.work()
    make.outcomes()
    make.costs()
    make.surroundings()
    make.series |= optional(scenario, draws, make.series)
    return World(
        series=make.series,
        paths=draws.paths,
        end=scenario.months,
        lower_is_better=frozenset(n for n, kpi in scenario.kpis.items() if kpi.better == "lower"),
        month_hours={name: role.hours for name, role in scenario.delivery.roles.items()},
    )


class _Builder:
    """The series of one world, in the order in which they depend on each other."""

    def __init__(self, scenario: Scenario, draws: Draws, ahead: int) -> None:
        self.scenario, self.draws, self.ahead = scenario, draws, ahead
        self.months = scenario.months
        self.flat = np.zeros((self.months, 1))
        self.series: dict[str, Array] = {}

    def work(self) -> None:
        """Demand, automation, hours."""
        demand = self.scenario.demand
        if isinstance(demand, Backlog):
            self._backlog(demand)
        else:
            self._volume(demand)
        delivery = self.scenario.delivery
        hours = self.series["hours"]
        for name, role in delivery.roles.items():
            share = delivery.share(name)
            self.series[f"hours.{name}"] = hours if share == 1 else hours * share
            self.series[f"contracted.{name}"] = self.flat + role.people * role.hours

    def _volume(self, volume: Volume) -> None:
        delivery, automation, draws = self.scenario.delivery, self.scenario.automation, self.draws
        units = volume.simulate(draws, self.months, int(self.scenario.start[5:]))
        units = np.broadcast_to(units, (self.months, units.shape[1]))
        share = (
            self.flat if automation is None else automation.adoption(draws, self.months, self.ahead)
        )
        automated = units * share
        unit_hours = draws.value(delivery.hours_per_unit, "delivery.hours_per_unit")
        if not _zero(delivery.throughput):
            unit_hours = unit_hours / (1 + draws.value(delivery.throughput, "delivery.throughput"))
        if automation is not None and not _zero(automation.harder_work):
            harder = draws.value(automation.harder_work, "automation.harder_work")
            unit_hours = unit_hours * (1 + harder * share)
        completed, waiting = units, self.flat
        if delivery.team == "fixed":
            hours, waiting = worked_off(
                units - automated, unit_hours + self.flat, delivery.capacity
            )
            completed = units - np.diff(waiting, axis=0, prepend=0)
        else:
            hours = (units - automated) * unit_hours
        self.series |= {
            "demand": units,
            "automation": share,
            "automated": automated,
            "hours": hours,
            "completed": completed,
            "waiting": waiting,
            "activity": self.flat + 1,
        }

    def _backlog(self, backlog: Backlog) -> None:
        delivery, draws = self.scenario.delivery, self.draws
        capacity = self.flat + np.arange(1, self.months + 1)[:, None] * delivery.capacity
        speed = 1 + draws.value(delivery.throughput, "delivery.throughput")
        effort = backlog.effort(draws) / speed
        as_estimated = backlog.replace(overrun=1).effort(draws)
        planned = accepted(as_estimated, delivery.capacity, self.months)
        completed = accepted(effort, delivery.capacity, self.months)
        hours = np.diff(np.minimum(capacity, effort[-1]), axis=0, prepend=0)
        late = np.cumsum(planned, axis=0) - np.cumsum(completed, axis=0)
        self.series |= {
            "demand": planned,
            "automation": self.flat,
            "automated": self.flat,
            "hours": hours,
            "completed": completed,
            "waiting": np.maximum(late, 0),
            "activity": hours / delivery.capacity,
        }

    def outcomes(self) -> None:
        """KPIs, and what is claimed and verified."""
        scenario = self.scenario
        kpis = kpi_driver.simulate(scenario.kpis, scenario.correlations, self.draws, self.months)
        claimed, verified = scenario.outcomes.count(self.series["completed"], kpis, self.draws)
        self.series |= kpis | {"claimed": claimed, "verified": verified}

    def costs(self) -> None:
        """The provider's cost to serve, on which indices it rises."""
        scenario, draws, series = self.scenario, self.draws, self.series
        for name, index in scenario.indices.items():
            series[f"index.{name}"] = index.simulate(draws, self.months, name)
        labour = series["hours"] * scenario.delivery.hourly_cost(draws)
        if scenario.delivery.cost_index is not None:
            labour = labour * series[f"index.{scenario.delivery.cost_index}"]
        series["cost.labour"] = labour
        series["cost.ai"], series["cost.one_off"] = self._automation(scenario.automation)

    def _automation(self, automation: Automation | None) -> tuple[Array, Array]:
        if automation is None:
            return self.flat, self.flat
        running = automation.running(self.draws, self.months, self.ahead)
        unit_cost = self.draws.value(automation.unit_cost, "automation.unit_cost")
        cost = running
        if not _zero(automation.unit_cost):
            cost = self.series["automated"] * unit_cost + running
        return cost, automation.invested(self.draws, self.months, self.ahead)

    def surroundings(self) -> None:
        """The buyer's own management, value, consequences, and what follows the end."""
        scenario, draws, series = self.scenario, self.draws, self.series
        value = scenario.value
        series["management"] = scenario.management.simulate(draws, self.months)
        if not _zero(value.verified_unit):
            worth = draws.value(value.verified_unit, "value.verified_unit")
            series["value"] = series["verified"] * worth
        if not _zero(value.unresolved_unit):
            self._consequence("unresolved_unit", series["completed"] - series["claimed"])
        if not _zero(value.reopened_unit):
            self._consequence("reopened_unit", series["claimed"] - series["verified"])
        if not _zero(value.waiting_unit):
            self._consequence("waiting_unit", series["waiting"])
        after = scenario.after_the_end
        if after is not None:
            series |= (
                self._replacement(after)
                if isinstance(after, AfterTheEnd)
                else {"replacement.cost": self.flat, "replacement.value": self.flat}
            )

    def _consequence(self, name: str, units: Array) -> None:
        """Adds what such units cost the buyer."""
        cost = units * self.draws.value(getattr(self.scenario.value, name), f"value.{name}")
        known = self.series.get("consequence")
        self.series["consequence"] = cost if known is None else known + cost

    def _replacement(self, after: AfterTheEnd) -> dict[str, Array]:
        fixed = self.draws.value(after.per_month, "after_the_end.per_month")
        unit = self.draws.value(after.per_unit, "after_the_end.per_unit")
        # Once a backlog is finished there is nothing left to pay a replacement for.
        works = self.series["activity"]
        return {
            "replacement.cost": self.series["demand"] * unit + fixed * works,
            "replacement.value": self.series.get("value", self.flat),
        }


def _zero(number: Any) -> bool:
    """True for a plain zero: what is absent costs no arithmetic."""
    return isinstance(number, int | float) and number == 0
