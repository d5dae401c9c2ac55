"""Who runs the day-to-day coordination."""

from __future__ import annotations

from typing import ClassVar

from scenarios.ledger import Ledger
from scenarios.quantities import Money
from scenarios.term import Change, Clause
from scenarios.world import World


class Coordination(Clause):
    """Each party manages this contract with its own staff and bears the cost of it; nothing of it
    is part of the fee.

    Formula: buyer cost(t) = buyer x activity(t) x management(t); provider cost(t) = provider x
    activity(t), where activity is the share of the month in which the team works.

    Source: the parties' own plans; an assumption unless a figure is measured. Coordination that a
    deal moves does not vanish: it shows on both parties' cost. Both amounts are plans and not
    agreed; the scenario's ``management`` says how much more or less the buyer's takes.
    """

    budget: ClassVar[str] = "own staff"
    invoiced: ClassVar[bool] = False
    planned: ClassVar[tuple[str, ...]] = ("buyer", "provider")

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
