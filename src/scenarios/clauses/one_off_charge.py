"""A charge paid once: transition, parallel running, tools."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from scenarios.ledger import Ledger
from scenarios.quantities import Money, Span
from scenarios.term import Change, Clause
from scenarios.world import World


class OneOffCharge(Clause):
    """The buyer pays {amount} for {purpose}[if months is 1: , once, in contract month {month}][if
    months is not 1: , in {months} equal monthly parts from contract month {month} on].

    Formula: fee_t = A / n in the n months from the month named on.

    Source: transition, parallel running and tools as one-offs, general practice. What it costs the
    provider is its own number, no part of the paper. Parts that would fall after the end of the
    contract are not paid.
    """

    budget: ClassVar[str] = "one-offs"
    planned: ClassVar[tuple[str, ...]] = ("cost",)

    amount: Money
    """Money in all."""
    purpose: str = "transition"
    """What it is paid for."""
    month: Span = 1
    """Contract month, from 1, in which it is paid, or in which the first part is."""
    months: Span = 1
    """Months over which it is paid in equal parts."""
    cost: Money = 0
    """What it costs the provider in all, in the same months."""

    @classmethod
    def label(cls) -> str:
        """The name of its ledger line, as people write it."""
        return "one-off charge"

    def apply(self, world: World, ledger: Ledger) -> Change:
        """The charge and its cost, in their months."""
        since = world.month - (self.month - 1)
        due = (since >= 0) & (since < self.months)
        charge = np.where(due, self.amount / self.months, ledger.zero)
        if not self.cost:
            return Change(fee=charge)
        return Change(fee=charge, provider_cost=np.where(due, self.cost / self.months, ledger.zero))
