"""Market prices that benchmarks and price reviews look at."""

from __future__ import annotations

import numpy as np

from scenarios.declared import Declared
from scenarios.drivers.index import walk
from scenarios.quantities import LogSpread
from scenarios.uncertain import Array, Draws, UncertainGrowth, UncertainPrice


class MarketPrice(Declared):
    """A market price of {price} at the start, which changes by {annual} a year, with a random walk
    of {volatility} a year.
    """

    price: UncertainPrice
    """The price in the first month [money per unit, or per hour for a role]."""
    annual: UncertainGrowth = 0
    """Relative change a year, compounded monthly."""
    volatility: LogSpread = 0
    """Standard deviation of the logarithm after a year."""

    def simulate(self, draws: Draws, months: int, name: str) -> Array:
        """The price, (months, paths or 1) [money per unit]; its mean is the declared growth."""
        level = walk(self.annual, self.volatility, draws, months, f"market.{name}")
        return np.asarray(level * draws.value(self.price, f"market.{name}.price"))
