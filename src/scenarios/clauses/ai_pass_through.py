"""The running cost of the automation, passed through."""

from __future__ import annotations

from typing import ClassVar

from scenarios.ledger import Ledger
from scenarios.quantities import Factor, Share
from scenarios.term import Array, Clause
from scenarios.world import World


class AiPassThrough(Clause):
    """The provider bills {share} of the running cost of the automation at cost, plus a handling
    fee of {handling} of it.

    Source: materials under time and materials; FAR 52.232-7 allows no handling fee unless it is
    agreed. Without this clause the provider bears the cost within its prices.
    """

    budget: ClassVar[str] = "AI at cost"

    share: Share = 1
    """Share of the running cost that is billed."""
    handling: Factor = 0
    """Handling fee as a share of what is billed."""

    @classmethod
    def label(cls) -> str:
        """The name of its ledger line, as people write it."""
        return "AI pass-through"

    def apply(self, world: World, ledger: Ledger) -> Array:
        """The cost billed, handling included."""
        return world["cost.ai"] * (self.share * (1 + self.handling))
