"""Advance payment, recovered from later payments."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from scenarios.ledger import Ledger
from scenarios.quantities import Money, Share, Span
from scenarios.term import Change, Clause, Stage
from scenarios.world import World


class AdvancePayment(Clause):
    """The buyer shall pay {amount} in advance in contract month {month}, and keeps {recovered} of
    each later payment until the advance is recovered; what is not recovered by the contract's end
    is paid back in its last month.

    It moves when the fee is paid, not how much. It acts on what the provider would be paid by the
    lines above. In months given that end before the contract does, what is still to be recovered
    makes the ledger's ``outstanding`` smaller.

    Formula: recovery(t) = min(q * max(0, payment(t)), A - recovered before t); in the last month,
    all that is left.

    Source: advances recovered from progress payments are general practice, no source at hand.
    """

    stage: ClassVar[Stage] = "cash"
    survives: ClassVar[bool] = True
    budget: ClassVar[str] = "payment timing"

    amount: Money
    """The advance [money]."""
    recovered: Share
    """Share of each later payment that is kept."""
    month: Span = 1
    """Contract month, from 1, in which the advance is paid."""

    def apply(self, world: World, ledger: Ledger) -> Change:
        """The advance, and minus what is recovered."""
        since = world.since_end
        paid = np.where((world.month == self.month - 1) & (since < 1), self.amount, 0)
        later = (world.month >= self.month) & (since < 1)
        kept = np.maximum(ledger.cash, 0) * (later * self.recovered)
        back = np.minimum(world.running(kept), self.amount)
        back = np.where(since >= 0, world.running(paid), back)
        return Change(cash=paid - back + ledger.later(back, 1))
