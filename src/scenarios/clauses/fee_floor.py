"""A floor under the fee."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from pydantic import model_validator

from scenarios.ledger import Ledger
from scenarios.quantities import Money
from scenarios.term import Array, Clause
from scenarios.world import World


class FeeFloor(Clause):
    """[if monthly is not none: The fee of a month shall not be less than {monthly}.][if annual is
    not none:  The fee of a contract year shall not be less than {annual}.][if total is not none:
    The fee of the whole contract shall not be less than {total}.] What is
    lacking is paid when the month, the year or the contract closes. If a year or the contract ends
    early, its floor is reduced in proportion to the months that ran.

    Formula: top-up = max(floor * months that ran / months of the period - sum of fee, 0), in the
    last month of the period.

    Source: contract practice. The narrowest period is applied first: what tops up a month counts
    towards the year, and what tops up a year towards the whole.
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
        """What the fee lacks: each month, at each year's close, and at the end; (months, paths)
        [money].
        """
        change: Any = None
        for floor, every in ((self.monthly, 1), (self.annual, 12), (self.total, world.end)):
            if floor is not None:
                fee = ledger.fee if change is None else ledger.fee + change
                more = lacking(fee, floor, world, every)
                change = more if change is None else change + more
        return np.asarray(change)


def lacking(fee: Array, floor: Any, world: World, every: int) -> Array:
    """What the fee lacks to a floor at the close of each period of so many months, in proportion
    to the months that ran; nothing in other months, (months, paths) [money].
    """
    due = floor * world.elapsed(every) / every
    return world.at_close(np.maximum(due - world.running(fee, every), 0), every)
