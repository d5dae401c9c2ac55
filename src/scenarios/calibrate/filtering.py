"""The model of one series, as statsmodels' Kalman filter sees it.

It is what the scenario's demand and KPIs simulate: on the scale on which deviations add,
value = terms + deviation + luck of counting. The terms are level, growth and seasons; the deviation
is a stationary AR(1); the variance of the luck is known from the counts. Periods without a value
are no problem to the filter.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from statsmodels.tsa.statespace.kalman_smoother import KalmanSmoother

from scenarios.uncertain import Array


@dataclass(frozen=True)
class Series:
    """What is fitted, on the scale on which deviations add; then what is asked for ahead."""

    values: Array
    """One a period; NaN where there is none; (periods,)."""
    noise: Array
    """Variance by the luck of counting, (periods,)."""
    design: Array
    """What each period takes of each term, later periods after the fitted ones; (all, terms)."""
    centre: Array
    """Where the terms are looked for, (terms,)."""
    spread: Array
    """How far about it: covariance of the terms before any value is seen, (terms, terms)."""

    @property
    def scale(self) -> float:
        """A first guess of how much the values deviate from one period to the next."""
        seen = self.values[np.isfinite(self.values)]
        step = np.std(np.diff(seen)) if len(seen) > 2 else 0.0  # noqa: PLR2004  needs two steps
        return float(max(step, np.std(seen), np.sqrt(np.median(self.noise)), 1e-6))


@dataclass(frozen=True)
class End:
    """What one pair of numbers says after the last value."""

    terms: Array
    """Mean of the terms, (terms,)."""
    covariance: Array
    """Theirs, (terms, terms)."""
    mean: Array
    """Of later periods without the luck of counting, (later periods,)."""
    variance: Array
    """Theirs, (later periods,)."""


class Filter:
    """The model of one series as statsmodels' filter sees it."""

    def __init__(self, series: Series) -> None:
        self.series = series
        every, self.terms = series.design.shape
        later = every - len(series.values)
        self.filter = KalmanSmoother(k_endog=1, k_states=self.terms + 1, k_posdef=1)
        self.filter.bind(np.append(series.values, np.full(later, np.nan))[:, None])
        self.filter["design"] = np.column_stack([series.design, np.ones(every)]).T[None]
        self.filter["selection", -1, 0] = 1.0
        self.filter["obs_cov"] = np.append(series.noise, np.zeros(later))[None, None]

    def _at(self, carried: float, innovation: float) -> KalmanSmoother:
        transition = np.eye(self.terms + 1)
        transition[-1, -1] = carried
        start = np.zeros((self.terms + 1, self.terms + 1))
        start[:-1, :-1] = self.series.spread
        start[-1, -1] = innovation**2 / (1 - carried**2)
        self.filter["transition"] = transition
        self.filter["state_cov", 0, 0] = innovation**2
        self.filter.initialize_known(np.append(self.series.centre, 0.0), start)
        return self.filter

    def log_likelihood(self, carried: float, innovation: float) -> float:
        """How likely the values are, as a logarithm."""
        return float(self._at(carried, innovation).loglike())

    def end(self, carried: float, innovation: float) -> End:
        """The terms and later periods, given all values."""
        found = self._at(carried, innovation).filter()
        fitted = len(self.series.values)
        state, covariance = found.predicted_state, found.predicted_state_cov
        mean, variance = [], []
        for period in range(fitted, len(self.series.design)):
            row = np.append(self.series.design[period], 1.0)
            mean.append(row @ state[:, period])
            variance.append(row @ covariance[:, :, period] @ row)
        at = (slice(self.terms), fitted)
        terms = covariance[: self.terms, : self.terms, fitted]
        return End(state[at], terms, np.array(mean), np.maximum(variance, 0))

    def smoothed(self, carried: float, innovation: float) -> Array:
        """Where the series was in each period, luck aside, given all values; (periods,)."""
        found = self._at(carried, innovation).smooth()
        rows = np.column_stack([self.series.design, np.ones(len(self.series.design))])
        every = np.einsum("ij,ji->i", rows, found.smoothed_state)
        return np.asarray(every[: len(self.series.values)])

    def surprise(self, carried: float, innovation: float) -> Array:
        """One-step errors over their standard deviations, NaN without a value; (periods,)."""
        found = self._at(carried, innovation).filter()
        errors = np.asarray(found.standardized_forecasts_error[0, : len(self.series.values)])
        errors[np.flatnonzero(np.isfinite(errors))[: self.terms]] = np.nan  # they found the terms
        return errors
