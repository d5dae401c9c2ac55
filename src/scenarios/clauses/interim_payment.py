"""Interim payment while an amount is disputed."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from pydantic import model_validator

from scenarios.ledger import Ledger
from scenarios.quantities import Months, Share
from scenarios.term import Change, Clause, Stage
from scenarios.world import World


class InterimPayment(Clause):
    """Of an amount that it disputes, the buyer shall pay {interim} when the rest of the invoice is
    due. The dispute is decided [if months is 0: in the same month][within {months} months after
    that]; what is then still owed is paid, what was paid too much is given back.

    ``share`` and ``upheld`` are what is expected, not what is agreed. What the decision strikes off
    the fee is the disputed amounts, a term of its own: give both the same ``share`` and ``upheld``.
    This one moves when the rest is paid, not how much. It acts on what the provider would be paid
    by the lines above, after what is struck off. A refund, a payment below zero, is not disputed.

    Formula: D = s * max(payment, 0) / (1 - s * (1 - u)) is what was disputed; (u - i) * D is paid n
    months later than the rest, or given back where it is negative.

    Source: dispute windows with interim payment are general practice; shares are the parties' own,
    no source at hand.
    """

    stage: ClassVar[Stage] = "cash"
    survives: ClassVar[bool] = True
    budget: ClassVar[str] = "payment timing"
    invoiced: ClassVar[bool] = False
    planned: ClassVar[tuple[str, ...]] = ("share", "upheld")

    share: Share
    """Share of each fee that is expected to be disputed."""
    interim: Share
    """Share of the disputed amount that is paid at once."""
    months: Months
    """Months in which a dispute is decided; simulated as taken in full."""
    upheld: Share = 1
    """Share of the disputed amount that is expected to be found owed to the provider."""

    @model_validator(mode="after")
    def _something_is_owed(self) -> InterimPayment:
        if self.share * (1 - self.upheld) >= 1:
            raise ValueError(
                "with all of the fee disputed and none of it found to be owed, there is nothing to "
                "pay: give a share below 1, or upheld above 0"
            )
        return self

    def apply(self, world: World, ledger: Ledger) -> Change:
        """The disputed rest, once it is decided."""
        owed = 1 - self.share * (1 - self.upheld)
        rest = np.maximum(ledger.cash, 0) * (self.share * (self.upheld - self.interim)) / owed
        return Change(cash=ledger.later(rest, self.months) - rest)
