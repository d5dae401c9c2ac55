"""Price indices that contracts and costs follow."""

from __future__ import annotations

import numpy as np

from scenarios.declared import Declared
from scenarios.quantities import LogSpread
from scenarios.uncertain import Array, Distribution, Draws, UncertainGrowth


class Index(Declared):
    """An index that rises by {annual} a year, with a random walk of {volatility} a year."""

    annual: UncertainGrowth
    """Relative change a year, compounded monthly."""
    volatility: LogSpread = 0
    """Standard deviation of the logarithm after a year."""

    def simulate(self, draws: Draws, months: int, name: str) -> Array:
        """The level, 1 in the first month; its mean is the declared growth; (months, paths)."""
        return walk(self.annual, self.volatility, draws, months, f"indices.{name}")


def walk(
    annual: float | Distribution, volatility: float, draws: Draws, months: int, key: str
) -> Array:
    """A growing random walk, 1 at first, (months, paths); its mean is the declared growth.

    ``volatility`` is the standard deviation of the logarithm after a year; ``key`` begins the names
    of its streams.
    """
    month = np.arange(months)[:, None]
    growth = (1 + draws.value(annual, f"{key}.annual")) ** (month / 12)
    if not volatility:
        return np.asarray(growth)
    step = volatility / np.sqrt(12)
    walked = np.zeros((months, draws.paths))
    walked[1:] = np.cumsum(draws.normals(f"{key}.noise", months - 1), axis=0) * step
    return np.asarray(growth * np.exp(walked - month * step**2 / 2))
