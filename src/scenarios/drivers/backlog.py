"""A backlog of work with an end: increments whose true effort is uncertain."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import Field

from scenarios.declared import Declared
from scenarios.quantities import Hours, Share
from scenarios.uncertain import Array, Distribution, Draws, UncertainFactor

TINY = 1e-9
"""Room for rounding: a unit done on a month's last hour is done in that month."""


class Backlog(Declared):
    """{units} {unit}s of {hours_per_unit} estimated hours each, done one after the other."""

    unit: Annotated[str, Field(min_length=1)]
    """What one unit is called, such as increment."""
    units: Annotated[int, Field(ge=1, le=10_000)]
    """How many of them."""
    hours_per_unit: Hours
    """Estimated hours of one unit."""
    overrun: UncertainFactor = 1
    """True effort over estimate; a distribution is drawn for each unit."""
    common: Share = 0.5
    """How much of the overrun the units share: 0 independent, 1 all alike."""

    def effort(self, draws: Draws) -> Array:
        """Cumulative true hours until each unit is done, (units, paths or 1) [hours]."""
        if not isinstance(self.overrun, Distribution):
            factor = np.full((self.units, 1), self.overrun)
        else:
            z = draws.normals("demand.overrun", self.units + 1)
            mixed = np.sqrt(self.common) * z[:1] + np.sqrt(1 - self.common) * z[1:]
            factor = self.overrun.value_at(mixed)
        return np.cumsum(factor * self.hours_per_unit, axis=0)


def accepted(effort: Array, capacity: float, months: int) -> Array:
    """Units finished in each month, (months, paths) [units].

    ``effort`` is cumulative hours until each unit is done, (units, paths); ``capacity`` is what the
    team works in a month [hours].
    """
    paths = effort.shape[1]
    month = np.ceil(effort / capacity - TINY).astype(np.intp) - 1
    month = np.maximum(month, 0)
    place = month * paths + np.arange(paths)
    counted = np.bincount(place[month < months], minlength=months * paths)
    return counted.reshape(months, paths).astype(float)
