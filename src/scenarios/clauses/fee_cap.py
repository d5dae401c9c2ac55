"""A cap on the fee."""

from __future__ import annotations

from typing import ClassVar

from pydantic import model_validator

from scenarios.ledger import Ledger
from scenarios.quantities import Money
from scenarios.term import Array, Clause, over_the_limit
from scenarios.world import World


class FeeCap(Clause):
    """[if monthly is not none: The fee of a month shall not exceed {monthly}.][if annual is not
    none:  The fee of a contract year shall not exceed {annual}.][if total is not none:  The fee of
    the whole contract shall not exceed {total}.] What is above a cap
    is not paid later, unless a credit makes room under it again.

    Formula: paid_t = min(sum of fee, cap) - min(sum of fee before t, cap) within each period.

    Source: contract practice. The narrowest period is applied first: what a month's cap has
    taken does not use up the year. A cap is not reduced for a contract year cut short.
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
        """Minus what the fee is above each cap in turn, (months, paths) [money]."""
        change: Array | None = None
        for limit, every in ((self.monthly, 1), (self.annual, 12), (self.total, None)):
            if limit is not None:
                fee = ledger.fee if change is None else ledger.fee + change
                excess = over_the_limit(fee, limit, every)
                change = excess if change is None else change + excess
        return ledger.zeros() if change is None else change
