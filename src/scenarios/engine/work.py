"""Work: what comes in, what machines take, what people do and what waits."""

from __future__ import annotations

import numpy as np

from scenarios.drivers import Backlog, Volume
from scenarios.drivers.queue import worked_off
from scenarios.drivers.shocks import on_demand
from scenarios.engine.backlog import work_off
from scenarios.engine.building import Building
from scenarios.engine.unit_hours import unit_hours
from scenarios.uncertain import Array


def work(building: Building) -> None:
    """Demand, automation, hours, and hours by role."""
    demand = building.scenario.demand
    if isinstance(demand, Backlog):
        work_off(building, demand)
    else:
        _volume(building, demand)
    delivery, series = building.scenario.delivery, building.series
    series.update({f"shock.{name}": level for name, level in building.shocks.items()})
    hours = series["hours"]
    for name, role in delivery.roles.items():
        share = delivery.share(name)
        series[f"hours.{name}"] = hours if share == 1 else hours * share
        series[f"contracted.{name}"] = building.flat + role.people * role.hours


def _volume(building: Building, volume: Volume) -> None:
    delivery, flat = building.scenario.delivery, building.flat
    units = _incoming(building, volume)
    units = _with_changes(building, units)
    share = _adoption(building)
    automated = units * share
    each = unit_hours(building, share, units - automated)
    completed, waiting = units, flat
    if delivery.team == "fixed":
        staff = delivery.staffing(building.draws, building.months)
        seats = delivery.capacity * staff.present
        hours, waiting = worked_off(units - automated, each / staff.productivity + flat, seats)
        completed = units - np.diff(waiting, axis=0, prepend=0)
    else:
        hours = (units - automated) * each
        staff = delivery.staffing(building.draws, building.months, hours)
        hours = hours / staff.productivity if np.ndim(staff.productivity) else hours
    building.series.update(
        {
            "demand": units,
            "automation": share,
            "automated": automated,
            "hours": hours,
            "completed": completed,
            "waiting": waiting,
            "activity": flat + 1,
            **{f"leavers.{name}": left for name, left in staff.leavers.items()},
        }
    )


def _with_changes(building: Building, units: Array) -> Array:
    """Units with those that changes of scope add for good, (months, paths or 1) [units]."""
    effort = building.scenario.delivery.effort
    if effort is None or effort.scope is None:
        return units
    changes = effort.scope.so_far(building.draws, building.months)
    return units + changes * effort.scope.more_units(building.draws)


def _incoming(building: Building, volume: Volume) -> Array:
    """Units that come in, (months, paths) or (months, 1) [units]."""
    first, shocks = int(building.scenario.start[5:]), building.scenario.shocks
    moved = on_demand(shocks, building.draws, building.shocks) if shocks else None
    units = volume.simulate(building.draws, building.months, first, moved)
    return np.broadcast_to(units, (building.months, units.shape[1]))


def _adoption(building: Building) -> Array:
    """Share of units that machines take, (months, paths or 1) [share]."""
    automation = building.scenario.automation
    if automation is None:
        return building.flat
    return automation.adoption(building.draws, building.months, building.ahead, building.pace)
