"""Automation: the share of units that machines handle, and what they cost."""

from __future__ import annotations

import math

import numpy as np
from pydantic import model_validator

from scenarios.declared import Declared
from scenarios.quantities import Months
from scenarios.uncertain import (
    Array,
    Draws,
    UncertainFactor,
    UncertainMoney,
    UncertainMonths,
    UncertainPrice,
    UncertainShare,
    UncertainSpan,
)

TEN_TO_NINETY = math.log(81)
"""A logistic curve of steepness k goes from 10 % to 90 % in ln 81 / k."""


class Automation(Declared):
    """From month {go_live} on, automation handles a growing share of the units, up to {ceiling};
    half of it by month {midpoint}, mature in month {mature}.

    Source: logistic diffusion. With ``mature`` the curve is normalised: zero
    at go-live, the ceiling at maturity; without it the plain logistic curve runs from go-live.
    """

    ceiling: UncertainShare
    """Share of units automated in the end."""
    go_live: Months
    """First month of automation, counted from 0."""
    midpoint: UncertainMonths
    """Month in which the logistic curve is at one half, counted from 0."""
    rise: UncertainSpan
    """Months in which the logistic curve goes from 10 % to 90 %."""
    mature: Months | None = None
    """Month in which the ceiling is reached; none for the plain logistic curve."""
    unit_cost: UncertainPrice = 0
    """Provider's cost of an automated unit [money per unit]."""
    running_cost: UncertainMoney = 0
    """Provider's cost of running the automation from go-live on [money a month]."""
    one_off: UncertainMoney = 0
    """Investment, paid in the month of go-live [money]."""
    harder_work: UncertainFactor = 0
    """People's hours a unit rise by this times the automated share: harder units stay with them."""

    @model_validator(mode="after")
    def _in_order(self) -> Automation:
        if self.mature is not None and self.mature <= self.go_live:
            raise ValueError(f"mature ({self.mature}) must come after go_live ({self.go_live})")
        return self

    def matures(self, months: int) -> int:
        """The first month in which it is as far as it gets, or the last year of so many months."""
        return min(max(months - 12, 0) if self.mature is None else self.mature, months - 1)

    def adoption(self, draws: Draws, months: int, ahead: int = 0) -> Array:
        """Share of units automated, (months, paths or 1); ``ahead`` months sooner than declared."""
        ceiling = draws.value(self.ceiling, "automation.ceiling")
        midpoint = draws.value(self.midpoint, "automation.midpoint")
        steepness = TEN_TO_NINETY / draws.value(self.rise, "automation.rise")
        month = np.arange(months)[:, None] + ahead
        if self.mature is None:
            curve = logistic(month, midpoint, steepness, ceiling)
        else:
            curve = logistic(month, midpoint, steepness)
            start = logistic(np.array([[self.go_live]]), midpoint, steepness)
            end = logistic(np.array([[self.mature]]), midpoint, steepness)
            curve = np.clip((curve - start) / (end - start), 0, 1) * ceiling
        if self.go_live > ahead:
            curve[: self.go_live - ahead] = 0
        return curve

    def running(self, draws: Draws, months: int, ahead: int = 0) -> Array:
        """The monthly running cost from go-live on, (months, paths or 1) [money]."""
        live = np.arange(months)[:, None] >= self.go_live - ahead
        return np.asarray(live * draws.value(self.running_cost, "automation.running_cost"))

    def invested(self, draws: Draws, months: int, ahead: int = 0) -> Array:
        """The one-off in the month of go-live, (months, paths or 1) [money]."""
        first = np.arange(months)[:, None] == max(self.go_live - ahead, 0)
        return np.asarray(first * draws.value(self.one_off, "automation.one_off"))


def logistic(
    month: Array, midpoint: Array | float, steepness: Array | float, ceiling: Array | float = 1
) -> Array:
    """The logistic curve, 0 to ``ceiling``, at these months."""
    curve = np.asarray((midpoint - month) * steepness)
    with np.errstate(over="ignore"):  # so far before its midpoint the curve is zero
        np.exp(curve, out=curve)
    curve += 1
    return np.asarray(ceiling / curve)
