"""Time and materials with a ceiling."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from scenarios.clauses.misses import at_least
from scenarios.ledger import Ledger
from scenarios.quantities import Money, Share
from scenarios.term import Array, Clause, over_the_limit
from scenarios.world import World


class NotToExceed(Clause):
    """The total fee shall not exceed {amount}. [if then is complete at cost: Once it is reached,
    the provider completes the work at its own cost.][if then is stop work: Once it is reached,
    work stops at the end of that month and the contract ends.][ A notice to the buyer is due in
    the month in which the total fee first passes {notice} of that amount.]

    Formula: paid_t = min(fee_t, amount - sum of what was paid before); notice in the first month
    with sum(fee) > notice * amount.

    Source: FAR 52.232-7; notice at 85 % of the ceiling. Stop work leaves the risk of completion
    with the buyer, completion at the provider's cost moves it to the provider. An amount reached
    to the cent is reached. The notice looks at the fee before the ceiling cuts it; FAR also
    counts the costs expected in the next 30 days, this clause only what has been charged.
    """

    budget: ClassVar[str] = "caps and floors"

    amount: Money
    """Money over the whole contract."""
    then: Literal["complete at cost", "stop work"] = "complete at cost"
    """The provider finishes at its own cost, or work stops at the end of that month."""
    notice: Share = 0.85
    """Share of the amount whose passing must be told to the buyer; 0 for no notice."""

    @property
    def can_stop(self) -> bool:
        """Only stop work ends the contract."""
        return self.then == "stop work"

    def apply(self, world: World, ledger: Ledger) -> Array:
        """Minus what the cumulative fee is above the ceiling, (months, paths) [money]."""
        return over_the_limit(ledger.fee, self.amount, None)

    def stops(self, world: World, ledger: Ledger) -> Array | None:
        """Stop work: once the ceiling is reached."""
        return at_least(world.running(ledger.fee), self.amount) if self.can_stop else None

    def notices(self, world: World, ledger: Ledger) -> Array | None:
        """True in the month in which the cumulative fee first passes the notice share."""
        if not self.notice:
            return None
        passed = world.running(ledger.fee) > self.amount * self.notice
        passed = np.logical_or.accumulate(passed, axis=0)
        passed[1:] &= ~passed[:-1]
        return passed
