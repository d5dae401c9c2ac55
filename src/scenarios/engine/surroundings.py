"""Surroundings: the buyer's own management, what outcomes are worth, and what follows the end."""

from __future__ import annotations

import numpy as np

from scenarios.drivers import AfterTheEnd, Channels
from scenarios.engine.building import Building, absent
from scenarios.engine.quality import reopened_more
from scenarios.uncertain import Array


def surroundings(building: Building) -> None:
    """What the work means to the buyer beyond the fee."""
    scenario, series = building.scenario, building.series
    value = scenario.value
    resolved, kept = truly(building)
    series["management"] = scenario.management.simulate(building.draws, building.months)
    if scenario.management.channels is not None:
        series["coordination.cost"] = _inside_the_team(building, scenario.management.channels)
    if not absent(value.verified_unit):
        worth = building.value(value.verified_unit, "value.verified_unit")
        series["value"] = kept * worth
    for name, worth in value.kpis.items():
        lower = scenario.kpis[name].better == "lower"
        amount = worth.simulate(
            series[f"kpi.{name}"], series["demand"], building.draws, name, lower_is_better=lower
        )
        series["value"] = series["value"] + amount if "value" in series else amount
    if not absent(value.unresolved_unit):
        _consequence(building, "unresolved_unit", series["completed"] - resolved)
    if not absent(value.reopened_unit):
        _consequence(building, "reopened_unit", resolved - kept)
    if not absent(value.waiting_unit):
        _consequence(building, "waiting_unit", series["waiting"])
    after = scenario.after_the_end
    if isinstance(after, AfterTheEnd):
        series |= _replacement(building, after)
    elif after is not None:
        series |= {"replacement.cost": building.flat, "replacement.value": building.flat}


def truly(building: Building) -> tuple[Array, Array]:
    """Units claimed and verified where nobody counts more than there is, (months, paths or 1)."""
    outcomes, series = building.scenario.outcomes, building.series
    if absent(outcomes.inflated):
        return series["claimed"], series["verified"]
    more, _ = reopened_more(building)
    return outcomes.true(series["completed"], series, building.draws, more)


def _inside_the_team(building: Building, channels: Channels) -> Array:
    """What coordination among the people at work costs, (months, paths or 1) [money]."""
    series, works = building.series, building.series["activity"]
    roles = building.scenario.delivery.roles.items()
    people = sum(series[f"hours.{name}"] / role.hours for name, role in roles if role.hours)
    while_working = people / np.where(works > 0, works, 1)
    return channels.simulate(building.draws, while_working, works)


def _consequence(building: Building, name: str, units: Array) -> None:
    """Adds what such units cost the buyer."""
    cost = units * building.value(getattr(building.scenario.value, name), f"value.{name}")
    known = building.series.get("consequence")
    building.series["consequence"] = cost if known is None else known + cost


def _replacement(building: Building, after: AfterTheEnd) -> dict[str, Array]:
    """What a replacement costs, and what its outcomes are worth, each (months, paths or 1)."""
    series = building.series
    fixed = building.value(after.per_month, "after_the_end.per_month")
    unit = building.value(after.per_unit, "after_the_end.per_unit")
    # Once a backlog is finished there is nothing left to pay a replacement for.
    works = series["activity"]
    return {
        "replacement.cost": series["demand"] * unit + fixed * works,
        "replacement.value": series.get("value", building.flat),
    }
