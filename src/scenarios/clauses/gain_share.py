"""Gain share: a verified saving beyond what was committed is split."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import model_validator

from scenarios.ledger import Ledger
from scenarios.quantities import Money, RateCard, Share, Units
from scenarios.term import Array, Clause, add_up, rates
from scenarios.world import World


class GainShare(Clause):
    """Each month the buyer gets back {buyer_share} of the saving of {measured_on} against
    {baseline} a month, beyond a committed fall of the baseline by {committed} a contract year;
    rates for measuring are {rate} an hour, and the baseline moves with volume from
    {baseline_units} units.

    Source: sharing ranges of target-cost contracts (NEC4 Option C). A rate-card bill is hours
    worked at the rates plus the running cost of the automation; provider cost needs an open book.
    Only gains are shared: no saving, no transfer.
    """

    budget: ClassVar[str] = "shared savings"

    buyer_share: Share
    """Share of the saving that the fee falls by."""
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

    @model_validator(mode="after")
    def _rates(self) -> GainShare:
        if (self.measured_on == "rate-card bill") == (self.rate is None):
            raise ValueError("a rate is needed for the rate-card bill, and only there")
        return self

    def apply(self, world: World, ledger: Ledger) -> Array:
        """Minus the buyer's share of the saving beyond the committed one."""
        baseline: Any = self.baseline
        if self.baseline_units is not None:
            baseline = baseline * world["demand"] / self.baseline_units
        saving = baseline - self._measured(world)
        committed = baseline * (1 - (1 - self.committed) ** world.year)
        return -np.maximum(saving - committed, 0) * self.buyer_share

    def _measured(self, world: World) -> Any:
        """What the month cost by the chosen measure [money]."""
        if self.measured_on == "provider cost":
            return world["cost.labour"] + world["cost.ai"]
        card = {} if self.rate is None else rates(self.rate, world)
        hours = [world[f"hours.{role}"] * rate for role, rate in card.items()]
        return add_up([*hours, world["cost.ai"]])
