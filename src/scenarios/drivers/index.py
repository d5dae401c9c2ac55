"""Price indices that contracts and costs follow."""

from __future__ import annotations

import numpy as np

from scenarios.declared import Declared
from scenarios.quantities import LogSpread
from scenarios.uncertain import Array, Draws, UncertainGrowth


class Index(Declared):
    """An index that rises by {annual} a year, with a random walk of {volatility} a year."""

    annual: UncertainGrowth
    """Relative change a year, compounded monthly."""
    volatility: LogSpread = 0
    """Standard deviation of the logarithm after a year."""

    def simulate(self, draws: Draws, months: int, name: str) -> Array:
        """The level, 1 in the first month; its mean is the declared growth; (months, paths)."""
        month = np.arange(months)[:, None]
        growth = (1 + draws.value(self.annual, f"indices.{name}.annual")) ** (month / 12)
        if not self.volatility:
            return np.asarray(growth)
        step = self.volatility / np.sqrt(12)
        walk = np.zeros((months, draws.paths))
        walk[1:] = np.cumsum(draws.normals(f"indices.{name}.noise", months - 1), axis=0) * step
        return np.asarray(growth * np.exp(walk - month * step**2 / 2))
