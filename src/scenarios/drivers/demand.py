"""Demand: the units that come in each month."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Annotated, Literal

import numpy as np
from pydantic import Field, field_validator, model_validator

from scenarios.declared import Declared
from scenarios.drivers.chance import count
from scenarios.quantities import Factor, LogSpread, Share
from scenarios.uncertain import Array, Draws, UncertainGrowth, UncertainUnits


class Volume(Declared):
    """About {per_month} {unit}s come in a month, growing by {growth} a year.

    The level is a lognormal AR(1) around trend and season. Around it whole units are counted where
    ``counts`` says so: Poisson, or negative binomial with variance m + a m², m the level and a the
    ``overdispersion`` (NB2). Source: textbook count regression.
    """

    unit: Annotated[str, Field(min_length=1)]
    """What one unit is called, such as ticket."""
    per_month: UncertainUnits
    """Units a month at the start."""
    growth: UncertainGrowth = 0
    """Relative growth a year, compounded monthly."""
    seasonality: (
        Annotated[tuple[Factor, ...], Field(strict=False, min_length=12, max_length=12)] | None
    ) = None
    """Twelve factors, January first, some may be 0; they are scaled to a mean of 1."""
    volatility: LogSpread = 0
    """Month-to-month dispersion: standard deviation of the logarithm."""
    autocorrelation: Share = 0
    """How much of one month's deviation stays in the next."""
    counts: Literal["continuous", "poisson", "negative binomial"] = "continuous"
    """Whether whole units are counted around the month's level, and how they scatter."""
    overdispersion: Factor = 0
    """Negative binomial only: variance beyond Poisson's, as a share of the squared level."""

    @field_validator("seasonality")
    @classmethod
    def _has_a_season(cls, factors: tuple[float, ...] | None) -> tuple[float, ...] | None:
        """A month may have none of the year's units, but not all of them."""
        if factors is not None and not any(factors):
            raise ValueError(
                "all twelve factors are 0, so that no month has any of the year's units: give at "
                "least one above 0, or per_month: 0 for no units at all"
            )
        return factors

    @model_validator(mode="after")
    def _scatters_as_counted(self) -> Volume:
        if (self.counts == "negative binomial") != (self.overdispersion > 0):
            raise ValueError(
                f"counts {self.counts!r} with overdispersion {self.overdispersion:g}: a negative "
                "binomial count needs an overdispersion above 0, such as 0.02, and no other has one"
            )
        return self

    def simulate(
        self, draws: Draws, months: int, first_calendar_month: int, shocks: Array | None = None
    ) -> Array:
        """Units that come in, (months, paths or 1) [units]; the mean is the declared trend, times
        what ``shocks`` make of it [factor]. They move the level, around which units are counted.
        """
        level = self._level(draws, months, first_calendar_month)
        if shocks is not None:
            level = level * shocks
        if self.counts == "continuous":
            return level
        return count(draws.normals("demand.count", months), level, self.overdispersion)

    def _level(self, draws: Draws, months: int, first_calendar_month: int) -> Array:
        """Trend, season and the deviation that carries over, (months, paths or 1) [units]."""
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
        with np.errstate(divide="ignore"):  # no units have no logarithm, and stay none
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
