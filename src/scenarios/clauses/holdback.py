"""Holdback, also called retainage."""

from __future__ import annotations

from typing import ClassVar

from scenarios.ledger import Ledger
from scenarios.quantities import Months, Share
from scenarios.term import Change, Clause, Stage
from scenarios.world import World


class Holdback(Clause):
    """The buyer holds back {share} of each fee and releases it {months} months later.

    Source: retainage of 5 to 20 % in published payment clauses. It moves when the fee is paid, not
    how much; what is still held when the months end is the ledger's ``outstanding``.
    """

    stage: ClassVar[Stage] = "cash"
    survives: ClassVar[bool] = True
    budget: ClassVar[str] = "payment timing"

    share: Share
    """Share of each month's fee."""
    months: Months
    """Months until release."""

    def apply(self, world: World, ledger: Ledger) -> Change:
        """Less now, the same later."""
        held = ledger.fee * self.share
        return Change(cash=ledger.later(held, self.months) - held)
