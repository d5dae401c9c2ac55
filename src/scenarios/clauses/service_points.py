"""Service points: points for KPI failures, which a table turns into a share of the fee."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.clauses.misses import (
    FailureLevel,
    at_least,
    check_levels,
    check_names,
    repeated,
    severity,
)
from scenarios.declared import Declared
from scenarios.ledger import Ledger
from scenarios.quantities import Factor, Share
from scenarios.term import Array, Clause
from scenarios.world import World


class PointsStep(Declared):
    """From {points} points on {share}."""

    points: Factor
    """Points from which the step holds [points]."""
    share: Share
    """Share of the fee credited."""


class ServicePoints(Clause):
    """Each KPI missed, read every {measured_every} months[if decimals is not none:  and rounded to
    {decimals} decimals], gives the provider service points: {points}. [The worse a miss, the more
    it counts: {levels}.] [If the same KPI is missed in several periods in a row, its points are
    multiplied by {repeat} for the first and each further miss, the last factor going on; once it is
    on target, the count starts again.] Points are added up over {added_up_over} months and then
    lapse. By the points reached at the end of these months, the provider credits the buyer with a
    share of the fee of the {of_fee}: {table}; below the first step nothing.

    Formula: SP = sum_i P_i * level_i * repeat_i; Credit = table(SP) * Fee, where table(SP) is the
    share of the highest step reached.

    Source: points tables, where accumulated points map by steps to a percentage of the next
    month's fee; a repeat failure doubles, SP = 2P (UK Model Services Agreement); a ratchet of 1.0,
    1.2 and 1.5 (PFI).

    Conventions: a step is reached at its points exactly. A share of the next month's fee is
    credited in that month; after the last month of the contract there is none. Reviews of KPI
    weights leave points as they are.
    """

    budget: ClassVar[str] = "credits"

    points: dict[str, Factor]
    """Points for a miss, by KPI [points]."""
    table: Annotated[tuple[PointsStep, ...], Field(strict=False, min_length=1)]
    """Steps from few points to many."""
    levels: Annotated[tuple[FailureLevel, ...], Field(strict=False)] = ()
    """Levels of failure that count more than a miss, for each KPI from mild to severe."""
    repeat: Annotated[tuple[Factor, ...], Field(strict=False)] = ()
    """Factors for the first, second ... miss of the same KPI in a row, such as 1 and 2."""
    measured_every: Literal[1, 3, 6, 12] = 1
    """Months over which a KPI is averaged before it is compared with its target."""
    added_up_over: Literal[1, 3, 6, 12] = 1
    """Months over which points are added up before the table is read."""
    of_fee: Literal["same months", "next month"] = "same months"
    """Which fee the table's share is taken of."""
    decimals: int | None = None
    """Decimals to which a KPI is rounded before the comparison; none for no rounding."""

    @model_validator(mode="after")
    def _in_order(self) -> ServicePoints:
        check_levels(self.levels)
        steps = [step.points for step in self.table]
        if steps != sorted(set(steps)):
            raise ValueError(f"the table's points must rise from step to step, not {steps}")
        if self.added_up_over % self.measured_every:
            raise ValueError(
                f"points are added up over {self.added_up_over} months but KPIs are read every "
                f"{self.measured_every}: add up over a multiple of that"
            )
        check_names([level.kpi for level in self.levels], self.points, "KPI with levels")
        return self

    def apply(self, world: World, ledger: Ledger) -> Array:
        """Minus the credit, where the points have been added up or in the month after."""
        points = world.at_close(self._points(world, ledger), self.measured_every)
        total = world.running(points, self.added_up_over)
        reached = np.zeros(total.shape, np.int16)
        for step in self.table:
            reached += at_least(total, step.points)
        share = np.array((0, *(step.share for step in self.table))).take(reached)
        fee = np.maximum(ledger.fee, 0)
        if self.of_fee == "next month":
            return -(ledger.later(world.at_close(share, self.added_up_over), 1) * fee)
        return -world.at_close(share * world.running(fee, self.added_up_over), self.added_up_over)

    def _points(self, world: World, ledger: Ledger) -> Array:
        """The points of each reading, (months, paths or 1) [points]."""
        scorecard, every, decimals = ledger.scorecard, self.measured_every, self.decimals
        total: Any = ledger.zeros()
        for kpi, points in self.points.items():
            missed = ~scorecard.met(world, kpi, every, decimals)
            times = severity(world, missed, kpi, self.levels, every, decimals)
            if self.repeat:
                times = times * repeated(missed, every, self.repeat)
            total = total + times * points
        return total
