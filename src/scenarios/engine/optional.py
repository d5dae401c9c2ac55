"""The series that only some clauses read, made where the scenario declares them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from scenarios.scenario import Scenario
from scenarios.uncertain import Array, Draws


def optional(scenario: Scenario, draws: Draws, series: Mapping[str, Array]) -> dict[str, Array]:
    """The optional series by name, each (months, paths or 1), on those that are there already.

    A scenario that declares none of them draws nothing for them.
    """
    made = scenario.delivery.beside(draws, series)
    made |= scenario.outcomes.beside(series["claimed"], draws)
    for name, price in scenario.market.items():
        made[f"market.{name}"] = price.simulate(draws, scenario.months, name)
    if scenario.events is not None:
        made |= scenario.events.simulate(draws, series["activity"])
    return made | _by_the_hour(scenario, draws, series, made)


def _by_the_hour(
    scenario: Scenario, draws: Draws, series: Mapping[str, Array], made: Mapping[str, Array]
) -> dict[str, Array]:
    """What an average hour costs the provider, and change requests and repairs at that cost."""
    repairs = [hours for name, hours in made.items() if name.startswith("repair.")]
    leavers = any(name.startswith("leavers.") for name in made)
    if not (repairs or leavers or "changes" in made):
        return {}
    delivery = scenario.delivery
    hour: Any = np.zeros((scenario.months, 1)) + delivery.hourly_cost(draws)
    if delivery.cost_index is not None:
        hour = hour * series[f"index.{delivery.cost_index}"]
    costs = {"cost.hour": hour}
    if repairs:
        costs["cost.repair"] = sum(repairs) * hour
    if "changes" in made:
        costs["cost.changes"] = made["changes"] * hour
    return costs
