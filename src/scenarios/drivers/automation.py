"""Automation: the share of units that machines handle, and what they cost."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Annotated, Any

import numpy as np
from pydantic import Field, model_validator

from scenarios.declared import Declared
from scenarios.drivers.bass import Bass
from scenarios.quantities import Months, Share, Span
from scenarios.uncertain import (
    Array,
    Distribution,
    Draws,
    UncertainFactor,
    UncertainGrowth,
    UncertainMoney,
    UncertainMonths,
    UncertainPrice,
    UncertainShare,
    UncertainSpan,
)

TEN_TO_NINETY = math.log(81)
"""A logistic curve of steepness k goes from 10 % to 90 % in ln 81 / k."""


class Wave(Declared):
    """From month {go_live} on, machines take a further {ceiling} of the units within {rise} months,
    for {one_off}.
    """

    go_live: Months
    """First month of the wave, from 0."""
    ceiling: UncertainShare
    """Share of all units that it adds; all waves together take no more than every unit."""
    rise: Span = 12
    """Months in which it gets there, in equal steps."""
    one_off: UncertainMoney = 0
    """Investment, paid in its first month [money]."""


class Automation(Declared):
    """From month {go_live} on, automation handles a growing share of the units, up to {ceiling};
    half of it by month {midpoint}, mature in month {mature}.

    The curve is one of three: logistic, by ``midpoint`` and ``rise``; ``bass``; or ``points`` that
    were observed. Source: logistic and Bass diffusion. With ``mature`` the logistic curve is
    normalised: zero at go-live, the ceiling at maturity; without it the plain logistic curve runs
    from go-live.
    """

    ceiling: UncertainShare
    """Share of units automated in the end."""
    go_live: Months
    """First month of automation as planned, counted from 0."""
    midpoint: UncertainMonths | None = None
    """Month in which the logistic curve is at one half, counted from 0."""
    rise: UncertainSpan | None = None
    """Months in which the logistic curve goes from 10 % to 90 %."""
    mature: Months | None = None
    """Month in which the ceiling is reached; none for the plain logistic curve."""
    bass: Bass | None = None
    """Bass diffusion from go-live on, instead of the logistic curve."""
    points: (
        Annotated[
            tuple[Annotated[tuple[Months, Share], Field(strict=False)], ...],
            Field(strict=False, min_length=1),
        ]
        | None
    ) = None
    """An observed curve instead: months since go-live, from 1, and share of the ceiling."""
    delay: UncertainMonths = 0
    """Months by which everything comes later than planned."""
    speed: UncertainFactor = 1
    """How fast the curve is run through from go-live on: 2 takes half of the time."""
    waves: Annotated[tuple[Wave, ...], Field(strict=False)] = ()
    """Later waves of automation, each with a start of its own."""
    unit_cost: UncertainPrice = 0
    """Provider's cost of an automated unit in the first month [money per unit]."""
    unit_cost_change: UncertainGrowth = 0
    """Relative change of that cost a year, such as -0.2 where models become cheaper."""
    running_cost: UncertainMoney = 0
    """Provider's cost of running the automation from go-live on [money a month]."""
    one_off: UncertainMoney = 0
    """Investment, paid in the month of go-live [money]."""
    harder_work: UncertainFactor = 0
    """People's hours a unit rise by this times the automated share: harder units stay with them."""
    reopened: UncertainFactor = 1
    """How many times as often an automated unit is reopened as one that people handled."""

    @model_validator(mode="after")
    def _in_order(self) -> Automation:
        if self.mature is not None and self.mature <= self.go_live:
            raise ValueError(f"mature ({self.mature}) must come after go_live ({self.go_live})")
        return self

    @model_validator(mode="after")
    def _one_curve(self) -> Automation:
        logistic_parts = [self.midpoint, self.rise]
        curves = [any(part is not None for part in logistic_parts), self.bass, self.points]
        if sum(bool(curve) for curve in curves) != 1 or (curves[0] and None in logistic_parts):
            raise ValueError(
                "needs one curve: midpoint and rise (logistic), or bass, or points of its own"
            )
        if self.mature is not None and not curves[0]:
            raise ValueError("mature belongs to the logistic curve: take it out, or bass or points")
        if self.points is not None and not _rising(self.points):
            raise ValueError(
                "points must rise: later months, from 1, and shares that do not fall, such as "
                "[[6, 0.2], [18, 1.0]]"
            )
        return self

    def matures(self, months: int, pace: float = 1) -> int:
        """The first month in which it is as far as it gets, with its central delay and speed and at
        this pace, the last month where that comes later; without ``mature`` the start of the last
        year of so many months.
        """
        if self.mature is None:
            return max(months - 12, 0)
        took = (self.mature - self.go_live) / max(central(self.speed) * pace, 1 / months)
        return min(math.ceil(self.go_live + took + central(self.delay)), months - 1)

    def adoption(self, draws: Draws, months: int, ahead: int = 0, pace: float = 1) -> Array:
        """Share of units automated, (months, paths or 1); ``ahead`` months sooner than declared and
        ``pace`` times as fast.
        """
        when = self._when(draws, months, ahead)
        curve = self._curve(draws, self._faster(draws, when, pace))
        for number, wave in enumerate(self.waves, 1):
            ceiling = draws.value(wave.ceiling, f"automation.waves.{number}.ceiling")
            curve = curve + np.clip((when - wave.go_live + 1) / wave.rise, 0, 1) * ceiling
        if self.waves:
            curve = np.minimum(curve, 1)
        return np.asarray(curve)

    def _when(self, draws: Draws, months: int, ahead: int) -> Array:
        """Each month as the plan counts it, (months, paths or 1) [months]."""
        month = np.arange(months)[:, None] + ahead
        if _plain(self.delay, 0):
            return month
        return month - draws.value(self.delay, "automation.delay")

    def _faster(self, draws: Draws, when: Array, pace: float) -> Array:
        """The months of the curve that so many months of the plan run through."""
        if _plain(self.speed, 1) and pace == 1:
            return when
        speed = draws.value(self.speed, "automation.speed") * pace
        return np.asarray(self.go_live + (when - self.go_live) * speed)

    def _curve(self, draws: Draws, when: Array) -> Array:
        """The curve at these months of the plan, nothing before go-live, (months, paths or 1)."""
        ceiling = draws.value(self.ceiling, "automation.ceiling")
        if self.midpoint is not None and self.rise is not None:
            midpoint = draws.value(self.midpoint, "automation.midpoint")
            steepness = TEN_TO_NINETY / draws.value(self.rise, "automation.rise")
            curve = self._logistic(when, midpoint, steepness, ceiling)
        elif self.bass is not None:
            curve = self.bass.adopted(draws, when - self.go_live) * ceiling
        else:
            months, shares = zip((0, 0.0), *(self.points or ()), strict=True)
            curve = np.interp(when - self.go_live, months, shares) * ceiling
        curve *= when >= self.go_live
        return curve

    def _logistic(self, when: Array, midpoint: Any, steepness: Any, ceiling: Any) -> Array:
        if self.mature is None:
            return logistic(when, midpoint, steepness, ceiling)
        curve = logistic(when, midpoint, steepness)
        start = logistic(np.array([[self.go_live]]), midpoint, steepness)
        end = logistic(np.array([[self.mature]]), midpoint, steepness)
        return np.asarray(np.clip((curve - start) / (end - start), 0, 1) * ceiling)

    def running(self, draws: Draws, months: int, ahead: int = 0) -> Array:
        """The monthly running cost from go-live on, (months, paths or 1) [money]."""
        live = self._when(draws, months, ahead) >= self.go_live
        return np.asarray(live * draws.value(self.running_cost, "automation.running_cost"))

    def invested(self, draws: Draws, months: int, ahead: int = 0) -> Array:
        """The one-offs in the months of go-live, (months, paths or 1) [money]."""
        when = self._when(draws, months, ahead)
        spent = first_month(when, self.go_live) * draws.value(self.one_off, "automation.one_off")
        for number, wave in enumerate(self.waves, 1):
            cost = draws.value(wave.one_off, f"automation.waves.{number}.one_off")
            spent = spent + first_month(when, wave.go_live) * cost
        return np.asarray(spent)

    def handling(self, draws: Draws, months: int) -> Any:
        """Provider's cost of an automated unit, a number or (months, paths or 1) [money]."""
        cost = draws.value(self.unit_cost, "automation.unit_cost")
        if _plain(self.unit_cost_change, 0):
            return cost
        change = draws.value(self.unit_cost_change, "automation.unit_cost_change")
        return cost * (1 + change) ** (np.arange(months)[:, None] / 12)


def central(number: float | Distribution) -> float:
    """A number as it is taken with uncertainty off."""
    return number.central if isinstance(number, Distribution) else number


def first_month(when: Array, go_live: int) -> Array:
    """True in the first month given at or after go-live, (months, paths or 1)."""
    live = when >= go_live
    return np.asarray(live & ~np.concatenate([np.zeros_like(live[:1]), live[:-1]]))


def _rising(points: tuple[tuple[int, float], ...]) -> bool:
    months, shares = zip(*points, strict=True)
    return (
        months[0] >= 1
        and all(before < after for before, after in pairwise(months))
        and all(before <= after for before, after in pairwise(shares))
    )


def _plain(number: Any, neutral: float) -> bool:
    """True for the plain number that changes nothing: it costs no arithmetic."""
    return isinstance(number, int | float) and number == neutral


def logistic(
    month: Array, midpoint: Array | float, steepness: Array | float, ceiling: Array | float = 1
) -> Array:
    """The logistic curve, 0 to ``ceiling``, at these months."""
    curve = np.asarray((midpoint - month) * steepness)
    with np.errstate(over="ignore"):  # so far before its midpoint the curve is zero
        np.exp(curve, out=curve)
    curve += 1
    return np.asarray(ceiling / curve)
