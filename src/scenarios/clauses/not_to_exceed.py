"""Time and materials with a ceiling."""

from __future__ import annotations

from typing import ClassVar, Literal

from scenarios.ledger import Ledger
from scenarios.quantities import Money
from scenarios.term import Array, Clause, over_the_limit
from scenarios.world import World


class NotToExceed(Clause):
    """The total fee shall not exceed {amount}; when it is reached, {then}.

    Source: FAR 52.232-7. Stop work leaves the risk of completion with the buyer, completion at
    the provider's cost moves it to the provider.
    """

    budget: ClassVar[str] = "caps and floors"

    amount: Money
    """Money over the whole contract."""
    then: Literal["complete at cost", "stop work"] = "complete at cost"
    """The provider finishes at its own cost, or work stops at the end of that month."""

    @property
    def can_stop(self) -> bool:
        """Only stop work ends the contract."""
        return self.then == "stop work"

    def apply(self, world: World, ledger: Ledger) -> Array:
        """Minus what the cumulative fee is above the ceiling."""
        return over_the_limit(ledger.fee, self.amount, None)

    def stops(self, world: World, ledger: Ledger) -> Array | None:
        """Stop work: once the ceiling is reached."""
        return world.running(ledger.fee) >= self.amount if self.can_stop else None
