"""When invoices are paid."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import model_validator

from scenarios.ledger import Ledger
from scenarios.quantities import Days, Share
from scenarios.term import Array, Change, Clause, Stage, add_up
from scenarios.world import World

DAYS_A_MONTH = 30
"""The day convention of the clauses on payment: a month has 30 days, a year 360."""


class PaymentTerms(Clause):
    """The buyer shall pay each invoice {days} days after the end of its month.[ What it pays within
    {early_days} days of that end is paid early.] A month counts 30 days; a payment due between the
    ends of two months counts [if falls is in both months: in both months in proportion][if falls is
    in the later month: in the later month].

    What is paid early and late is what is expected, not what is agreed. It moves when the fee is
    paid, not how much; discounts and interest are terms of their own, with the same shares. It acts
    on what the provider would be paid by the lines above, so put it before a holdback or an escrow.
    What is unpaid when the months end is the ledger's ``outstanding``.

    Formula: a payment of month t due d days later counts in month t + q at the share 1 - r / 30,
    and in month t + q + 1 at r / 30, where d = 30 q + r; or wholly in the later one if r > 0.

    Source: trade terms such as net 30 or 2/10 net 30; 30-day months are the convention 30/360.
    """

    stage: ClassVar[Stage] = "cash"
    survives: ClassVar[bool] = True
    budget: ClassVar[str] = "payment timing"
    invoiced: ClassVar[bool] = False
    planned: ClassVar[tuple[str, ...]] = ("early_share", "late_share", "late_days")

    days: Days
    """Days after the end of the month for which the invoice is written."""
    early_share: Share = 0
    """Share of each invoice that is expected to be paid early, such as for a discount."""
    early_days: Days = 0
    """Days after the end of the month within which a payment is early; that share is paid then."""
    late_share: Share = 0
    """Share of each invoice that is expected to be paid late."""
    late_days: Days = 0
    """Days beyond the terms after which that share is expected to be paid."""
    falls: Literal["in both months", "in the later month"] = "in both months"
    """Where a payment between two months' ends counts."""

    @model_validator(mode="after")
    def _shares_and_days(self) -> PaymentTerms:
        if (self.early_share > 0) != (self.early_days > 0):
            raise ValueError("early_share and early_days go together: give both above 0, or none")
        if (self.late_share > 0) != (self.late_days > 0):
            raise ValueError("late_share and late_days go together: give both above 0, or none")
        if self.early_days > self.days:
            raise ValueError(f"early_days ({self.early_days}) must not be above days ({self.days})")
        if self.early_share + self.late_share > 1:
            raise ValueError(
                f"early_share ({self.early_share}) and late_share ({self.late_share}) are shares "
                "of the same invoice: together at most 1"
            )
        return self

    def apply(self, world: World, ledger: Ledger) -> Change:
        """Each part of the payments so far, later."""
        due = rest = ledger.cash
        paid = []
        for share, days in (
            (self.early_share, self.early_days),
            (self.late_share, self.days + self.late_days),
        ):
            if share:
                rest = rest - due * share
                paid.append(self._later(due * share, days, ledger))
        return Change(cash=add_up([self._later(rest, self.days, ledger), *paid]) - due)

    def _later(self, amounts: Array, days: int, ledger: Ledger) -> Array:
        """The amounts so many days later, on whole months."""
        months, over = divmod(days, DAYS_A_MONTH)
        if over and self.falls == "in the later month":
            months, over = months + 1, 0
        if not over:
            return ledger.later(amounts, months)
        second = amounts * over / DAYS_A_MONTH
        return ledger.later(amounts - second, months) + ledger.later(second, months + 1)
