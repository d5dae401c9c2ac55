"""Who pays the one-off investment in automation."""

from __future__ import annotations

from typing import ClassVar

from scenarios.ledger import Ledger
from scenarios.quantities import Share
from scenarios.term import Change, Clause
from scenarios.world import World


class Investment(Clause):
    """The buyer pays {buyer_share} of the one-off investment in automation itself, in the month in
    which it is made and outside the fee. The provider pays the rest.

    Formula: buyer cost(t) = investment(t) x buyer share; provider cost(t) falls by the same.

    Source: own; who finances the set-up is agreed deal by deal. Without this clause the provider
    pays all of it.
    """

    budget: ClassVar[str] = "one-offs"
    invoiced: ClassVar[bool] = False

    buyer_share: Share = 1
    """Share of the one-off that the buyer pays."""

    def apply(self, world: World, ledger: Ledger) -> Change:
        """Moves the outlay from the provider's costs to the buyer's."""
        paid = world["cost.one_off"] * self.buyer_share
        return Change(buyer_cost=paid, provider_cost=-paid)
