"""Quality: KPIs, and what of the work is claimed and verified."""

from __future__ import annotations

from typing import Any

import numpy as np

from scenarios.drivers import kpis as kpi_driver
from scenarios.drivers.shocks import on_kpis
from scenarios.engine.building import Building


def quality(building: Building) -> None:
    """KPIs as they are and as their meter shows them; units claimed and verified."""
    scenario, draws, series = building.scenario, building.draws, building.series
    shifts: dict[str, Any] = dict(building.shifts)
    for name, shift in on_kpis(scenario.shocks, draws, building.shocks).items():
        shifts[name] = shifts.get(name, 0) + shift
    kpis = kpi_driver.simulate(
        scenario.kpis, scenario.correlations, draws, building.months, shifts, series["completed"]
    )
    outcomes = scenario.outcomes
    more, machines = reopened_more(building)
    claimed, verified = outcomes.count(series["completed"], kpis, draws, more)
    building.series.update(kpis | {"claimed": claimed, "verified": verified})
    if machines is None:
        return
    automated, verified = outcomes.count(series["automated"], kpis, draws, machines)
    building.series.update({"claimed.automated": automated, "verified.automated": verified})


def reopened_more(building: Building) -> tuple[Any, Any]:
    """How many times as often as declared units are reopened: all together, (months, paths or 1),
    and automated ones; 1 and none where machines make no difference. No more automated units are
    reopened than there are, duplicates taken off.
    """
    automation, series, draws = building.scenario.automation, building.series, building.draws
    if automation is None or automation.reopened == 1:
        return 1, None
    outcomes = building.scenario.outcomes
    machines = building.value(automation.reopened, "automation.reopened")
    twice = draws.value(outcomes.duplicates, "outcomes.duplicates")
    usual = np.maximum(outcomes.reopening(draws), np.finfo(float).tiny)
    machines = np.minimum(machines, (1 - twice) / usual)
    completed = np.maximum(series["completed"], np.finfo(float).tiny)
    return 1 + (machines - 1) * series["automated"] / completed, machines
