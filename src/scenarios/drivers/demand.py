"""Demand: the units that come in each month."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Annotated

import numpy as np
from pydantic import Field

from scenarios.declared import Declared
from scenarios.quantities import Factor, LogSpread, Share
from scenarios.uncertain import Array, Draws, UncertainGrowth, UncertainUnits


class Volume(Declared):
    """About {per_month} {unit}s come in a month, growing by {growth} a year."""

    unit: Annotated[str, Field(min_length=1)]
    """What one unit is called, such as ticket."""
    per_month: UncertainUnits
    """Units a month at the start."""
    growth: UncertainGrowth = 0
    """Relative growth a year, compounded monthly."""
    seasonality: (
        Annotated[tuple[Factor, ...], Field(strict=False, min_length=12, max_length=12)] | None
    ) = None
    """Twelve factors, January first; they are scaled to a mean of 1."""
    volatility: LogSpread = 0
    """Month-to-month dispersion: standard deviation of the logarithm."""
    autocorrelation: Share = 0
    """How much of one month's deviation stays in the next."""

    def simulate(self, draws: Draws, months: int, first_calendar_month: int) -> Array:
        """Units that come in, (months, paths or 1) [units]; the mean is the declared trend."""
        month = np.arange(months)[:, None]
        level = draws.value(self.per_month, "demand.per_month")
        trend = (1 + draws.value(self.growth, "demand.growth")) ** (month / 12)
        if self.seasonality is not None:
            factors = np.asarray(self.seasonality) / np.mean(self.seasonality)
            trend = trend * factors[(month + first_calendar_month - 1) % 12]
        if not self.volatility:
            return np.asarray(level * trend)
        noise = autoregression(draws.normals("demand.noise", months), self.autocorrelation)
        noise *= self.volatility
        noise += np.log(level * trend) - self.volatility**2 / 2
        return np.exp(noise, out=noise)


def autoregression(noise: Array, correlation: float) -> Array:
    """A stationary AR(1) process of unit variance, (months, paths), made in place from normals.

    Source: the exact step of an Ornstein-Uhlenbeck process.
    """
    if not correlation:
        return noise
    noise[1:] *= math.sqrt(1 - correlation**2)
    return carry(noise, correlation)


def carry(innovations: Array, correlation: Array | float) -> Array:
    """Adds to each month its share of the month before, in place; (months, ...)."""
    carried = np.empty_like(innovations[0])
    for before, now in pairwise(innovations):
        np.multiply(before, correlation, out=carried)
        np.add(now, carried, out=now)
    return innovations
