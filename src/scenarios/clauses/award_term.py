"""Award term: further months for performance."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from pydantic import Field, model_validator

from scenarios.ledger import Ledger
from scenarios.quantities import Share, Span
from scenarios.term import Array, Change, Clause
from scenarios.world import ON_TARGET, World


class AwardTerm(Clause):
    """The contract runs {base} months. It runs {months} months more, and ends then, only if the KPI
    score of the {over} months up to the end of contract month {decided} is at least {score}. The
    KPI score is the share of months on target, the KPIs weighted {weights}[if decimals is not
    none:  and read to {decimals} decimals].

    A KPI is read month by month, as reported. Months before the contract do not count: decided
    after fewer than ``over`` months, the score is that of the months so far. Other clauses may
    end the contract before, and a contract whose own months are fewer than these ends with them.

    Formula: score = sum over months and KPIs of w * met / sum over months and KPIs of w.

    Source: further months for performance; the usual figures are general knowledge, no source at
    hand.
    """

    base: Span
    """Months that the contract runs in any case."""
    months: Span
    """Further months that are awarded."""
    score: Share
    """Least KPI score for the award."""
    decided: Span
    """Contract month, from 1, at whose end it is decided."""
    weights: Annotated[dict[str, Share], Field(min_length=1)]
    """Weight of each KPI."""
    over: Span = 12
    """Months that the score looks back on."""
    decimals: int | None = None
    """Decimals to which a KPI is rounded before the comparison; none for no rounding."""

    @model_validator(mode="after")
    def _can_be_decided(self) -> AwardTerm:
        if self.decided > self.base:
            raise ValueError(
                f"is decided in month {self.decided}, after the {self.base} months of base: "
                "decided must not be above base"
            )
        if not sum(self.weights.values()):
            raise ValueError("needs a weight above 0: with none, the score is of nothing")
        return self

    def apply(self, world: World, ledger: Ledger) -> Change:
        """No money moves."""
        return Change()

    def stops(self, world: World, ledger: Ledger) -> Array | None:
        """After the base without the award, and after the awarded months."""
        awarded = ledger.later(self._reached(world, ledger), self.base - self.decided)
        ends = (world.month == self.base - 1) & (awarded == 0)
        ends = ends | (world.month == self.base + self.months - 1)
        return ends & (world.month < world.end - 1)

    def _reached(self, world: World, ledger: Ledger) -> Array:
        """1 where the score of the months so far is high enough, else 0."""
        hits: Any = ledger.zeros()
        weight: Any = ledger.zeros()
        card = ledger.scorecard
        for kpi, one in card.weights(self.weights).items():
            hits = hits + card.met(world, kpi, 1, self.decimals) * one
            weight = weight + one
        hits, weight = self._window(hits, world, ledger), self._window(weight, world, ledger)
        slack = 0 if hits.dtype == object else ON_TARGET * weight
        return np.where(hits >= weight * self.score - slack, 1, 0)

    def _window(self, amounts: Array, world: World, ledger: Ledger) -> Array:
        """The sum of the last months that the score looks back on."""
        running = world.running(amounts)
        return np.asarray(running - ledger.later(running, self.over))

    def notices(self, world: World, ledger: Ledger) -> Array | None:
        """Whether the months are awarded must be told."""
        due = (world.month == self.decided - 1) & (world.since_end < 1)
        return np.broadcast_to(due, (world.months, world.paths))
