"""Gain share: a verified saving beyond what was committed is split."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import model_validator

from scenarios.clauses.open_book import Period, actual_cost, months_of
from scenarios.ledger import Ledger
from scenarios.quantities import Money, RateCard, Share, ShareByYear, Units
from scenarios.term import Array, Clause, add_up, by_year, rates
from scenarios.world import ON_TARGET, World


class GainShare(Clause):
    """[if settled is month: Each month][if settled is contract year: At the close of each contract
    year][if settled is contract: When the contract closes] the fee falls by the buyer's share of
    the saving, which is {buyer_share}. The saving is what the {measured_on} is below a baseline of
    {baseline} a month[, which moves with the volume from {baseline_units} incoming units a month][,
    less a committed fall of the baseline by {committed} each contract year].[ The rate-card bill is
    the hours worked at {rate} an hour and the running cost of the automation.][if measured_on is
    provider cost:  The provider cost is that of labour and of running the automation, read from its
    open books.][ Nothing is shared unless the saving is at least {minimum_rate} of the baseline;
    then {above_minimum} is shared.][if recovered_first is by the provider:  The provider first
    recovers the one-off investment in automation from the saving.][if recovered_first is by the
    buyer:  The buyer first recovers the one-off investment in automation from the saving.] [if
    settled is month: A month without a saving is not set off against others.][if settled is not
    month: Months without a saving are set off against months with one within the {settled}.][if
    shares_by is year of each saving: The years of these shares are counted for each saving by
    itself, from the month in which it is first reached; what a month saves up to the most of an
    earlier month is that month's saving.]

    Formula: fee falls by share * max(0, sum(baseline - measured - committed)) over what is settled;
    by the year of each saving, by sum_k s_k * (min(S, M_k) - min(S, M_k+1)), S the month's saving,
    M_0 = S and M_k the most that was saved in a month up to 12 k months before.

    Source: sharing of savings and minimum savings rate (Medicare Shared Savings Program, structure
    only); 50 % in year 1, then 100 % to the customer (Kenmec/OJO), equal for 12 months, then all
    to the customer (Flextronics/Agilent; both lawinsider, cost-reduction-sharing): ``buyer_share``
    of 0.5 and then 1, ``shares_by`` the year of each saving. That a saving which is lost and comes
    back keeps its age, and the latest is lost first, is our reading. Hold a baseline for
    about three years: resetting it to the best period is a ratchet. Only gains are shared: no
    saving, no transfer; for pain as well see the target cost share.
    """

    budget: ClassVar[str] = "shared savings"

    buyer_share: ShareByYear
    """Share of the saving that the fee falls by: one number, or one a contract year."""
    shares_by: Literal["contract year", "year of each saving"] = "contract year"
    """What years the shares are counted by: the contract's, or those of each saving since the month
    in which it is first reached."""
    baseline: Money
    """Money a month that the saving is measured against."""
    measured_on: Literal["rate-card bill", "provider cost"] = "rate-card bill"
    """What is compared with the baseline."""
    rate: RateCard | None = None
    """Money per hour, one number or by role; needed for the rate-card bill."""
    committed: Share = 0
    """Fall of the baseline a contract year that is already in the price."""
    baseline_units: Units | None = None
    """Units a month behind the baseline; none where volume does not move it."""
    settled: Period = "month"
    """Over what gains and losses are netted before a gain is shared."""
    minimum_rate: Share = 0
    """Minimum savings rate: least saving, as a share of the baseline, that is shared at all."""
    above_minimum: Literal["all of the saving", "only what exceeds it"] = "all of the saving"
    """What is shared once the minimum savings rate is reached."""
    recovered_first: Literal["no", "by the provider", "by the buyer"] = "no"
    """Whether the one-off investment is recovered from the saving first, and by whom."""

    @model_validator(mode="after")
    def _consistent(self) -> GainShare:
        if (self.measured_on == "rate-card bill") == (self.rate is None):
            raise ValueError("a rate is needed for the rate-card bill, and only there")
        if self.settled == "contract" and isinstance(self.buyer_share, tuple):
            raise ValueError(
                "a saving settled over the whole contract has one share: give one buyer_share, or "
                "settle by contract year"
            )
        if self.shares_by == "year of each saving" and (
            self.settled != "month" or self.recovered_first != "no"
        ):
            raise ValueError(
                "shares by the year of each saving are settled by month, and recover no investment "
                "first: choose settled month and recovered_first no, or shares by contract year"
            )
        return self

    def apply(self, world: World, ledger: Ledger) -> Array:
        """Minus the buyer's part of the saving beyond the committed one, (months, paths)
        [money].
        """
        every = months_of(self.settled, world)
        gain = world.at_close(self._gain(world, every), every)
        if self.shares_by == "year of each saving":
            return -self._by_age(gain)
        share = by_year(self.buyer_share, world)
        if self.recovered_first == "no":
            return -(gain * share)
        recovered = _recovered(gain, world["cost.one_off"])
        split = (gain - recovered) * share
        return -(split + recovered) if self.recovered_first == "by the buyer" else -split

    def _by_age(self, gain: Array) -> Array:
        """The buyer's part of each month's saving, by the years since it was first reached
        [money].
        """
        share = self.buyer_share
        shares = share if isinstance(share, tuple) else (share,)
        most = np.maximum.accumulate(gain, axis=0)
        part: Array = gain * shares[0]
        for years, (before, now) in enumerate(pairwise(shares), 1):
            old = gain * 0
            old[12 * years :] = most[: -12 * years]
            part = part + np.minimum(gain, old) * (now - before)
        return part

    def _gain(self, world: World, every: int) -> Array:
        """The saving of the period so far that is shared, never below 0 [money]."""
        baseline: Any = self.baseline
        if self.baseline_units is not None:
            baseline = baseline * world["demand"] / self.baseline_units
        committed = baseline * (1 - (1 - self.committed) ** world.year)
        monthly = baseline - self._measured(world) - committed
        saving = world.running(monthly, every)
        if not self.minimum_rate:
            return np.maximum(saving, 0)
        least = world.running(world.month * 0 + baseline * self.minimum_rate, every)
        if self.above_minimum == "only what exceeds it":
            return np.maximum(saving - least, 0)
        noise = 0 if least.dtype == object else least * ON_TARGET
        return np.maximum(saving, 0) * (saving >= least - noise)

    def _measured(self, world: World) -> Any:
        """What the month cost by the chosen measure [money]."""
        if self.measured_on == "provider cost":
            return actual_cost(("labour", "AI"), world)
        card = {} if self.rate is None else rates(self.rate, world)
        hours = [world[f"hours.{role}"] * rate for role, rate in card.items()]
        return add_up([*hours, world["cost.ai"]])


def _recovered(gain: Array, outlay: Array) -> Array:
    """What of each gain pays back the investment so far, until nothing of it is open [money]."""
    recovered = gain * 0 + outlay * 0
    still_open = recovered[0]
    for month in range(len(recovered)):
        still_open = still_open + outlay[month]
        recovered[month] = np.minimum(gain[month], still_open)
        still_open = still_open - recovered[month]
    return recovered
