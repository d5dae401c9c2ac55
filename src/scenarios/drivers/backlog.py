"""A backlog of work with an end: increments whose true effort is uncertain."""

from __future__ import annotations

from typing import Annotated, Any

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
        return np.cumsum(self.each(draws), axis=0)

    def each(self, draws: Draws) -> Array:
        """True hours of each unit, (units, paths or 1) [hours]."""
        if not isinstance(self.overrun, Distribution):
            factor = np.full((self.units, 1), self.overrun)
        else:
            z = draws.normals("demand.overrun", self.units + 1)
            factor = self._overrun(self.overrun, z[:1], z[1:])
        return factor * self.hours_per_unit

    def added(self, draws: Draws, months: int) -> Array:
        """True hours of a unit that a change of scope adds, by month, (months, paths or 1) [hours].

        The units of one change overrun alike, and share what all units have in common.
        """
        if not isinstance(self.overrun, Distribution):
            return np.full((months, 1), self.overrun * self.hours_per_unit)
        common = draws.normals("demand.overrun", self.units + 1)[:1]
        own = draws.normals("delivery.effort.scope.overrun", months)
        return self._overrun(self.overrun, common, own) * self.hours_per_unit

    def _overrun(self, overrun: Distribution, common: Array, own: Array) -> Array:
        mixed = np.sqrt(self.common) * common + np.sqrt(1 - self.common) * own
        return overrun.value_at(mixed)


def accepted(effort: Array, capacity: Any, months: int, units: Array | None = None) -> Array:
    """Units finished in each month, (months, paths) [units].

    ``effort`` is cumulative hours until each unit is done, (units, paths); ``capacity`` is what the
    team works in a month [hours], or by the end of each, (months, paths or 1); ``units`` how many
    come with each row of ``effort``, (units, paths), one unless given.
    """
    if np.ndim(capacity):
        month = sum((reached < effort * (1 - TINY)).astype(np.intp) for reached in capacity)
    else:
        month = np.maximum(np.ceil(effort / capacity - TINY).astype(np.intp) - 1, 0)
    month = np.asarray(month)
    paths = month.shape[1]
    place, inside = month * paths + np.arange(paths), month < months
    weighed = None if units is None else np.broadcast_to(units, month.shape)[inside]
    counted = np.bincount(place[inside], weighed, minlength=months * paths)
    return counted.reshape(months, paths).astype(float)
