"""A log's volume as the numbers of a scenario's demand."""

from __future__ import annotations

from typing import Any

import numpy as np

from scenarios.calibrate.estimates import Calibrated, Estimate, between, rounded
from scenarios.calibrate.fitted import Fitted
from scenarios.calibrate.months import WEEKS, monthly
from scenarios.drivers import Volume
from scenarios.quantities import GROWTH, LOG_SPREAD

LUCK = 0.01
"""Counts are drawn where their luck makes up this share of a month's variance: assumption."""
_STILL = 1e-3
"""Deviations below this are none."""
_METHOD = "weighed by likelihood: trend and AR(1) or walk of the logarithm, luck of counting apart"


def volume(fitted: Fitted, unit: str, seasons: str) -> Calibrated:
    """The numbers of ``demand.volume``; ``seasons`` says why there are seasons or none.

    ``per_month`` is the level from the month after the last one on, as far as a deviation then is
    expected to stay, and what is not known of it; deviations of weeks become those of months.
    """
    own = fitted.posterior.deviation
    deviation, carried = monthly(own, fitted.posterior.autocorrelation, fitted.every)
    # The declared level is a mean: the median of the deviations lies below it by half the variance.
    level = np.exp(fitted.posterior.terms[:, 0] + np.median(own) ** 2 / 2)
    level *= WEEKS if fitted.every == "week" else 1
    factors = None if fitted.seasons is None else np.exp(fitted.seasons)
    if factors is not None:
        level *= factors.mean(axis=1)
        factors /= factors.mean(axis=1, keepdims=True)
    estimates = {
        name: Estimate.of(name, draws, fitted.periods, _METHOD)
        for name, draws in (
            ("per_month", level),
            ("growth", np.expm1(fitted.growth)),
            ("volatility", deviation),
            ("autocorrelation", carried),
        )
    }
    decisions = [seasons, *_bounded(estimates)]
    numbers = _numbers(estimates, unit)
    if factors is not None:
        numbers["seasonality"] = [round(float(x), 3) for x in np.median(factors, axis=0)]
        estimates |= {
            f"seasonality.{month}": Estimate.of(
                f"seasonality.{month}", draws, fitted.periods, _METHOD
            )
            for month, draws in enumerate(factors.T, start=1)
        }
    if fitted.scaled.still:
        decisions.append(f"every {fitted.every} has the same number of {unit}s: is it a plan?")
        numbers |= {"volatility": 0.0, "autocorrelation": 0.0}
    elif 1 / estimates["per_month"].estimate > LUCK * numbers["volatility"] ** 2:
        numbers["counts"] = "poisson"
        decisions.append(
            f"whole {unit}s are counted around the level: volatility is what that luck leaves"
        )
    return Calibrated(numbers, tuple(estimates.values()), tuple(decisions), Volume)


def _numbers(estimates: dict[str, Estimate], unit: str) -> dict[str, Any]:
    level, growth = estimates["per_month"], estimates["growth"]
    low, high = GROWTH.low or 0.0, GROWTH.high or 0.0
    volatility = min(round(estimates["volatility"].estimate, 3), LOG_SPREAD.high or 0.0)
    still = volatility <= _STILL
    return {
        "unit": unit,
        "per_month": between(rounded(level.p10), rounded(level.p90), shape="lognormal"),
        "growth": between(
            *(float(np.clip(round(end, 3), low, high)) for end in (growth.p10, growth.p90))
        ),
        "volatility": 0.0 if still else volatility,
        "autocorrelation": 0.0 if still else round(estimates["autocorrelation"].estimate, 2),
    }


def _bounded(estimates: dict[str, Estimate]) -> list[str]:
    """What a scenario cannot hold, in words."""
    said = []
    growth, volatility = estimates["growth"], estimates["volatility"]
    if growth.p90 > (GROWTH.high or 0.0):
        said.append(
            f"growth of {growth.estimate:.0%} a year is beyond what a scenario takes "
            f"({GROWTH.high:.0%}): no volume goes on like that; set it by hand"
        )
    if volatility.estimate > (LOG_SPREAD.high or 0.0):
        said.append(
            f"volatility of {volatility.estimate:.1f} is beyond what a scenario takes "
            f"({LOG_SPREAD.high:g}): these periods are not of one kind"
        )
    return said
