"""Service-level credits."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import numpy as np

from scenarios.ledger import Ledger
from scenarios.quantities import Factor, Share
from scenarios.term import Array, Clause, over_the_limit
from scenarios.world import World


class ServiceCredits(Clause):
    """For each KPI missed, read every {measured_every} months to {decimals} decimals, the buyer is
    credited its weight {weights} of a pool of {pool} of the amount at risk, which is {at_risk} of
    the period's fee; the credits of a {cap_per} never exceed the amount at risk of that {cap_per}.

    Source: amount at risk x pool allocation x credit allocation (Texas DIR agreement). Under a cap
    by the contract year, what is above it is credited later in that year, as more comes to be at
    risk.
    """

    budget: ClassVar[str] = "credits"

    at_risk: Share
    """Share of the fee at risk."""
    weights: dict[str, Share]
    """Share of the pool by KPI."""
    pool: Factor = 1
    """Pool allocation as a multiple of the amount at risk; above 1 is over-allocated."""
    measured_every: Literal[1, 3, 6, 12] = 1
    """Months over which a KPI is averaged before it is compared with its target."""
    cap_per: Literal["month", "contract year"] = "month"
    """Period over which credits are capped at the amount at risk."""
    decimals: int | None = None
    """Decimals to which a KPI is rounded before the comparison; none for no rounding."""

    def apply(self, world: World, ledger: Ledger) -> Array:
        """Minus the credits, in the month that closes each measuring period."""
        at_risk = np.maximum(ledger.fee, 0) * self.at_risk
        missed = self._missed(world, ledger)
        credit = world.running(at_risk, self.measured_every) * (missed * self.pool)
        credit = world.at_close(credit, self.measured_every)
        every = 12 if self.cap_per == "contract year" else self.measured_every
        return -(credit + over_the_limit(credit, world.running(at_risk, every), every))

    def _missed(self, world: World, ledger: Ledger) -> Any:
        """The weights of the KPIs missed, summed."""
        missed: Any = 0
        scorecard = ledger.scorecard
        for kpi, weight in scorecard.weights(self.weights).items():
            met = scorecard.met(world, kpi, self.measured_every, self.decimals)
            missed = missed + ~met * weight
        return missed
