"""Hours of a unit: the estimate, and all that makes it take more or fewer."""

from __future__ import annotations

from typing import Any

from scenarios.drivers.shocks import on_effort
from scenarios.engine.building import Building, absent
from scenarios.uncertain import Array


def unit_hours(building: Building, share: Array, units: Array) -> Any:
    """Hours of a unit that people handle, a number or (1 or months, paths) [hours].

    ``share`` is what machines take, ``units`` what is left to people, (months, paths or 1).
    """
    delivery, automation = building.scenario.delivery, building.scenario.automation
    hours = building.value(delivery.hours_per_unit, "delivery.hours_per_unit")
    if not absent(delivery.throughput):
        hours = hours / (1 + building.value(delivery.throughput, "delivery.throughput"))
    if automation is not None and not absent(automation.harder_work):
        harder = building.value(automation.harder_work, "automation.harder_work")
        hours = hours * (1 + harder * share)
    if building.scenario.shocks:
        hours = hours * on_effort(building.scenario.shocks, building.draws, building.shocks)
    if building.aligned is not None:
        hours = hours * building.aligned.effort
    if delivery.effort is not None:
        hours = hours * delivery.effort.by_month(building.draws, units)
    return hours if delivery.workforce is None else hours / occupancy(building)


def occupancy(building: Building) -> Any:
    """Share of the hours worked that goes into units, 1 unless declared, a number or (1, paths)."""
    workforce = building.scenario.delivery.workforce
    if workforce is None:
        return 1
    return building.value(workforce.occupancy, "delivery.workforce.occupancy")
