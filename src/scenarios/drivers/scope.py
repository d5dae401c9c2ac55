"""Scope changes: work that nobody planned arrives, and stays."""

from __future__ import annotations

from typing import Any

import numpy as np
from pydantic import model_validator

from scenarios.declared import Declared
from scenarios.drivers.chance import happens
from scenarios.uncertain import Array, Draws, UncertainFactor, UncertainShare, UncertainUnits

TINY = 1e-9
"""Room for rounding: a backlog done on a month's last hour is done."""


class ScopeChange(Declared):
    """With a chance of {chance} a month scope changes: {units} more units come in, and a unit takes
    {effort} more of its hours from then on.

    A monthly volume gets the units in each month from then on; a backlog gets them once, as a lot
    that is accepted together, and its scope changes only while it is worked on. Formula: hours of a
    unit x (1 + effort x changes so far) for a volume; what is left of a backlog x (1 + effort).
    Source: Bernoulli trials; chance and sizes are the analyst's. With uncertainty off a change of a
    chance of a half or less never comes.
    """

    chance: UncertainShare
    """Chance a month; at most one change a month."""
    units: UncertainUnits = 0
    """Units that a change adds: a month from then on to a volume, once to a backlog."""
    effort: UncertainFactor = 0
    """Relative rise of the hours of a unit, or of what is left of a backlog."""

    @model_validator(mode="after")
    def _changes_something(self) -> ScopeChange:
        if self.units == 0 and self.effort == 0:
            raise ValueError("a change of scope changes nothing: give it units, effort or both")
        return self

    def arrives(self, draws: Draws, months: int) -> Array:
        """True in the months in which a change comes, (months, paths or 1)."""
        chance = draws.value(self.chance, "delivery.effort.scope.chance")
        return happens(draws.normals("delivery.effort.scope.noise", months), chance)

    def more_units(self, draws: Draws) -> Any:
        """Units that one change adds, a number or (1, paths) [units]."""
        return draws.value(self.units, "delivery.effort.scope.units")

    def more_effort(self, draws: Draws) -> Any:
        """By how much one change makes the work harder, a number or (1, paths) [share]."""
        return draws.value(self.effort, "delivery.effort.scope.effort")

    def so_far(self, draws: Draws, months: int) -> Array:
        """Changes that have come by each month, this one included, (months, paths or 1)."""
        return np.cumsum(self.arrives(draws, months), axis=0)


def grown(
    effort: Array, reached: Array, arrives: Array, lots: Array, harder: Any
) -> tuple[Array, Array, Array]:
    """A backlog whose scope changes while it is worked on.

    ``effort`` is cumulative hours until each unit is done, (units, paths); ``reached`` what the
    team has worked by each month's end if there is enough to do, (months, paths or 1); ``arrives``
    in which months a change comes; ``lots`` the hours that it adds, (months, paths); ``harder`` by
    how much what is left becomes harder.

    Returns cumulative hours of units and lots, (units + months, paths), hours in all, (paths,), and
    which changes came, (months, paths).
    """
    months = len(reached)
    shape = np.broadcast_shapes(effort.shape[1:], reached.shape[1:], arrives.shape[1:])
    ends = np.zeros((len(effort) + months, *shape))
    ends[: len(effort)] = effort
    came = np.zeros((months, *shape), dtype=bool)
    last, rise = np.broadcast_to(effort[-1], shape), np.ravel(harder)
    for month in range(months):
        before = reached[month - 1] if month else 0.0
        came[month] = arrives[month] & (last > before * (1 + TINY))
        if rise.any():
            known = ends[: len(effort) + month]
            known += np.maximum(known - before, 0) * (came[month] * rise)
            last = known[-1]
        last = last + lots[month] * came[month]
        ends[len(effort) + month] = last
    return ends, last, came
