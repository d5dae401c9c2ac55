"""The buyer's own management of the contract."""

from __future__ import annotations

import numpy as np

from scenarios.declared import Declared
from scenarios.drivers.channels import Channels
from scenarios.uncertain import Array, Draws, UncertainFactor, UncertainGrowth


class Management(Declared):
    """Coordination takes {load} times what the deals plan, changing by {growth} a year."""

    load: UncertainFactor = 1
    """Management needed over management planned."""
    growth: UncertainGrowth = 0
    """Relative change a year, such as own wages."""
    channels: Channels | None = None
    """What coordination inside the team costs; none where nobody asks."""

    def simulate(self, draws: Draws, months: int) -> Array:
        """The factor on planned coordination, (months, paths or 1)."""
        month = np.arange(months)[:, None]
        growth = (1 + draws.value(self.growth, "management.growth")) ** (month / 12)
        return np.asarray(draws.value(self.load, "management.load") * growth)
