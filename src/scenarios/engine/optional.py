"""The series that only some clauses read, made where the scenario declares them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenarios.engine.building import Building
from scenarios.engine.quality import reopened_more
from scenarios.engine.surroundings import truly
from scenarios.uncertain import Array


def optional(building: Building) -> None:
    """Adds the optional series, each (months, paths or 1), to those that are there already.

    A scenario that declares none of them draws nothing for them.
    """
    scenario, draws, series = building.scenario, building.draws, building.series
    made = scenario.delivery.beside(draws, series)
    more, _ = reopened_more(building)
    made |= scenario.outcomes.beside(truly(building)[0], draws, more, series["claimed"])
    for name, price in scenario.market.items():
        made[f"market.{name}"] = price.simulate(draws, scenario.months, name)
    if scenario.events is not None:
        made |= scenario.events.simulate(draws, series["activity"])
    series.update(made | _by_the_hour(building, made))


def _by_the_hour(building: Building, made: Mapping[str, Array]) -> dict[str, Array]:
    """What an average hour costs the provider, and change requests and repairs at that cost."""
    repairs = [hours for name, hours in made.items() if name.startswith("repair.")]
    leavers = any(name.startswith("leavers.") for name in made)
    if not (repairs or leavers or "changes" in made):
        return {}
    delivery = building.scenario.delivery
    hour: Any = building.flat + delivery.hourly_cost(building.draws)
    if delivery.cost_index is not None:
        hour = hour * building.series[f"index.{delivery.cost_index}"]
    costs = {"cost.hour": hour}
    if repairs:
        costs["cost.repair"] = sum(repairs) * hour
    if "changes" in made:
        costs["cost.changes"] = made["changes"] * hour
    return costs
