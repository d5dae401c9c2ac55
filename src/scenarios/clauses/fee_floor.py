"""A floor under the fee."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from pydantic import model_validator

from scenarios.ledger import Ledger
from scenarios.quantities import Money
from scenarios.term import Array, Clause
from scenarios.world import World


class FeeFloor(Clause):
    """The fee shall not be less than {monthly} a month, {annual} a contract year, {total} in all.

    The narrowest period is applied first. A year is topped up in its last month, in proportion to
    the months that ran; the total when the contract ends, in proportion to its length.
    """

    budget: ClassVar[str] = "caps and floors"

    monthly: Money | None = None
    """Least money a month; none for no floor."""
    annual: Money | None = None
    """Least money a contract year; none for no floor."""
    total: Money | None = None
    """Least money over the whole contract; none for no floor."""

    @model_validator(mode="after")
    def _something(self) -> FeeFloor:
        if self.monthly is None and self.annual is None and self.total is None:
            raise ValueError("needs monthly, annual or total")
        return self

    def apply(self, world: World, ledger: Ledger) -> Array:
        """What the fee lacks: each month, at each year's close, and at the end."""
        change = ledger.zeros()
        if self.monthly is not None:
            change = np.maximum(self.monthly - ledger.fee, 0)
        if self.annual is not None:
            floor = self.annual * world.elapsed(12) / 12
            lacking = np.maximum(floor - world.running(ledger.fee + change, 12), 0)
            change = change + np.where(world.closes(12), lacking, 0)
        if self.total is not None:
            floor = self.total * (world.month + 1) / world.end
            lacking = np.maximum(floor - world.running(ledger.fee + change), 0)
            change = change + np.where(world.closes(world.end), lacking, 0)
        return change
