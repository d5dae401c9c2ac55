"""Termination for convenience, and what it costs."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.declared import Declared
from scenarios.ledger import Ledger
from scenarios.quantities import Factor, Money, Months, Share, Span
from scenarios.term import Array, Clause
from scenarios.world import World


class TerminationPhase(Declared):
    """{share}[ up to an end with contract month {up_to}][if up_to is none:  after that]."""

    share: Share
    """Share of the fees so far."""
    up_to: Span | None = None
    """Contract month, from 1, with which the phase ends; none for the last phase."""


class TerminationForConvenience(Clause):
    """The buyer may terminate the contract for convenience at the end of a month[, with a notice of
    {notice_months} months]. If it does, it owes the provider a termination fee in the last month.
    [if form is amortised: The fee is the sum of the amounts named next, and nothing where none is
    named.][ It includes what is not yet amortised of an investment of {investment}][, in equal
    parts over {amortised_over} months.][if investment is not 0 and amortised_over is none: , in
    equal monthly parts over the contract's duration.][ It includes {wind_down} for winding down.]
    [ It includes {conversion} for the conversion to another provider.][ It includes what a discount
    of {discount} on all prices, granted for the whole contract, took off the fees so far.][ It
    includes {monthly_fees} times the average monthly fee so far.][if form is months remaining:
    The fee is {share} of the average monthly fee so far for each month that remains of the
    contract.][if form is share of annual fee: The fee is {share} of the annual fee, which is twelve
    times the average monthly fee so far.][if form is share of compensation: The fee is a share of
    the fees so far: {phases}.][ Of the months so far only the last {average_of} count for the
    average.]

    The average monthly fee is formed on the lines above this one. The termination fee is owed only
    where the contract still ran: if another clause ended it before, there is none; if another ends
    it in the same month, there is. ``month`` is when we plan to use the right, and not agreed; left
    out, the right is on paper and nobody uses it. The notice falls ``notice_months`` before the
    end.

    Formula: fee(m) = I * max(0, 1 - m / M) + W + C + A * d / (1 - d) + k * F, or s * F * (N - m),
    or s * 12 * F, or s(m) * A; m the month of the end from 1, A all fees up to m, F their average a
    month, N the contract's months, M the months of amortisation, d the discount.

    Source: published clauses ask 25 % of the annual fee as liquidated damages, or the average
    monthly fee times the months remaining; 80 % of that with the average of three months (M&I,
    lawinsider, contract-buyout; there those before the notice, here those before the end); 5 % of
    the compensation earned to date in the design phases and 2 % in later ones (lawinsider,
    termination-expenses), 20 % and 10 % (dispute-resolution-termination); repaid discounts and
    the cost of conversion (lawinsider). Linear amortisation is general practice.
    """

    budget: ClassVar[str] = "exit"
    ends_by_right: ClassVar[bool] = True
    planned: ClassVar[tuple[str, ...]] = ("month",)

    month: Span | None = None
    """Contract month, from 1, at whose end the buyer plans to use the right; none for never."""
    form: Literal[
        "amortised", "months remaining", "share of annual fee", "share of compensation"
    ] = "amortised"
    """How the termination fee is formed."""
    investment: Money = 0
    """The provider's investment, of which the unamortised part is paid [money]."""
    amortised_over: Span | None = None
    """Months over which the investment is amortised; none for the whole contract."""
    wind_down: Money = 0
    """The provider's costs of winding down [money]."""
    conversion: Money = 0
    """The cost of conversion, such as handing over data to another system [money]."""
    discount: Share = 0
    """Discount on all prices for the whole contract, which is repaid; below 1."""
    monthly_fees: Factor = 0
    """How many average monthly fees are paid."""
    share: Share | None = None
    """Share of what remains, or of the annual fee; none in the other forms."""
    phases: Annotated[tuple[TerminationPhase, ...], Field(strict=False)] = ()
    """Shares of the fees so far, phase by phase; empty in the other forms."""
    average_of: Span | None = None
    """Months before the end that the average monthly fee is formed of; none for all."""
    notice_months: Months = 0
    """Months before the end by which the buyer must say so."""

    @model_validator(mode="after")
    def _one_form(self) -> TerminationForConvenience:
        amounts = (self.investment, self.wind_down, self.conversion, self.discount)
        summed = self.form == "amortised"
        phased = self.form == "share of compensation"
        if summed and self.share is not None:
            raise ValueError(
                "share is for the forms 'months remaining' and 'share of annual fee'; the "
                "amortised form takes investment, wind_down, conversion, discount and monthly_fees"
            )
        if not summed and (any(amounts) or self.monthly_fees):
            raise ValueError(
                f"the form {self.form!r} takes no investment, wind_down, conversion, discount or "
                "monthly_fees: those are for the amortised form"
            )
        if not summed and phased != (self.share is None):
            raise ValueError(
                f"the form {self.form!r} takes {'phases' if phased else 'share, such as 0.25'}"
            )
        if phased != bool(self.phases):
            raise ValueError("phases are for the form 'share of compensation', which needs them")
        if self.average_of is not None and self.share is None and not self.monthly_fees:
            raise ValueError("average_of needs monthly_fees or share: nothing else is an average")
        return self

    @model_validator(mode="after")
    def _numbers_fit(self) -> TerminationForConvenience:
        ends = [phase.up_to for phase in self.phases]
        known = [end for end in ends if end is not None]
        if ends and (ends[-1] is not None or None in ends[:-1] or known != sorted(set(known))):
            raise ValueError(f"phases must rise, and only the last has no up_to: up_to is {ends}")
        if self.discount >= 1:
            raise ValueError(f"discount is {self.discount:g}; it must be below 1, such as 0.08")
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
        so_far = world.running(ledger.fee)
        if self.phases:
            return so_far * self._phased(months)
        average = self._average(so_far, months)
        if self.share is not None:
            times = 12 if self.form == "share of annual fee" else world.end - months
            return average * self.share * times
        over = self.amortised_over or world.end
        unamortised = np.maximum(over - months, 0) * self.investment / over
        fee = average * self.monthly_fees + unamortised + self.wind_down
        if not self.conversion and not self.discount:
            return fee
        return fee + self.conversion + so_far * (self.discount / (1 - self.discount))

    def _average(self, so_far: Array, months: Array) -> Array:
        """The average monthly fee before each month's end [money]."""
        if self.average_of is None or self.average_of >= len(so_far):
            return so_far / months
        last = so_far.copy()
        last[self.average_of :] -= so_far[: -self.average_of]
        return last / np.minimum(months, self.average_of)

    def _phased(self, months: Array) -> Any:
        """The share of the phase that each month lies in, (months, 1)."""
        last: Any = months * 0 + self.phases[-1].share
        for phase in reversed(self.phases[:-1]):
            last = np.where(months <= phase.up_to, phase.share, last)
        return last

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
