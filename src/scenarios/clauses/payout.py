"""Payout curves from attainment to payout, and tables from score to payment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import numpy as np
from pydantic import model_validator

from scenarios.clauses.misses import above, at_least
from scenarios.declared import Declared
from scenarios.errors import ScenarioError, unknown
from scenarios.quantities import Quantity, Share
from scenarios.term import Array, add_up
from scenarios.world import chosen, part_of

AboveTarget = Annotated[float, Quantity("share", 1, 10)]
"""A share of the target, or of the payout at target, of 100 % or more."""
Score = Annotated[float, Quantity("share", 0, 10)]
"""A score, 100 % where every KPI is at its target."""


class PayoutCurve(Declared):
    """A payout[ for {kpi}] of {at_threshold} at {threshold} of the target and nothing below, 100 %
    at the target[if stretch is not none: , {at_stretch} at {stretch} of the target and above],
    linear in between[, and 100 % within {deadband} on either side of the target].
    """

    kpi: str | None = None
    """The KPI; none for every KPI that has no curve of its own."""
    threshold: Share
    """Attainment below which nothing is paid [share of the target]."""
    at_threshold: Share
    """Payout at the threshold [share of the payout at target]."""
    stretch: AboveTarget | None = None
    """Attainment from which the most is paid; none where more than the target pays no more."""
    at_stretch: AboveTarget | None = None
    """The highest payout [share of the payout at target]."""
    deadband: Share = 0
    """Distance from the target, either way, within which the payout is 100 %."""

    @model_validator(mode="after")
    def _complete(self) -> PayoutCurve:
        if (self.stretch is None) != (self.at_stretch is None):
            raise ValueError("stretch and at_stretch go together: give both or neither")
        if self.stretch is not None and self.stretch <= 1:
            raise ValueError("stretch is 1, which is the target itself: write more, such as 1.2")
        return self


class ScoreStep(Declared):
    """From a score of {score} on [if share is none: the score itself][if share is not none:
    {share}].
    """

    score: Score
    """Score from which the step holds [share]."""
    share: Share | None = None
    """Share of the pool that is paid; none for a share equal to the score."""


def curve_of(kpi: str, curves: Sequence[PayoutCurve]) -> PayoutCurve:
    """The KPI's own curve, or the one for all; without either it is a ``ScenarioError``."""
    for curve in (*(c for c in curves if c.kpi == kpi), *(c for c in curves if c.kpi is None)):
        return curve
    raise ScenarioError(unknown("payout curve for a KPI", kpi, [str(c.kpi) for c in curves]))


def payout(attained: Array, curve: PayoutCurve) -> Array:
    """The payout at each attainment, both shares of those at target, (months, paths or 1)."""
    most = 1 if curve.stretch is None else curve.stretch
    off = np.clip(attained, curve.threshold, most) - 1  # off the target, either way
    paid: Array = _bent(off, curve) + 1
    if curve.at_threshold or curve.threshold == 1:
        paid = paid * at_least(attained, curve.threshold)
    else:  # nothing at the threshold either, whatever floats make of it
        paid = paid * above(attained, curve.threshold)
    if curve.deadband:
        near = at_least(attained, 1 - curve.deadband) & ~above(attained, 1 + curve.deadband)
        paid = chosen(near, 1, paid)
    return paid


def _bent(off: Array, curve: PayoutCurve) -> Array:
    """What the payout is off that at target, on one line below it and one above."""
    down, below = 1 - curve.at_threshold, 1 - curve.threshold
    if curve.stretch is None or curve.at_stretch is None:
        return part_of(off, down, below) if below else off
    up, above = curve.at_stretch - 1, curve.stretch - 1
    rise = part_of(off, up, above)
    if not below:
        return rise
    bend = np.minimum if down * above >= up * below else np.maximum
    return np.asarray(bend(part_of(off, down, below), rise))


def stepped(score: Array, table: Sequence[ScoreStep]) -> Array:
    """The share of the pool that a table pays for each score: that of the highest step reached."""
    reached = [at_least(score, step.score) for step in table]
    beyond = [*reached[1:], np.zeros_like(reached[0])]
    return np.asarray(
        add_up(
            (score if step.share is None else step.share) * (here & ~further)
            for step, here, further in zip(table, reached, beyond, strict=True)
        )
    )
