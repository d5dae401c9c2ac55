"""Service-level credits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.clauses.credit_account import Cap, EarnBack, earned_back
from scenarios.clauses.misses import (
    FailureLevel,
    check_levels,
    check_names,
    in_a_row,
    repeated,
    severity,
)
from scenarios.ledger import Ledger
from scenarios.quantities import Factor, Share
from scenarios.term import Array, Clause
from scenarios.world import World


class ServiceCredits(Clause):
    """For each KPI missed, read every {measured_every} months[if decimals is not none: and rounded
    to {decimals} decimals], the provider credits the buyer with the KPI's weight ({weights}) of [if
    pool is not 1: {pool} times] the {basis} of these months; the amount at risk is {at_risk} of the
    fee. [The worse a miss, the more it counts: {levels}.] [If the same KPI is missed in several
    periods in a row, its credit is multiplied by {repeat} for the first and each further miss, the
    last factor going on; once it is on target, the count starts again.] The credits of a {cap_per}
    shall at no time exceed its amount at risk so far; what is above it at the end of the {cap_per}
    is {excess}[if excess is carried forward: , and lost when the contract ends]. [Earn-back:
    {earn_back}.]

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
    oldest deposit first.
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

    def apply(self, world: World, ledger: Ledger) -> Array:
        """Minus the credits, in the month that closes each measuring period."""
        every = self.measured_every
        fee = np.maximum(ledger.fee, 0)
        at_risk = fee * self.at_risk
        basis = world.running(at_risk if self.basis == "amount at risk" else fee, every)
        months = 12 if self.cap_per == "contract year" else every
        cap = Cap(world.running(at_risk, months), months, self.excess == "carried forward")
        weights = ledger.scorecard.weights(self.weights)
        missed = {kpi: ~ledger.scorecard.met(world, kpi, every, self.decimals) for kpi in weights}
        shares = self._shares(world, weights, missed)
        asked = world.at_close(basis * (sum(shares.values()) * self.pool), every)
        credit = cap.given(asked)
        if self.earn_back is None or not shares:
            return -credit
        each = {kpi: world.at_close(basis * (x * self.pool), every) for kpi, x in shares.items()}
        after = self.earn_back.after
        due = {kpi: world.at_close(in_a_row(~missed[kpi], after, every), every) for kpi in shares}
        return earned_back(cap.by_kpi(each, credit), due, self.earn_back) - credit

    def _shares(
        self, world: World, weights: Mapping[str, Any], missed: Mapping[str, Array]
    ) -> dict[str, Any]:
        """The share of the pool that each KPI's failure costs, 0 where it is on target."""
        every = self.measured_every
        check_names([level.kpi for level in self.levels], weights, "KPI with levels")
        check_names(self.earn_back.critical if self.earn_back else (), weights, "critical KPI")
        shares = {}
        for kpi, weight in weights.items():
            times = severity(world, missed[kpi], kpi, self.levels, every, self.decimals)
            shares[kpi] = times * weight
            if self.repeat:
                shares[kpi] = shares[kpi] * repeated(missed[kpi], every, self.repeat)
        return shares
