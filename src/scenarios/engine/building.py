"""A world under construction: the scenario, its draws, and the series made so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from scenarios.drivers.alignment import Aligned
from scenarios.scenario import Scenario
from scenarios.uncertain import Array, Distribution, Draws


@dataclass(frozen=True, eq=False)
class Building:
    """What the steps of one world share; each step adds series that later steps read."""

    scenario: Scenario
    draws: Draws
    ahead: int = 0
    """Months by which automation comes sooner than the scenario says."""
    pace: float = 1
    """How many times as fast as the scenario says automation spreads from go-live on."""
    better: float = 0
    """By how much the provider makes KPIs better [standard deviations]."""
    shifts: Mapping[str, float] = field(default_factory=dict)
    """What that moves each KPI's level by [the KPI's unit]."""
    series: dict[str, Array] = field(default_factory=dict)

    @property
    def months(self) -> int:
        """Months of the world."""
        return self.scenario.months

    @property
    def flat(self) -> Array:
        """Nothing in every month, (months, 1)."""
        return np.zeros((self.scenario.months, 1))

    @cached_property
    def shocks(self) -> dict[str, Array]:
        """How much of each shock is felt, by name, (months, paths or 1)."""
        shocks = self.scenario.shocks.items()
        return {name: shock.level(self.draws, self.months, name) for name, shock in shocks}

    @cached_property
    def aligned(self) -> Aligned | None:
        """What the parties' alignment makes of this world; none where nobody asks."""
        declared = self.scenario.alignment
        return None if declared is None else declared.simulate(self.draws, self.months)

    def value(self, number: float | Distribution, key: str) -> Any:
        """The number, or one draw of it a path, (1, paths)."""
        return self.draws.value(number, key)


def absent(number: Any) -> bool:
    """True for a plain zero: what is absent costs no arithmetic."""
    return isinstance(number, int | float) and number == 0
