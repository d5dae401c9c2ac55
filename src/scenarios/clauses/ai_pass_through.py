"""The running cost of the automation, passed through."""

from __future__ import annotations

from typing import ClassVar

from scenarios.ledger import Ledger
from scenarios.quantities import Share
from scenarios.term import Array, Clause
from scenarios.world import World


class AiPassThrough(Clause):
    """The buyer pays the provider {share} of each month's running cost of the automation, at cost
    [and with a handling fee of {handling} of what is billed]. The provider bears whatever part of
    that cost is not billed.

    Formula: fee(t) = running cost of automation(t) x share x (1 + handling).

    Source: materials under time and materials; FAR 52.232-7 allows no handling fee unless it is
    agreed. Without this clause the provider bears the cost within its prices.
    """

    budget: ClassVar[str] = "AI at cost"

    share: Share = 1
    """Share of the running cost that is billed."""
    handling: Share = 0
    """Handling fee as a share of what is billed."""

    @classmethod
    def label(cls) -> str:
        """The name of its ledger line, as people write it."""
        return "AI pass-through"

    def apply(self, world: World, ledger: Ledger) -> Array:
        """The cost billed, handling included."""
        return world["cost.ai"] * (self.share * (1 + self.handling))
