"""The Ornstein-Uhlenbeck process of a series: how fast, about what, and how widely it moves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from statsmodels.regression.linear_model import OLS

from scenarios.errors import Problem, ScenarioError

_FEWEST = 4
"""Values from which a line through pairs leaves an error to measure."""


@dataclass(frozen=True)
class OrnsteinUhlenbeck:
    """A process that returns to its mean, in the unit of time of its step."""

    reversion: float
    """Speed at which a deviation fades [per unit of time]."""
    mean: float
    """What it returns to [the series' unit]."""
    volatility: float
    """Standard deviation of its noise [the series' unit per root of time]."""

    @property
    def half_life(self) -> float:
        """Time until half of a deviation is left."""
        return math.log(2) / self.reversion

    @property
    def sd(self) -> float:
        """Standard deviation in the long run, the ``sd`` of a score [the series' unit]."""
        return self.volatility / math.sqrt(2 * self.reversion)

    def autocorrelation(self, step: float) -> float:
        """How much of a deviation is left after so much time."""
        return math.exp(-self.reversion * step)

    def path(self, start: float, step: float, normals: Sequence[float]) -> list[float]:
        """The values after each of so many equal steps of time, by the exact step.

        ``normals`` are standard normals, one a step. Source: sitmo.com, "Calibrating the
        Ornstein-Uhlenbeck (Vasicek) model".
        """
        left = self.autocorrelation(step)
        noise = self.sd * math.sqrt(1 - left**2)
        values = [start]
        for normal in normals:
            values.append(self.mean + left * (values[-1] - self.mean) + noise * normal)
        return values[1:]


def ornstein_uhlenbeck(values: Sequence[float], step: float) -> OrnsteinUhlenbeck:
    """The process by least squares, from values at equal steps of time.

    A line y = a x + b through each value and the next gives, with sd the line's residual
    error: reversion = -ln(a) / step, mean = b / (1 - a), and
    volatility = sd sqrt(-2 ln(a) / (step (1 - a²))). Raises ``ScenarioError`` for fewer than four
    values, a step that is not above 0, and where a does not lie between 0 and 1: such a series does
    not return to a mean. Source: sitmo.com, "Calibrating the Ornstein-Uhlenbeck (Vasicek) model".
    """
    seen = np.asarray(values, dtype=float)
    if len(seen) < _FEWEST or not np.isfinite(seen).all() or not step > 0:
        raise ScenarioError(
            Problem(
                "a process needs finite values at equal steps of time",
                given=f"{len(seen)} values, step {step}",
                allowed=f"{_FEWEST} values or more, a step above 0",
            )
        )
    line = OLS(seen[1:], np.column_stack([seen[:-1], np.ones(len(seen) - 1)])).fit()
    a, b = (float(number) for number in line.params)
    if not 0 < a < 1:
        raise ScenarioError(
            Problem(
                "this series does not return to a mean: the slope from each value to the next is "
                "not between 0 and 1",
                given=f"{a:.4g}",
            )
        )
    kept = -math.log(a)
    sd = math.sqrt(line.mse_resid)
    return OrnsteinUhlenbeck(
        kept / step, b / (1 - a), sd * math.sqrt(2 * kept / (step * (1 - a**2)))
    )
