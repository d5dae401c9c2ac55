"""A reserve that is filled from the payments."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import model_validator

from scenarios.ledger import Ledger
from scenarios.quantities import Money, Share
from scenarios.term import Array, Change, Clause, Stage
from scenarios.world import World


class ReserveFund(Clause):
    """Of each payment the buyer keeps {share} back in a reserve. [if covers is credits: Credits of
    the buyer are taken from the reserve as far as it goes, and the invoice is paid without
    them.][if covers is low months: In a month in which less than {floor} is to be paid, the
    provider is paid the difference from the reserve as far as it goes.] What is left is paid to the
    provider in the contract's last month.

    Formula: Res_t = Res_{t-1} + share * max(payment_t, 0) - draw_t, draw_t = min(Res_{t-1} + share
    * max(payment_t, 0), credits_t or max(floor - payment_t, 0)); in the last month Res_t is paid
    out.

    Source: a published Scanlon plan reserves a quarter of the workers' part for deficit months
    (qoschin.com, Dessler); a share of the payments is an assumption. It moves when the fee is paid,
    not how much, and acts on what the provider would be paid by the lines above: the balance is
    never negative, bears no interest and ends at zero. Credits are the fees of earlier lines whose
    budget row is ``credits``, netted by month.
    """

    stage: ClassVar[Stage] = "cash"
    budget: ClassVar[str] = "payment timing"

    share: Share
    """Share of each month's payment that is kept back."""
    covers: Literal["credits", "low months"] = "credits"
    """What the reserve pays for: credits, or months with a low payment."""
    floor: Money = 0
    """For low months: the payment a month up to which the reserve pays [money]."""

    @model_validator(mode="after")
    def _floor_where_it_counts(self) -> ReserveFund:
        if (self.covers == "low months") != (self.floor > 0):
            raise ValueError(
                f"covers {self.covers!r} with a floor of {self.floor:g}: give a floor above 0 with "
                "'low months', and none with 'credits'"
            )
        return self

    def apply(self, world: World, ledger: Ledger) -> Change:
        """What is drawn and released, less what is kept back."""
        kept = np.maximum(ledger.cash, 0) * self.share
        due, ends = self._due(ledger), world.closes(world.end)
        cash = ledger.zeros()
        balance = ledger.zeros()[0]
        for month in range(world.months):
            held = balance + kept[month]
            drawn = np.where(ends[month], held, np.minimum(held, due[month]))
            balance = held - drawn
            cash[month] = drawn - kept[month]
        return Change(cash=cash)

    def _due(self, ledger: Ledger) -> Array:
        """What the reserve is to pay each month, (months, paths) [money]."""
        if self.covers == "low months":
            return np.asarray(np.maximum(self.floor - ledger.cash, 0))
        fees = ledger.zeros()
        for line in ledger:
            if line.budget == "credits" and "fee" in line.amounts:
                fees = fees + line.amounts["fee"]
        return np.asarray(np.maximum(-fees, 0))
