"""A cap on the fee."""

from __future__ import annotations

from typing import ClassVar

from pydantic import model_validator

from scenarios.ledger import Ledger
from scenarios.quantities import Money
from scenarios.term import Array, Clause, over_the_limit
from scenarios.world import World


class FeeCap(Clause):
    """The fee shall not exceed {monthly} a month, {annual} a contract year, {total} in all.

    The narrowest period is applied first. What is above a cap is not paid later, unless a credit
    makes room under it again.
    """

    budget: ClassVar[str] = "caps and floors"

    monthly: Money | None = None
    """Most money a month; none for no cap."""
    annual: Money | None = None
    """Most money a contract year; none for no cap."""
    total: Money | None = None
    """Most money over the whole contract; none for no cap."""

    @model_validator(mode="after")
    def _something(self) -> FeeCap:
        if self.monthly is None and self.annual is None and self.total is None:
            raise ValueError("needs monthly, annual or total")
        return self

    def apply(self, world: World, ledger: Ledger) -> Array:
        """Minus what the fee is above each cap in turn."""
        change: Array | None = None
        for limit, every in ((self.monthly, 1), (self.annual, 12), (self.total, None)):
            if limit is not None:
                fee = ledger.fee if change is None else ledger.fee + change
                excess = over_the_limit(fee, limit, every)
                change = excess if change is None else change + excess
        return ledger.zeros() if change is None else change
