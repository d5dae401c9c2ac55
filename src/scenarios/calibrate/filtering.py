"""The model of one series, as statsmodels' Kalman filter sees it.

On the scale on which deviations add, value = terms + deviation + noise + luck of counting. Terms
are level, growth and seasons; the deviation is an AR(1), stationary or a random walk; the variance
of the luck is known from the counts. Periods without a value are no problem to the filter. What the
scenario's demand and KPIs simulate is stationary and has no noise of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

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


class Movement(NamedTuple):
    """How a series moves about its terms, each on its scale."""

    carried: float
    """How much of a deviation stays in the next period; 1 where it wanders and never fades."""
    innovation: float
    """Standard deviation of what is new in a deviation."""
    noise: float = 0.0
    """Standard deviation of what is gone the period after, beside the luck of counting."""


@dataclass(frozen=True)
class End:
    """What one movement says after the last value."""

    state: Array
    """Mean of the terms and of the next period's deviation, (terms + 1,)."""
    covariance: Array
    """Theirs, (terms + 1, terms + 1)."""


class Filter:
    """The model of one series as statsmodels' filter sees it.

    ``shares`` multiply the variance of what is new after each period, (periods,); all 1 without.
    """

    def __init__(self, series: Series, shares: Array | None = None) -> None:
        self.series = series
        every, self.terms = series.design.shape
        later = every - len(series.values)
        self.shares = np.ones(every)
        if shares is not None:
            self.shares[: len(shares)] = shares
        self.filter = KalmanSmoother(k_endog=1, k_states=self.terms + 1, k_posdef=1)
        self.filter.bind(np.append(series.values, np.full(later, np.nan))[:, None])
        self.filter["design"] = np.column_stack([series.design, np.ones(every)]).T[None]
        self.filter["selection", -1, 0] = 1.0
        self.luck = np.append(series.noise, np.zeros(later))

    def _at(self, movement: Movement) -> KalmanSmoother:
        carried, innovation, noise = movement
        transition = np.eye(self.terms + 1)
        transition[-1, -1] = carried
        start = np.zeros((self.terms + 1, self.terms + 1))
        start[:-1, :-1] = self.series.spread
        # A walk begins at the level.
        start[-1, -1] = innovation**2 / (1 - carried**2) if carried < 1 else 0.0
        self.filter["transition"] = transition
        self.filter["state_cov"] = (innovation**2 * self.shares)[None, None]
        self.filter["obs_cov"] = (self.luck + noise**2)[None, None]
        self.filter.initialize_known(np.append(self.series.centre, 0.0), start)
        return self.filter

    def log_likelihood(self, movement: Movement) -> float:
        """How likely the values are, as a logarithm."""
        return float(self._at(movement).loglike())

    def end(self, movement: Movement) -> End:
        """The terms and the next period's deviation, given all values."""
        found = self._at(movement).filter()
        fitted = len(self.series.values)
        return End(found.predicted_state[:, fitted], found.predicted_state_cov[:, :, fitted])

    def smoothed(self, movement: Movement) -> Array:
        """Where the series was in each period, luck and noise aside, given all; (periods,)."""
        found = self._at(movement).smooth()
        rows = np.column_stack([self.series.design, np.ones(len(self.series.design))])
        every = np.einsum("ij,ji->i", rows, found.smoothed_state)
        return np.asarray(every[: len(self.series.values)])

    def news(self, movement: Movement) -> Array:
        """Mean square of what is new after each period but the last, given all values, over the
        innovations' variance without its share; (periods - 1,).
        """
        found = self._at(movement).smooth()
        last = len(self.series.values) - 1
        mean = found.smoothed_state_disturbance[0, :last]
        variance = found.smoothed_state_disturbance_cov[0, 0, :last]
        return np.asarray((mean**2 + variance) / movement.innovation**2)

    def surprise(self, movement: Movement) -> Array:
        """One-step errors over their standard deviations, NaN without a value; (periods,)."""
        values = self.series.values
        errors = self._at(movement).filter().standardized_forecasts_error[0, : len(values)]
        errors = np.where(np.isfinite(values), errors, np.nan)  # the filter says 0 of a gap
        errors[np.flatnonzero(np.isfinite(errors))[: self.terms]] = np.nan  # they found the terms
        return errors
