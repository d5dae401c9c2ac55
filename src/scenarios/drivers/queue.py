"""A queue: what a fixed team works off each month, and what waits."""

from __future__ import annotations

from typing import Any

import numpy as np

from scenarios.uncertain import Array


def worked_off(units: Array, unit_hours: Array, capacity: Any) -> tuple[Array, Array]:
    """Hours worked [hours] and units still waiting [units] each month under a capacity.

    ``units`` is what comes in for people, ``unit_hours`` what one takes, each (months, paths or 1),
    ``capacity`` the hours that can be worked, one number or the same shape. What does not fit waits
    and takes as long as a unit takes in the month it is worked on.
    """
    units, unit_hours, limits = np.broadcast_arrays(units, unit_hours, capacity)
    worked, waiting = np.empty(units.shape), np.empty(units.shape)
    queue = np.zeros(units.shape[1])
    for month, (new, hours, limit) in enumerate(zip(units, unit_hours, limits, strict=True)):
        queue = queue + new
        done = np.minimum(queue, limit / hours)
        worked[month] = done * hours
        queue = queue - done
        waiting[month] = queue
    return worked, waiting
