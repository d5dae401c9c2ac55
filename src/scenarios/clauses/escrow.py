"""Escrow: money that an agent holds for both."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from scenarios.ledger import Ledger
from scenarios.quantities import Months, Share
from scenarios.term import Change, Clause, Stage
from scenarios.world import World


class Escrow(Clause):
    """The buyer shall pay {share} of each payment into escrow when it is due, and the agent
    releases it to the provider {months} months after [if release is payment: it was paid in][if
    release is contract end: the end of the contract].

    The buyer pays as it would without escrow; the provider waits. It acts on what the provider
    would be paid by the lines above, so put it after the payment terms. Simplifications: the
    deposit always goes to the provider in the end, and the agent's own fee is left out. Nothing is
    deposited of a refund, a month's payment below zero.

    Formula: deposit(t) = s * max(payment(t), 0); released(t) = deposit(t - n), or all deposits n
    months after the end; cash = released - deposit, escrow = deposit - released.

    Source: escrow is general practice; shares and months are the parties' own, no source at hand.
    """

    stage: ClassVar[Stage] = "cash"
    survives: ClassVar[bool] = True
    budget: ClassVar[str] = "payment timing"

    share: Share
    """Share of each month's payment."""
    months: Months
    """Months until release."""
    release: Literal["payment", "contract end"] = "payment"
    """What the months are counted from."""

    def apply(self, world: World, ledger: Ledger) -> Change:
        """The provider is paid later; the buyer is not."""
        deposit = np.maximum(ledger.cash, 0) * self.share
        if self.release == "payment":
            waits = deposit - ledger.later(deposit, self.months)
        else:
            since = world.since_end
            deposit = np.where(since < 1, deposit, 0)
            waits = deposit - np.where(since == self.months, world.running(deposit), 0)
        return Change(cash=-waits, escrow=waits)
