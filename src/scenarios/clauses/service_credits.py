"""Service-level credits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.clauses.credit_account import Cap, EarnBack, less_earned_back
from scenarios.clauses.misses import (
    FailureLevel,
    check_levels,
    check_names,
    in_a_row,
    severity,
)
from scenarios.ledger import Ledger
from scenarios.quantities import Factor, Share
from scenarios.term import Array, Clause, add_up
from scenarios.world import World, above_zero


class ServiceCredits(Clause):
    """For each KPI missed, read every {measured_every} months[if decimals is not none: and rounded
    to {decimals} decimals], the provider credits the buyer with the KPI's weight ({weights}) of [if
    pool is not 1: {pool} times] the {basis} of these months; the amount at risk is {at_risk} of the
    fee. [The worse a miss, the more it counts: {levels}.] [If the same KPI is missed in several
    periods in a row, its credit is multiplied by {repeat} for the first and each further miss, the
    last factor going on; once it is on target, the count starts again.] The credits of a {cap_per}
    shall at no time exceed its amount at risk so far; what is above it at the end of the {cap_per}
    is {excess}[if excess is carried forward: , and lost when the contract ends]. [if
    annual_at_risk is not none: Nor shall the credits of a contract year at any time exceed
    {annual_at_risk} of its fee so far; what is above that at the end of the year is {excess}.]
    [Earn-back: {earn_back}.]

    Formula: AtRisk = rho * Fees; Credit_i = pool * w_i * level_i * repeat_i * AtRisk;
    Credits = min(sum_i Credit_i, AtRisk); EB = phi * Credit_i after n periods on target in a row.

    Source: amount at risk x pool allocation x credit allocation (Texas DIR agreement); 10 to 12 %
    at risk (Alsbridge 2010); tiers of 5, 10 and 20 % of the fee, a monthly cap of 30 %, the
    uncredited part carried forward (trackingcontracts.com); a repeat failure doubles (UK Model
    Services Agreement), a ratchet of 1.0, 1.2 and 1.5 (PFI); earn-back of 50 % after 6 months or of
    all after 3 months, banked, not for egregious failures (lawinsider, earn-back).

    Conventions: where KPIs are read over several months, a cap "per month" is one per measuring
    period. Under a cap by the contract year what is above it is credited later in that year, as
    more comes to be at risk; what is lost or carried forward is what is left at the year's end.
    What is still carried when the contract ends is lost. Levels count only where the target is
    missed, and stay as written when targets are revised. A bank offsets credits after the cap, the
    oldest deposit first. A cap of the year besides that of the month takes what the month's cap
    lets through, and holds it back like one by the contract year alone (assumption: contracts that
    have both do not say how they work together).
    """

    budget: ClassVar[str] = "credits"

    at_risk: Share
    """Share of the fee at risk."""
    weights: dict[str, Share]
    """Share of the pool by KPI."""
    pool: Factor = 1
    """Pool allocation as a multiple of the basis; above 1 is over-allocated."""
    basis: Literal["amount at risk", "fee"] = "amount at risk"
    """What weights are a share of."""
    levels: Annotated[tuple[FailureLevel, ...], Field(strict=False)] = ()
    """Levels of failure that count more than a miss, for each KPI from mild to severe."""
    repeat: Annotated[tuple[Factor, ...], Field(strict=False)] = ()
    """Factors for the first, second ... miss of the same KPI in a row, such as 1 and 2."""
    measured_every: Literal[1, 3, 6, 12] = 1
    """Months over which a KPI is averaged before it is compared with its target."""
    cap_per: Literal["month", "contract year"] = "month"
    """Period over which credits are capped at the amount at risk."""
    annual_at_risk: Share | None = None
    """Share of the fee of a contract year so far to which its credits are capped too, besides the
    cap of each month; none for no such cap."""
    excess: Literal["lost", "carried forward"] = "lost"
    """What becomes of credits above the cap at the end of its period."""
    decimals: int | None = None
    """Decimals to which a KPI is rounded before the comparison; none for no rounding."""
    earn_back: EarnBack | None = None
    """How credits are earned back; none where they are not."""

    @model_validator(mode="after")
    def _levels_in_order(self) -> ServiceCredits:
        check_levels(self.levels)
        return self

    @model_validator(mode="after")
    def _caps_that_bite(self) -> ServiceCredits:
        if self.annual_at_risk is None:
            return self
        if self.cap_per == "contract year":
            raise ValueError(
                "annual_at_risk is a cap by the contract year besides one by the month: with "
                "cap_per contract year at_risk is that cap already, so leave annual_at_risk out"
            )
        if self.annual_at_risk >= self.at_risk:
            raise ValueError(
                f"annual_at_risk ({self.annual_at_risk:g}) is never reached, as no month's credits "
                f"exceed at_risk ({self.at_risk:g}): it must be below"
            )
        return self

    def apply(self, world: World, ledger: Ledger) -> Array:
        """Minus the credits, in the month that closes each measuring period."""
        every, terms = self.measured_every, self.earn_back
        rows = world.closing(every)
        weights = ledger.scorecard.weights(self.weights)
        missed = {kpi: ~ledger.scorecard.met(world, kpi, every, self.decimals) for kpi in weights}
        shares = self._shares(world, weights, missed)
        if not shares:
            return ledger.zeros()
        fee = above_zero(ledger.fee)
        so_far = world.running(fee * self.at_risk, every)
        basis = so_far if self.basis == "amount at risk" else world.running(fee, every)
        caps = self._caps(world, fee, so_far)
        if terms is None or set(shares) <= set(terms.critical):
            credit = world.from_closing(basis[rows] * add_up(shares.values()), every)
            for cap in caps:
                credit = cap.given(credit)
            return -credit
        kpis = sorted(shares, key=lambda kpi: kpi in terms.critical)
        asked = np.empty((world.months, len(kpis), world.paths), basis.dtype)
        for place, kpi in enumerate(kpis):
            np.multiply(basis, world.from_closing(shares[kpi], every), out=asked[:, place])
        for cap in caps[:-1]:
            asked = cap.by_kpi(asked)
        return less_earned_back(asked, self._due(world, missed, terms), caps[-1], terms)

    def _caps(self, world: World, fee: Array, so_far: Array) -> list[Cap]:
        """The limits on credits, in the order in which they hold; ``so_far`` is the amount at risk
        of the measuring period so far [money].
        """
        every, carried = self.measured_every, self.excess == "carried forward"
        if self.cap_per == "contract year":
            return [Cap(world.running(fee * self.at_risk, 12), 12, every, carried)]
        caps = [Cap(so_far, every, every, carried)]
        if self.annual_at_risk is not None:
            of_the_year = world.running(fee * self.annual_at_risk, 12)
            caps.append(Cap(of_the_year, 12, every, carried))
        return caps

    def _shares(
        self, world: World, weights: Mapping[str, Any], missed: Mapping[str, Array]
    ) -> dict[str, Array]:
        """The share of the basis that each KPI's failure costs in the months that close a period,
        0 where the KPI is on target, (rows, 1 or paths).
        """
        every, decimals = self.measured_every, self.decimals
        rows = world.closing(every)
        check_names([level.kpi for level in self.levels], weights, "KPI with levels")
        check_names(self.earn_back.critical if self.earn_back else (), weights, "critical KPI")
        shares = {}
        for kpi, weight in weights.items():
            times = severity(
                world, missed[kpi], kpi, self.levels, every, decimals, self.repeat, rows
            )
            shares[kpi] = times * ((weight[rows] if np.ndim(weight) else weight) * self.pool)
        return shares

    def _due(self, world: World, missed: Mapping[str, Array], terms: EarnBack) -> Array:
        """Where the credits of each KPI that is not critical are earned back, (months, KPIs,
        paths).
        """
        every, kpis = self.measured_every, [kpi for kpi in missed if kpi not in terms.critical]
        due = np.empty((world.months, len(kpis), world.paths), bool)
        for place, kpi in enumerate(kpis):
            due[:, place] = world.at_close(in_a_row(~missed[kpi], terms.after, every), every)
        return due
