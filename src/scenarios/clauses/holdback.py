"""Holdback, also called retainage."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import model_validator

from scenarios.ledger import Ledger
from scenarios.quantities import Money, Months, Share, Span
from scenarios.term import Array, Change, Clause, Stage
from scenarios.world import World


class Holdback(Clause):
    """The buyer holds back {share} of each payment[, but never more than {most} in all,] and
    releases it {months} months after [if release is payment: the payment was due][if release is
    acceptance: acceptance in contract month {accepted}, or after the contract's end if that comes
    first][if release is contract end: the end of the contract].

    It moves when the fee is paid, not how much; what is still held when the months end is the
    ledger's ``outstanding``. It acts on what the provider would be paid by the lines above.
    Released after acceptance or at the contract's end, ``months`` is the warranty, and nothing is
    held of later payments; nor is anything held of a refund, a month's payment below zero.

    Formula: held(t) = h * max(payment(t), 0), at most what is missing to the limit; released(t) =
    held(t - n), or all that is held n months after acceptance or the end.

    Source: retainage of 5, 10, 20 and 35 % in published payment clauses; FAR 52.232-7 withholds
    5 %, at most 50,000 dollars, until release.
    """

    stage: ClassVar[Stage] = "cash"
    survives: ClassVar[bool] = True
    budget: ClassVar[str] = "payment timing"

    share: Share
    """Share of each month's payment."""
    months: Months
    """Months until release."""
    release: Literal["payment", "acceptance", "contract end"] = "payment"
    """What the months are counted from."""
    accepted: Span | None = None
    """Contract month, from 1, of acceptance; none where that does not release it."""
    most: Money | None = None
    """Most that is held at any time [money]; none for no limit."""

    @model_validator(mode="after")
    def _acceptance_has_a_month(self) -> Holdback:
        if (self.release == "acceptance") != (self.accepted is not None):
            raise ValueError(
                "accepted, the contract month of acceptance, goes with release: acceptance; "
                "give both or neither"
            )
        return self

    def apply(self, world: World, ledger: Ledger) -> Change:
        """Less now, the same later."""
        held = np.maximum(ledger.cash, 0) * self.share
        if self.release == "payment":
            held = self._limited(held, ledger)
            return Change(cash=ledger.later(held, self.months) - held)
        since = world.since_end
        if self.accepted is not None:
            since = np.maximum(since, world.month - (self.accepted - 1))
        held = self._limited(np.where(since < 1, held, 0), ledger)
        return Change(cash=np.where(since == self.months, world.running(held), 0) - held)

    def _limited(self, wanted: Array, ledger: Ledger) -> Array:
        """What is held, month by month, so that the sum not yet released stays within the limit."""
        if self.most is None:
            return wanted
        held = ledger.zeros()
        balance = ledger.zeros()[:1]
        for month in range(ledger.months):
            if self.release == "payment" and month >= self.months:
                balance = balance - held[month - self.months]
            held[month] = np.minimum(wanted[month], self.most - balance)
            balance = balance + held[month]
        return held
