"""Termination for repeated KPI failure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.clauses.misses import at_least, last_months
from scenarios.clauses.service_credits import ServiceCredits
from scenarios.ledger import Ledger
from scenarios.quantities import Months, Share, Span
from scenarios.term import Array, Clause
from scenarios.world import World


class TerminationForFailure(Clause):
    """The buyer may terminate the contract for failure of the provider. [It is a failure when the
    same KPI misses its target in {misses} of the last {within} readings ({kpis}).] [It is a failure
    when a critical KPI misses its target once ({critical}).] [It is a failure when the service
    credits of the last 12 months are above {credits_above} of the amount at risk in them, which is
    {at_risk} of the fee; in the first year the amount at risk so far is counted as that of twelve
    months, in proportion.] KPIs are read every {measured_every} months[if decimals is not none: and
    rounded to {decimals} decimals]. The contract then ends with the month of the failure[if cure is
    not 0: , or rather {cure} months later, unless the failure is cured by then]. [The provider then
    pays the buyer {compensation} of the fee of the last 12 months.]

    Formula: stop at the first month in which misses_i(last m readings) >= n for one KPI i, or
    Credits(12 months) > x * AtRisk(12 months).

    Source: 3 consecutive or 5 of the last 12 months (trackingcontracts.com); credits above a share
    of the amount at risk, the cure period and the compensation are assumptions.

    Conventions: n of the last n readings are consecutive misses; they are of the same KPI. Only
    whole measuring periods count. Cured means a reading on target within the cure period, or a
    month in it in which credits are within their limit again; then only a new failure counts.
    Credits are those of service credits that stand before this clause, less what is earned back.
    In the first 11 months the amount at risk is put on 12 months, so that one bad month is not yet
    a bad year. A right to terminate is taken to be used.
    """

    budget: ClassVar[str] = "exit"
    ends_by_right: ClassVar[bool] = True

    kpis: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """KPIs whose misses are counted, each by itself."""
    misses: Span | None = None
    """Misses of the same KPI that are a failure."""
    within: Span | None = None
    """Readings among which they are counted; the same number means in a row."""
    critical: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """KPIs of which a single miss is a failure."""
    measured_every: Literal[1, 3, 6, 12] = 1
    """Months over which a KPI is averaged before it is compared with its target."""
    decimals: int | None = None
    """Decimals to which a KPI is rounded before the comparison; none for no rounding."""
    credits_above: Share | None = None
    """Share of the amount at risk above which 12 months' credits are a failure."""
    at_risk: Share | None = None
    """Share of the fee at risk, as in the service credits."""
    cure: Months = 0
    """Months in which the provider may cure the failure."""
    compensation: Share = 0
    """Share of the last 12 months' fee that the provider pays on such a termination."""

    @model_validator(mode="after")
    def _complete(self) -> TerminationForFailure:
        if len({not self.kpis, self.misses is None, self.within is None}) > 1:
            raise ValueError("kpis, misses and within go together: give all three or none")
        if self.misses is not None and self.within is not None and self.misses > self.within:
            raise ValueError(f"{self.misses} misses cannot be in {self.within} readings")
        if (self.credits_above is None) != (self.at_risk is None):
            raise ValueError("credits_above needs at_risk, the share of the fee at risk")
        if not self.kpis and not self.critical and self.credits_above is None:
            raise ValueError("says no failure: give kpis, critical or credits_above")
        if 0 < self.cure < self.measured_every:
            raise ValueError(
                f"a cure period of {self.cure} months has no reading every {self.measured_every} "
                "months: give at least that many, or 0"
            )
        return self

    def apply(self, world: World, ledger: Ledger) -> Array:
        """Minus the compensation, in the month in which this clause ended the contract."""
        if not self.compensation:
            return ledger.zeros()
        paid = np.maximum(last_months(ledger.fee, 12), 0) * self.compensation
        failed = self.stops(world, ledger)
        if world.happened:  # the right may be used later than in the month of the failure
            failed = np.logical_or.accumulate(failed, axis=0)
        return -np.where(world.ends_early & failed, paid, 0)

    def stops(self, world: World, ledger: Ledger) -> Array:
        """True where a failure ends the contract, its cure period over."""
        return reduce(or_, (self._uncured(*one) for one in self._failures(world, ledger)))

    def _failures(self, world: World, ledger: Ledger) -> Iterator[tuple[Array, Array]]:
        """Of each kind of failure: where there is one, and where it would be cured."""
        every = self.measured_every
        reads = (world.month + 1) % every == 0
        for kpi in dict.fromkeys((*self.kpis, *self.critical)):
            met = ledger.scorecard.met(world, kpi, every, self.decimals)
            missed = ~met & reads
            fails = missed if kpi in self.critical else missed & False
            if kpi in self.kpis and self.within is not None:
                fails = fails | (missed & (last_months(missed, self.within * every) >= self.misses))
            yield fails, met & reads
        if self.credits_above is not None:
            over = self._over(world, ledger)
            yield over, ~over

    def _over(self, world: World, ledger: Ledger) -> Array:
        """Where 12 months' credits are above the share of the amount at risk."""
        credited = ledger.zeros()
        for line in ledger:
            if line.kind is not None and issubclass(line.kind, ServiceCredits):
                credited = credited - line.amounts["fee"]
        at_risk = last_months(np.maximum(ledger.fee + credited, 0) * self.at_risk, 12)
        whole_year = at_risk * 12 / np.minimum(world.month + 1, 12)
        return ~at_least(whole_year * self.credits_above, last_months(credited, 12))

    def _uncured(self, fails: Array, cured: Array) -> Array:
        """True where the cure period of a failure ends without a cure."""
        if not self.cure:
            return fails
        late = fails & False
        late[self.cure :] = fails[: -self.cure]
        return late & (last_months(cured, self.cure) == 0)
