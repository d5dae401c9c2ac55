"""The sure amount that is worth as much as an uncertain one to somebody who shuns risk."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from scenarios.errors import ScenarioError
from scenarios.risk.amounts import Worse, probable, sign_of, tolerance_above_zero


def certainty_equivalent(
    amounts: Iterable[float],
    risk_tolerance: float,
    weights: Iterable[float] | None = None,
    *,
    worse: Worse = "low",
) -> float:
    """The sure amount that is worth as much as the uncertain one [money].

    Constant absolute risk aversion (CARA): -R ln E exp(-x / R), R the ``risk_tolerance`` [money];
    infinite is indifferent to risk, and gives the mean. Of costs (``worse="high"``) it is the sure
    cost that is as bad: above their mean. A sum added to every amount adds itself. ``weights`` say
    how likely each amount is. Raises ``ScenarioError`` for a tolerance that is not above 0 and for
    amounts that are not finite. Source: Pratt (1964), Risk aversion in the small and in the large.
    """
    tolerance = tolerance_above_zero(risk_tolerance)
    sign = sign_of(worse)
    given, chances = probable(amounts, weights)
    mean = float(chances @ given)
    if math.isinf(tolerance):
        return mean
    below = -sign * (given - mean) / tolerance
    if np.abs(below).max() < 1:  # the logarithm of what is nearly 1 would lose its last digits
        return mean - sign * tolerance * math.log1p(float(chances @ np.expm1(below)))
    from scipy.special import logsumexp  # noqa: PLC0415  scipy loads only where it is needed

    return mean - sign * tolerance * float(logsumexp(below, b=chances))


def certainty_equivalent_approximation(
    mean: float, sd: float, risk_tolerance: float, *, worse: Worse = "low"
) -> float:
    """The certainty equivalent as far as mean and standard deviation tell it [money].

    mean - sd^2 / 2R, R the ``risk_tolerance`` [money]; of costs, mean + sd^2 / 2R. Exact for a
    normal distribution; poor where the standard deviation comes near the tolerance. Raises
    ``ScenarioError`` for a tolerance that is not above 0 or a standard deviation below 0. Source:
    as ``certainty_equivalent``.
    """
    if not sd >= 0:
        raise ScenarioError(f"a standard deviation is 0 or more: given {sd:g}")
    return mean - sign_of(worse) * sd**2 / (2 * tolerance_above_zero(risk_tolerance))
