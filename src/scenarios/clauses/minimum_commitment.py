"""Take-or-pay."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from scenarios.ledger import Ledger
from scenarios.quantities import MoneyByYear, Share
from scenarios.term import Array, Clause, by_year
from scenarios.world import World


class MinimumCommitment(Clause):
    """The buyer commits to charges of {annual} a contract year and pays {share} of what is
    lacking at the year's close.

    Source: take-or-pay, underutilization charge, in published agreements. A year that ends early
    counts in proportion to its months. Put it before the credits: after them it would refund them.
    """

    budget: ClassVar[str] = "caps and floors"

    annual: MoneyByYear
    """Money a contract year: one number, or one a year (the last goes on)."""
    share: Share = 1
    """Share of the shortfall that is paid."""

    def apply(self, world: World, ledger: Ledger) -> Array:
        """The shortfall, at each year's close."""
        committed = by_year(self.annual, world) * world.elapsed(12) / 12
        shortfall = np.maximum(committed - world.running(ledger.fee, 12), 0) * self.share
        return np.where(world.closes(12), shortfall, 0)
