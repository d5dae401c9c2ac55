"""KPI bonus, fee at risk and award fee: a score made of payouts moves a pool."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.clauses.payout import (
    AboveTarget,
    PayoutCurve,
    ScoreStep,
    curve_of,
    payout,
    stepped,
)
from scenarios.ledger import Ledger
from scenarios.quantities import WHOLE, Money, Quantity, Share
from scenarios.scorecard import LowerIsBetter
from scenarios.term import Array, Clause, add_up
from scenarios.world import World, above_zero, rounded


class KpiBonus(Clause):
    """Every {measured_every} months each KPI[if decimals is not none: , rounded to {decimals}
    decimals,] is compared with its target, as actual / target, or where less is better as {lower},
    and earns {curves}. The score is the sum of the payouts, weighted {weights}[if
    score_decimals is 0: , rounded to whole per cents][if score_decimals is not none and
    score_decimals is not 0: , rounded to {score_decimals} decimals of a per cent][, at most
    {score_cap}][; where one of these earns nothing, {gates}, the whole score is 0]. The pool is [if
    pool is not none: {pool} a month][if pool_share is not none: {pool_share} of the fee of these
    months]. [if table is none: The share of it that is earned is the score.][The share of it that
    is earned goes by the score: {table}; below the first step nothing.] [if form is bonus:
    The buyer pays what is earned on top of the fee.][if form is at risk: The pool is part of the
    fee, and the provider repays what is not earned; a score above 100 % earns more only where a
    higher one is allowed here.]

    Formula: g(a) = 0 below the threshold, p_th at it, 1 at target, p_max from the stretch on, and
    linear between; Score = sum_i w_i * g_i(a_i), 0 where a gated g_i is 0; bonus: + Pool * Score;
    at risk: Pool * (min(Score, 1) - 1).

    Source: payout matrices with 20 to 50 % at the threshold (33.3 % at 75 % of target) and at most
    150 to 200 % at 120 to 125 % of target; gated scorecards (lawinsider, performance-formula and
    payout-matrix); award fee: the score's per cent of the pool, nothing below 61 (NASA, 1816.405);
    ratings of 91 to 100 %, 76 to 90 %, 51 to 75 %, at most 50 % and 0 of the pool (FAR table).

    Conventions: at the threshold the payout is made. Within a deadband the payout is 100 %, and
    outside it that of the curve. A KPI whose target does not count yet is on target. Printed
    ratings leave gaps, such as between 75 and 76 %, that a score rounded to whole per cents never
    falls into; it is rounded half to even, before its cap and the table.
    """

    budget: ClassVar[str] = "variable fee"

    weights: dict[str, Share]
    """Share of the score by KPI; they sum to 1."""
    curves: Annotated[tuple[PayoutCurve, ...], Field(strict=False, min_length=1)]
    """From attainment to payout, one curve for all KPIs or some of their own."""
    form: Literal["bonus", "at risk"] = "bonus"
    """Paid on top of the fee, or earned back out of it."""
    pool: Money | None = None
    """Money a month, paid at a score of 100 %; none where it is a share of the fee."""
    pool_share: Share | None = None
    """The pool as a share of the fee; none where it is an amount."""
    score_cap: AboveTarget | None = None
    """Highest score; none for 100 % where the pool is at risk, and for no cap on a bonus."""
    gates: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """KPIs without whose payout there is no score."""
    table: Annotated[tuple[ScoreStep, ...], Field(strict=False)] = ()
    """Steps from low to high scores; empty where the score itself is paid."""
    measured_every: Literal[1, 3, 6, 12] = 3
    """Months over which a KPI is averaged before it is compared with its target."""
    lower: LowerIsBetter = "target / actual"
    """How attainment is formed for a KPI of which less is better."""
    decimals: int | None = None
    """Decimals to which a KPI is rounded before the comparison; none for no rounding."""
    score_decimals: Annotated[int, Quantity("decimals", 0, 10)] | None = None
    """Decimals of a per cent to which the score is rounded, 0 for whole per cents; none for no
    rounding."""

    @classmethod
    def label(cls) -> str:
        """The name of its ledger line, as people write it."""
        return "KPI bonus"

    @model_validator(mode="after")
    def _consistent(self) -> KpiBonus:
        total = sum(self.weights.values())
        if abs(total - 1) > WHOLE:
            raise ValueError(f"the weights sum to {total:g}; they must sum to 1")
        if (self.pool is None) == (self.pool_share is None):
            raise ValueError("needs either pool or pool_share, and not both")
        named = [curve.kpi for curve in self.curves]
        if len(set(named)) < len(named):
            raise ValueError("two curves for the same KPI: each needs one, and one may be for all")
        scores = [step.score for step in self.table]
        if scores != sorted(set(scores)):
            raise ValueError(f"the table's scores must rise from step to step, not {scores}")
        for kpi in (*self.weights, *self.gates):
            curve_of(kpi, self.curves)
        return self

    def apply(self, world: World, ledger: Ledger) -> Array:
        """The bonus, or minus what of the pool is not earned, as each period closes."""
        every = self.measured_every
        rows = world.closing(every)
        score = self._score(world, ledger, rows)
        paid = stepped(score, self.table) if self.table else score
        if self.form == "at risk":
            paid = paid - 1
        pool: Any = 0
        if self.pool is not None:
            pool = world.elapsed(every) * self.pool
        if self.pool_share is not None:
            pool = world.running(above_zero(ledger.fee), every) * self.pool_share
        return world.from_closing(paid * pool[rows], every)

    def _score(self, world: World, ledger: Ledger, rows: Array) -> Array:
        """The weighted payouts, gated and capped, in the months that close a period [share]."""
        every, decimals = self.measured_every, self.decimals
        weights = ledger.scorecard.weights(self.weights)
        paid = {}
        for kpi in dict.fromkeys((*weights, *self.gates)):
            attained = ledger.scorecard.attainment(world, kpi, every, decimals, self.lower)
            paid[kpi] = payout(attained[rows], curve_of(kpi, self.curves))
        score: Any = add_up(
            paid[kpi] * (weight[rows] if np.ndim(weight) else weight)
            for kpi, weight in weights.items()
        )
        if self.score_decimals is not None:
            score = rounded(score, self.score_decimals + 2)
        for gate in self.gates:
            score = score * (paid[gate] > 0)
        most = 1 if self.form == "at risk" and self.score_cap is None else self.score_cap
        return score if most is None else np.clip(score, 0, most)
