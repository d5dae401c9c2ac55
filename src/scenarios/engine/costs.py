"""Costs: what the work costs the provider, on which indices it rises."""

from __future__ import annotations

from scenarios.drivers import Automation
from scenarios.engine.building import Building, absent
from scenarios.uncertain import Array


def costs(building: Building) -> None:
    """Price indices, the cost of the hours worked, and of automation."""
    scenario, series = building.scenario, building.series
    for name, index in scenario.indices.items():
        series[f"index.{name}"] = index.simulate(building.draws, building.months, name)
    labour = series["hours"] * scenario.delivery.hourly_cost(building.draws)
    if scenario.delivery.cost_index is not None:
        labour = labour * series[f"index.{scenario.delivery.cost_index}"]
    worked = labour
    workforce = scenario.delivery.workforce
    if workforce is not None and not absent(workforce.subcontracted):
        labour, series["cost.subcontract"] = workforce.bought(labour, building.draws)
        worked = labour + series["cost.subcontract"]
    series["cost.labour"] = labour
    if scenario.response is not None and building.better and scenario.response.quality_cost:
        series["cost.quality"] = worked * (scenario.response.quality_cost * building.better)
    series["cost.ai"], series["cost.one_off"] = _automation(building, scenario.automation)


def _automation(building: Building, automation: Automation | None) -> tuple[Array, Array]:
    """What running it costs, and the investment, each (months, paths or 1) [money]."""
    if automation is None:
        return building.flat, building.flat
    cost = automation.running(building.draws, building.months, building.ahead)
    if not absent(automation.unit_cost):
        unit_cost = automation.handling(building.draws, building.months)
        cost = building.series["automated"] * unit_cost + cost
    return cost, automation.invested(building.draws, building.months, building.ahead)
