"""Termination for convenience, and what it costs."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import model_validator

from scenarios.ledger import Ledger
from scenarios.quantities import Factor, Money, Months, Share, Span
from scenarios.term import Array, Clause
from scenarios.world import World


class TerminationForConvenience(Clause):
    """The buyer may terminate the contract for convenience at the end of a month[, with a notice of
    {notice_months} months]. If it does, it owes the provider a termination fee in the last month.
    [if form is amortised: The fee is the sum of the amounts named next, and nothing where none is
    named.][ It includes what is not yet amortised of an investment of {investment}][, in equal
    parts over {amortised_over} months.][if investment is not 0 and amortised_over is none: , in
    equal monthly parts over the contract's duration.][ It includes {wind_down} for winding down.]
    [ It includes {monthly_fees} times the average monthly fee so far.][if form is months remaining:
    The fee is {share} of the average monthly fee so far for each month that remains of the
    contract.][if form is share of annual fee: The fee is {share} of the annual fee, which is twelve
    times the average monthly fee so far.]

    The average monthly fee is formed on the lines above this one. The termination fee is owed only
    where the contract still ran: if another clause ended it before, there is none; if another ends
    it in the same month, there is. ``month`` is when we plan to use the right, and not agreed; left
    out, the right is on paper and nobody uses it. The notice falls ``notice_months`` before the
    end.

    Formula: fee(m) = I * max(0, 1 - m / M) + W + k * F, or s * F * (N - m), or s * 12 * F; m the
    month of the end from 1, F the average monthly fee up to m, N the contract's months, M the
    months of amortisation.

    Source: published clauses ask 25 % of the annual fee as liquidated damages, or the average
    monthly fee times the months remaining; linear amortisation is general practice.
    """

    budget: ClassVar[str] = "exit"
    ends_by_right: ClassVar[bool] = True
    planned: ClassVar[tuple[str, ...]] = ("month",)

    month: Span | None = None
    """Contract month, from 1, at whose end the buyer plans to use the right; none for never."""
    form: Literal["amortised", "months remaining", "share of annual fee"] = "amortised"
    """How the termination fee is formed."""
    investment: Money = 0
    """The provider's investment, of which the unamortised part is paid [money]."""
    amortised_over: Span | None = None
    """Months over which the investment is amortised; none for the whole contract."""
    wind_down: Money = 0
    """The provider's costs of winding down [money]."""
    monthly_fees: Factor = 0
    """How many average monthly fees are paid."""
    share: Share | None = None
    """Share of what remains, or of the annual fee; none where the fee is amortised."""
    notice_months: Months = 0
    """Months before the end by which the buyer must say so."""

    @model_validator(mode="after")
    def _one_form(self) -> TerminationForConvenience:
        amounts = self.investment or self.wind_down or self.monthly_fees
        if self.form == "amortised" and self.share is not None:
            raise ValueError(
                "share is for the forms 'months remaining' and 'share of annual fee'; the "
                "amortised form takes investment, wind_down and monthly_fees"
            )
        if self.form != "amortised" and (self.share is None or amounts):
            raise ValueError(
                f"the form {self.form!r} takes share, such as 0.25, and no investment, wind_down "
                "or monthly_fees"
            )
        if self.amortised_over is not None and not self.investment:
            raise ValueError("amortised_over needs an investment")
        if self.month is not None and self.month <= self.notice_months:
            raise ValueError(
                f"a notice of {self.notice_months} months cannot end the contract in month "
                f"{self.month}: month must be above notice_months"
            )
        return self

    @property
    def can_stop(self) -> bool:
        """Only where the buyer uses the right."""
        return self.month is not None

    def apply(self, world: World, ledger: Ledger) -> Array:
        """The termination fee, in the last month of the contract that it ends."""
        if self.month is None:
            return ledger.zeros()
        ends = world.ends_early & (world.month == self.month - 1)
        return np.where(ends, self._fee(world, ledger), 0)

    def _fee(self, world: World, ledger: Ledger) -> Array:
        """What ending the contract at each month's end would cost."""
        months = world.month + 1
        average = world.running(ledger.fee) / months
        if self.share is not None:
            times = 12 if self.form == "share of annual fee" else world.end - months
            return average * self.share * times
        over = self.amortised_over or world.end
        unamortised = np.maximum(over - months, 0) * self.investment / over
        return average * self.monthly_fees + unamortised + self.wind_down

    def ends(self, world: World) -> Array | None:
        """At the end of the month written, where the contract does not end by itself by then."""
        if self.month is None:
            return None
        ends = (world.month == self.month - 1) & (world.month < world.end - 1)
        return np.broadcast_to(ends, (world.months, world.paths))

    def notices(self, world: World, ledger: Ledger) -> Array | None:
        """The buyer's notice."""
        if self.month is None:
            return None
        due = world.month == self.month - 1 - self.notice_months
        return np.broadcast_to(due & (world.since_end < 1), (world.months, world.paths))
