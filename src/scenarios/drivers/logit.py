"""Rates that deviate on the logit: how wide there for a standard deviation of the rate itself."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from scenarios.uncertain import Array

NODES = 160
"""Points of the Gauss-Hermite quadrature: exact to more digits than are ever shown."""
WIDEST = 100.0
"""The widest spread: with it a rate is all or nothing, half of the time each."""
HALVINGS = 60
"""Of the spreads that it may be: 100 halved so often is less than a float tells apart."""


def rate_sd(level: Array | float, spread: Array | float) -> Array:
    """Standard deviation of a rate whose logit is normal about that of ``level``, its median, with
    this ``spread``; both may be arrays of one shape [share].
    """
    from scipy.special import expit, logit  # noqa: PLC0415  scipy loads only where it is needed

    places, weights = _quadrature()
    rate = expit(logit(np.asarray(level))[..., None] + np.asarray(spread)[..., None] * places)
    mean = rate @ weights
    return np.asarray(np.sqrt(np.square(rate - mean[..., None]) @ weights))


@lru_cache(maxsize=1)
def _quadrature() -> tuple[Array, Array]:
    """Places of a standard normal and their weights, which add up to 1."""
    from scipy.special import roots_hermitenorm  # noqa: PLC0415  as above

    places, weights = roots_hermitenorm(NODES)
    return places, weights / weights.sum()


@lru_cache(maxsize=1024)
def logit_spread(level: float, sd: float) -> float:
    """The spread of the logit with which a rate of this median has this standard deviation.

    For a small one sd / (level (1 - level)); near 0 and 1, where a rate has room on one side only,
    that would be far too much. ``sd`` must be above 0 and below 0.5.
    """
    low, high = 0.0, WIDEST
    for _ in range(HALVINGS):  # by hand: loading scipy.optimize takes far longer
        middle = (low + high) / 2
        low, high = (middle, high) if rate_sd(level, middle) < sd else (low, middle)
    return high
