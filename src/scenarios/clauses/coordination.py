"""Who runs the day-to-day coordination."""

from __future__ import annotations

from typing import ClassVar

from scenarios.ledger import Ledger
from scenarios.quantities import Money
from scenarios.term import Change, Clause
from scenarios.world import World


class Coordination(Clause):
    """Running this contract takes {buyer} a month of the buyer's own management and {provider} a
    month of the provider's, for each month that the team works.

    Coordination that a deal moves does not vanish: it shows on both parties' cost. The
    buyer's amount is plan; the scenario's ``management`` says how much more or less it takes.
    """

    budget: ClassVar[str] = "own staff"

    buyer: Money
    """Money a month of the buyer's own staff."""
    provider: Money = 0
    """Money a month of the provider's staff."""

    def apply(self, world: World, ledger: Ledger) -> Change:
        """The two parties' own costs."""
        activity = world["activity"]
        own = activity * world["management"] * self.buyer
        if not self.provider:
            return Change(buyer_cost=own)
        return Change(buyer_cost=own, provider_cost=activity * self.provider)
