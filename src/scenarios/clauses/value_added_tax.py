"""Value-added tax that the buyer cannot recover."""

from __future__ import annotations

from typing import ClassVar

from scenarios.ledger import Ledger
from scenarios.quantities import Share
from scenarios.term import Change, Clause
from scenarios.world import World


class ValueAddedTax(Clause):
    """All fees are net of value-added tax, which the buyer pays in addition at {rate} of them.

    Formula: buyer's cost = fee * rate * (1 - recoverable).

    Source: the law where the service is received; banks, insurers and public bodies recover part of
    the tax or none, the shares are an assumption and nothing that the parties agree. Put it last
    among what moves money: it taxes the fee as it then stands, and credits lower it. The
    recoverable part, and the weeks until it comes back, are left out: it passes through both
    parties' books. Fees that are due after the end are taxed too.
    """

    survives: ClassVar[bool] = True
    budget: ClassVar[str] = "tax"
    invoiced: ClassVar[bool] = False
    planned: ClassVar[tuple[str, ...]] = ("recoverable",)

    rate: Share
    """Rate of the tax on the fee."""
    recoverable: Share = 0
    """Share of the tax that the buyer is expected to recover."""

    @classmethod
    def label(cls) -> str:
        """The name of its ledger line, as people write it."""
        return "value-added tax"

    def apply(self, world: World, ledger: Ledger) -> Change:
        """The tax on the fee so far that the buyer bears."""
        return Change(buyer_cost=ledger.fee * (self.rate * (1 - self.recoverable)))
