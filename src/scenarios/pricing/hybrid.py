"""Hybrid pricing: a base fee or hours, and a part that depends on results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.quantities import Money, Price, RateCard, Share, Units
from scenarios.term import Array, Basis, Pricing, add_up, over_the_limit, rates
from scenarios.world import World

TINY = 1e-9
"""Room for weights such as three times 0.3333333333."""


class Hybrid(Pricing):
    """The buyer pays {base} a month, hours worked at {rate} an hour, and {per_unit} for each
    {counts} unit beyond {included_units}; {at_risk} of this is earned in proportion to the KPI
    score with weights {weights}, each KPI read every {measured_every} months to {decimals}
    decimals; a bonus of {bonus} a month is paid at full score, at most {bonus_cap} a contract year.
    What is at risk is billed in full and settled, like the bonus, when the measuring period closes.

    Source: base fee with KPI bonus or at-risk pool and per-unit fee, common practice. The
    score is the weighted share of KPIs at their targets, so the pool at risk is capped at 1.
    """

    base: Money = 0
    """Money a month."""
    rate: RateCard | None = None
    """Money per hour worked, one number or by role; none where hours are not billed."""
    per_unit: Price = 0
    """Money for each unit that counts."""
    counts: Literal["verified", "claimed"] = "verified"
    """Which units are paid: verified ones, or as many as the provider claims."""
    included_units: Units = 0
    """Units a month that the base fee already covers."""
    at_risk: Share = 0
    """Share of base, hours and unit fee that is paid only in proportion to the score."""
    bonus: Money = 0
    """Money a month on top, at full score."""
    bonus_cap: Money | None = None
    """Most bonus in a contract year; none for no cap."""
    weights: dict[str, Share] = Field(default_factory=dict)
    """Share of the score by KPI; they sum to 1."""
    measured_every: Literal[1, 3, 6, 12] = 1
    """Months over which a KPI is averaged before it is compared with its target."""
    decimals: int | None = None
    """Decimals to which a KPI is rounded before the comparison; none for no rounding."""

    @model_validator(mode="after")
    def _weighted(self) -> Hybrid:
        total = sum(self.weights.values())
        if (self.at_risk or self.bonus) and abs(total - 1) > TINY:
            raise ValueError(f"a fee at risk or a bonus needs weights that sum to 1, not {total:g}")
        if not (self.base or self.rate is not None or self.per_unit):
            raise ValueError("needs a base, a rate or a per_unit fee")
        return self

    def prices(self, world: World) -> Mapping[str, Any]:
        """``base``, the rate of each role, and ``unit`` [money]."""
        hours = {} if self.rate is None else rates(self.rate, world)
        units = {"unit": self.per_unit} if self.per_unit else {}
        return ({"base": self.base} if self.base else {}) | hours | units

    def billable(self, world: World) -> Mapping[str, Array]:
        """Hours by role and units beyond the included ones."""
        billed = {} if self.rate is None else {role: world[f"hours.{role}"] for role in world.roles}
        if self.per_unit:
            units = world[self.counts]
            free = self.included_units
            billed["unit"] = np.maximum(units - free, 0) if free else units
        return billed

    def charge(self, world: World, basis: Basis) -> Mapping[str, Array]:
        """Base, hours and unit fee, less what the score did not earn, and the bonus."""
        fixed = [basis.prices["base"]] if "base" in basis.prices else []
        variable = [amount * basis.prices[name] for name, amount in basis.billable.items()]
        fees: dict[str, Any] = {}
        every = self.measured_every
        if self.at_risk:
            missed = add_up(~met * weight for met, weight in self._met(world, basis))
            fee = add_up(fixed + variable)
            earned = fee if every == 1 else world.running(fee, every)
            fees["credits"] = world.at_close(-earned * (missed * self.at_risk), every)
        if self.bonus:
            score = add_up(met * (weight * self.bonus) for met, weight in self._met(world, basis))
            bonus = world.at_close(score if every == 1 else score * world.elapsed(every), every)
            variable.append(bonus)
            if self.bonus_cap is not None:
                variable.append(over_the_limit(bonus, self.bonus_cap, 12))
        rows = {"fixed fee": fixed, "variable fee": variable}
        return {row: add_up(amounts) for row, amounts in rows.items() if amounts} | fees

    def _met(self, world: World, basis: Basis) -> list[tuple[Any, Any]]:
        """For each weighted KPI, where its target is met, and its weight."""
        scorecard, every, decimals = basis.scorecard, self.measured_every, self.decimals
        return [
            (scorecard.met(world, kpi, every, decimals), weight)
            for kpi, weight in scorecard.weights(self.weights).items()
        ]
