"""A backlog worked off: when each unit is done, and what the team works meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from scenarios.drivers import Backlog
from scenarios.drivers.backlog import accepted
from scenarios.drivers.scope import grown
from scenarios.drivers.shocks import LEAST, on_effort
from scenarios.engine.building import Building
from scenarios.engine.unit_hours import occupancy
from scenarios.uncertain import Array


@dataclass(frozen=True, eq=False)
class _ToDo:
    """What is to be done, in the order in which it is."""

    effort: Array
    """Cumulative hours until each unit, or lot that a change of scope adds, is done, (rows,
    paths)."""
    hours: Array
    """Hours of all of it, (paths,)."""
    units: Array | None = None
    """Units that come with each row, (rows, paths or 1); none for one each."""
    added: Array | None = None
    """Units that changes of scope add, (months, paths or 1); none where scope stands."""


def work_off(building: Building, backlog: Backlog) -> None:
    """Units planned and completed, hours and activity of a team that works on nothing else."""
    delivery, flat, months = building.scenario.delivery, building.flat, building.months
    staff = delivery.staffing(building.draws, months)
    seats, productivity = delivery.capacity * staff.present, staff.productivity
    if building.aligned is not None:
        productivity = productivity / building.aligned.effort
    shocks = building.scenario.shocks
    if any(shock.effort != 0 for shock in shocks.values()):
        slower = on_effort(shocks, building.draws, building.shocks)
        productivity = productivity / np.maximum(slower, LEAST)
    capacity: Any = delivery.capacity
    reached = flat + np.arange(1, months + 1)[:, None] * capacity
    if np.ndim(staff.present) or np.ndim(productivity):
        capacity = reached = np.cumsum(seats * productivity, axis=0)
    todo = _todo(building, backlog, reached)
    as_estimated = backlog.replace(overrun=1).effort(building.draws)
    planned = accepted(as_estimated, delivery.capacity, months)
    if todo.added is not None:
        planned = planned + todo.added
    completed = accepted(todo.effort, capacity, months, todo.units)
    hours = np.diff(np.minimum(reached, todo.hours), axis=0, prepend=0) / productivity
    late = np.cumsum(planned, axis=0) - np.cumsum(completed, axis=0)
    activity = hours / seats
    building.series.update(
        {
            "demand": planned,
            "automation": flat,
            "automated": flat,
            "hours": hours,
            "completed": completed,
            "waiting": np.maximum(late, 0),
            "activity": activity,
            **{f"leavers.{name}": left * (activity > 0) for name, left in staff.leavers.items()},
        }
    )


def _todo(building: Building, backlog: Backlog, reached: Array) -> _ToDo:
    """The units as they truly are, and what is added while they are worked on."""
    draws, delivery = building.draws, building.scenario.delivery
    own, pace = delivery.effort, 1 + building.value(delivery.throughput, "delivery.throughput")
    each = backlog.each(draws)
    if own is not None and own.learning is not None:
        each = each * own.learning.by_unit(draws, backlog.units)
    effort = np.cumsum(each, axis=0) / pace
    if delivery.workforce is not None:
        effort = effort / occupancy(building)
    if own is None:
        return _ToDo(effort, effort[-1])
    factor = own.factor(draws)
    effort = effort * factor
    if own.scope is None:
        return _ToDo(effort, effort[-1])
    lot = own.scope.more_units(draws)
    lots = backlog.added(draws, building.months) * lot * factor / pace / occupancy(building)
    if own.learning is not None:
        # Which lots came before is not known yet: each counts as the first after the backlog.
        lots = lots * own.learning.factor(draws, backlog.units, lot)
    changes = own.scope.arrives(draws, building.months)
    effort, hours, came = grown(effort, reached, changes, lots, own.scope.more_effort(draws))
    added = came * lot
    ones = np.ones((backlog.units, added.shape[1]))
    return _ToDo(effort, hours, np.concatenate([ones, added]), added)
