"""Service points: points for KPI failures, which a table turns into a share of the fee."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.clauses.misses import (
    FailureLevel,
    above,
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
from scenarios.world import World, above_zero


class PointsStep(Declared):
    """From {points} points on {share}."""

    points: Factor
    """Points from which the step holds [points]."""
    share: Share
    """Share of the fee credited."""


class RatchetBand(Declared):
    """Above {above} points {times} times."""

    above: Factor
    """Accumulated points above which the band begins [points]."""
    times: Factor
    """What a point counts there, as a multiple of a point."""


class ServicePoints(Clause):
    """Each KPI missed, read every {measured_every} months[if decimals is not none:  and rounded to
    {decimals} decimals], gives the provider service points: {points}. [The worse a miss, the more
    it counts: {levels}.] [If the same KPI is missed in several periods in a row, its points are
    multiplied by {repeat} for the first and each further miss, the last factor going on; once it is
    on target, the count starts again.] Points are added up over {added_up_over} months and then
    lapse. [if ratchet is not none and ratchet_by is the band of each point: Of the points so added
    up, each counts by the band that it lies in: {ratchet}; those below the first band do not
    count.][if ratchet is not none and ratchet_by is the highest band: The points so added up all
    count by the highest band that their sum lies in: {ratchet}; below the first band they do not
    count.] By the points reached at the end of these months, the provider credits the buyer with a
    share of the fee of the {of_fee}: {table}[if between is linear: , between two steps in
    proportion, and beyond the last step no more]; below the first step nothing.

    Formula: SP = sum_i P_i * level_i * repeat_i; Credit = table(SP) * Fee, where table(SP) is the
    share of the highest step reached, or linear between the steps. With a ratchet
    SP' = sum_k times_k * (points within band k), or times_k * SP for the band k that SP lies in.

    Source: points tables, where accumulated points map by steps to a percentage of the next
    month's fee; a repeat failure doubles, SP = 2P (UK Model Services Agreement); a ratchet with a
    threshold and bands of 1.0, 1.2 and 1.5 (PFI); points above a baseline of points, counted at
    the end of a quarter or a year (prisons under PFI, ppponline.affinitext.com, book 3023). Whether
    a band counts its own points or all of them is an assumption: both are offered.

    Conventions: a step is reached at its points exactly; a band begins above its points. A linear
    table that shall begin at nothing has a first step with a share of 0. A share of the next
    month's fee is credited in that month; after the last month of the contract there is none.
    Reviews of KPI weights leave points as they are.
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
    ratchet: Annotated[tuple[RatchetBand, ...], Field(strict=False)] = ()
    """Bands of accumulated points, from few to many; empty where each point counts once."""
    ratchet_by: Literal["the band of each point", "the highest band"] = "the band of each point"
    """Whether a band counts for the points within it, or for all points once it is reached."""
    between: Literal["the step below", "linear"] = "the step below"
    """What is credited between two steps of the table."""
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
        bands = [band.above for band in self.ratchet]
        if bands != sorted(set(bands)):
            raise ValueError(f"the ratchet's bands must rise from one to the next, not {bands}")
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
        over = self.added_up_over
        rows = world.closing(over)
        total = world.running(points, over)[rows]
        if self.ratchet:
            total = _ratcheted(total, self.ratchet, whole=self.ratchet_by == "the highest band")
        share = (_stepped if self.between == "the step below" else _linear)(total, self.table)
        fee = above_zero(ledger.fee)
        if self.of_fee == "next month":
            return -(ledger.later(world.from_closing(share, over), 1) * fee)
        return -world.from_closing(share * world.running(fee, over)[rows], over)

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


def _ratcheted(points: Array, bands: Sequence[RatchetBand], *, whole: bool) -> Array:
    """What the points count: each by its own band, or all by the highest one [points]."""
    if whole:
        reached = np.zeros(points.shape, np.int16)
        for band in bands:
            reached += above(points, band.above)
        times: Array = np.array((0, *(band.times for band in bands))).take(reached)
        return points * times
    counted: Array = np.maximum(points - bands[0].above, 0) * bands[0].times
    for lower, band in pairwise(bands):
        counted = counted + np.maximum(points - band.above, 0) * (band.times - lower.times)
    return counted


def _stepped(points: Array, table: Sequence[PointsStep]) -> Array:
    """The share of the highest step reached, (months, paths or 1)."""
    reached = np.zeros(points.shape, np.int16)
    for step in table:
        reached += at_least(points, step.points)
    share: Array = np.array((0, *(step.share for step in table))).take(reached)
    return share


def _linear(points: Array, table: Sequence[PointsStep]) -> Array:
    """The share at these points on the line between the steps, (months, paths or 1)."""
    first = table[0]
    share: Array = at_least(points, first.points) * first.share
    for lower, step in pairwise(table):
        within = np.minimum(np.maximum(points - lower.points, 0), step.points - lower.points)
        rise = (step.share - lower.share) / (step.points - lower.points)
        share = share + within * rise
    return share
