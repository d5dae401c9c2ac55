"""Who runs the day-to-day coordination."""

from __future__ import annotations

from typing import ClassVar

from pydantic import model_validator

from scenarios.ledger import Ledger
from scenarios.quantities import WHOLE, Money, Share
from scenarios.term import Change, Clause
from scenarios.world import World


class Coordination(Clause):
    """Each party manages this contract with its own staff and bears the cost of it; nothing of it
    is part of the fee.

    Formula: buyer cost(t) = buyer x activity(t) x management(t) + buyer_share x team(t); provider
    cost(t) = provider x activity(t) + provider_share x team(t), where activity is the share of the
    month in which the team works and team the cost of the coordination inside it.

    Source: the parties' own plans; an assumption unless a figure is measured. Coordination that a
    deal moves does not vanish: it shows on both parties' cost. The amounts are plans and not
    agreed; the scenario's ``management`` says how much more or less the buyer's takes, and in
    ``channels`` what coordination inside the team costs. Whose staff does that depends on the
    deal: as a rule the buyer's where it pays by the hour, the provider's where it pays by outcome.
    """

    budget: ClassVar[str] = "own staff"
    invoiced: ClassVar[bool] = False
    planned: ClassVar[tuple[str, ...]] = ("buyer", "provider", "buyer_share", "provider_share")

    buyer: Money
    """Money a month of the buyer's own staff."""
    provider: Money = 0
    """Money a month of the provider's staff."""
    buyer_share: Share = 0
    """Share of the coordination inside the team that the buyer's staff does; needs channels."""
    provider_share: Share = 0
    """Share of it that the provider's staff does; needs the scenario's ``management.channels``."""

    @model_validator(mode="after")
    def _no_more_than_all(self) -> Coordination:
        together = self.buyer_share + self.provider_share
        if together > 1 + WHOLE:
            raise ValueError(
                f"buyer_share and provider_share are {together:g} together: they share out one "
                "team's coordination, so write 1 or less"
            )
        return self

    def apply(self, world: World, ledger: Ledger) -> Change:
        """The two parties' own costs."""
        activity = world["activity"]
        own = activity * world["management"] * self.buyer
        if self.buyer_share:
            own = own + world["coordination.cost"] * self.buyer_share
        if not self.provider and not self.provider_share:
            return Change(buyer_cost=own)
        other = activity * self.provider
        if self.provider_share:
            other = other + world["coordination.cost"] * self.provider_share
        return Change(buyer_cost=own, provider_cost=other)
