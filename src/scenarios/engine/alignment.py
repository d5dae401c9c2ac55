"""Alignment: readiness, a relationship that may fail, and what onboarding and governance cost."""

from __future__ import annotations

from typing import Any

from scenarios.engine.building import Building


def alignment(building: Building) -> None:
    """The series of a scenario that declares its alignment; nothing for one that does not."""
    scenario, draws, series = building.scenario, building.draws, building.series
    declared, aligned = scenario.alignment, building.aligned
    if declared is None or aligned is None:
        return
    series["readiness"] = aligned.readiness
    series["alignment.effort"] = aligned.effort
    series["relationship"] = aligned.failed
    if declared.onboarding is None and declared.governance is None:
        return
    people = sum(role.people for role in scenario.delivery.roles.values())
    hour: Any = scenario.delivery.hourly_cost(draws)
    if scenario.delivery.cost_index is not None:
        hour = hour * series[f"index.{scenario.delivery.cost_index}"]
    works = series["activity"]
    series["cost.governance"] = declared.hours(draws, "provider", people, works) * hour
    own = draws.value(declared.buyer_hour or 0, "alignment.buyer_hour")
    series["governance"] = declared.hours(draws, "buyer", people, works) * own
