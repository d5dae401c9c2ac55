"""Hybrid pricing: a base fee or hours, and a part that depends on results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.quantities import WHOLE, Money, Price, RateCard, Share, Units
from scenarios.term import Array, Basis, Pricing, add_up, over_the_limit, rates
from scenarios.world import World


class Hybrid(Pricing):
    """[The buyer pays a base fee of {base} a month.] [The buyer pays the hours worked at an hourly
    rate of {rate}.] [The buyer pays {per_unit} for each {counts} unit.] [The first {included_units}
    units of a month are included; unused ones are lost.] [These fees are at least {minimum} a
    month together.] [These fees are at most {maximum} a month together.] [{at_risk} of these fees
    is at risk: it is billed in full, and what the KPI score does not earn is credited when the
    measuring period closes.] [A bonus of {bonus} a month is paid in proportion to the KPI score
    when the measuring period closes.] [The bonus is at most {bonus_cap} a contract year.] [The KPI
    score is the sum of the weights of the KPIs that are on target: {weights}.] [if weights is not
    none: Each KPI is read every {measured_every} months.] [if decimals is not none: A KPI is
    rounded to {decimals} decimals before it is compared with its target.]

    Formula: F_t = min(max(B + sum_r h[r,t] * R[r] + p * max(0, N_t - N_incl), minimum), maximum);
    at-risk form Pay = F * (1 - a) + F * a * Score, bonus form Pay = F + bonus * Score, over each
    measuring period; Score = sum_i w_i * [KPI i on target].

    Source: base fee and a fee above included units (mechanisms M10), KPI bonus or at-risk pool
    (M06): 5 to 15 % at risk; commonly 10 to 12 % (Alsbridge 2010).

    The score is at most 1, so the pool at risk never turns into a bonus. A baseline fee is additive
    (``base``) or the least that is paid (``minimum``). Minimum and maximum limit base, hours and
    unit fee, before what is at risk and without the bonus.
    """

    base: Money = 0
    """Money a month."""
    rate: RateCard | None = None
    """Money per hour worked, one number or by role; none where hours are not billed."""
    per_unit: Price = 0
    """Money for each unit that counts."""
    counts: Literal["verified", "claimed", "confirmed"] = "verified"
    """Units paid: verified ones, as many as the provider claims, or confirmed by the customer."""
    included_units: Units = 0
    """Units a month that the base fee already covers; unused ones are lost."""
    minimum: Money = 0
    """Least money a month for base, hours and units together."""
    maximum: Money | None = None
    """Most money a month for base, hours and units together; none for no maximum."""
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
        if (self.at_risk or self.bonus) and abs(total - 1) > WHOLE:
            raise ValueError(f"a fee at risk or a bonus needs weights that sum to 1, not {total:g}")
        if not (self.base or self.rate is not None or self.per_unit):
            raise ValueError("needs a base, a rate or a per_unit fee")
        if self.maximum is not None and self.maximum < self.minimum:
            raise ValueError(
                f"maximum ({self.maximum:g}) must not be below minimum ({self.minimum:g})"
            )
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
        """Base, hours and unit fee within their limits, less what the score did not earn, and the
        bonus.
        """
        fixed = [basis.prices["base"]] if "base" in basis.prices else []
        variable = [amount * basis.prices[name] for name, amount in basis.billable.items()]
        variable += self._limits(fixed + variable)
        lost = self._credits(world, basis, fixed + variable) if self.at_risk else {}
        if self.bonus:
            variable += self._bonus(world, basis)
        rows = {"fixed fee": fixed, "variable fee": variable}
        return {row: add_up(amounts) for row, amounts in rows.items() if amounts} | lost

    def _limits(self, parts: list[Any]) -> list[Any]:
        """What minimum and maximum add to the month's fee [money]."""
        changes: list[Any] = []
        if not self.minimum and self.maximum is None:
            return changes
        fee = add_up(parts)
        if self.minimum:
            changes.append(np.maximum(self.minimum - fee, 0))
        if self.maximum is not None:
            changes.append(-np.maximum(fee - self.maximum, 0))
        return changes

    def _credits(self, world: World, basis: Basis, parts: list[Any]) -> dict[str, Any]:
        """What the score did not earn of the fee at risk [money]."""
        every = self.measured_every
        missed = add_up(~met * weight for met, weight in self._met(world, basis))
        fee = add_up(parts)
        earned = fee if every == 1 else world.running(fee, every)
        return {"credits": world.at_close(-earned * (missed * self.at_risk), every)}

    def _bonus(self, world: World, basis: Basis) -> list[Any]:
        """The bonus that the score earns, and what its cap takes away [money]."""
        every = self.measured_every
        score = add_up(met * (weight * self.bonus) for met, weight in self._met(world, basis))
        bonus = world.at_close(score if every == 1 else score * world.elapsed(every), every)
        if self.bonus_cap is None:
            return [bonus]
        return [bonus, over_the_limit(bonus, self.bonus_cap, 12)]

    def _met(self, world: World, basis: Basis) -> list[tuple[Any, Any]]:
        """For each weighted KPI, where its target is met, and its weight."""
        scorecard, every, decimals = basis.scorecard, self.measured_every, self.decimals
        return [
            (scorecard.met(world, kpi, every, decimals), weight)
            for kpi, weight in scorecard.weights(self.weights).items()
        ]
