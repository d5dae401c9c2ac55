"""Chance: events, counts, samples and delays, each a function of standard normals."""

from __future__ import annotations

from typing import Any

import numpy as np

from scenarios.uncertain import Array

AGES = 6
"""Months, the first one included, over which what comes later is spread."""


def a_month(annual: Any) -> Any:
    """The chance a month of what has this chance a year, every month being like any other."""
    return 1 - (1 - annual) ** (1 / 12)


def happens(z: Array, chance: Any) -> Array:
    """True with this chance, in the shape of ``z`` (months, paths).

    With uncertainty off, where ``z`` is zero, what has a chance of a half or less never happens.
    """
    from scipy.special import ndtr  # noqa: PLC0415  scipy loads only where it is needed

    return np.asarray(ndtr(z) < chance)


def count(z: Array, mean: Any, overdispersion: float = 0) -> Array:
    """A count of this mean, (months, paths): Poisson, or negative binomial with the variance
    m + ``overdispersion`` m²; with uncertainty off the mean itself.
    """
    if _certain(z):
        return np.asarray(z + mean)
    from scipy.special import ndtr  # noqa: PLC0415  scipy loads only where it is needed
    from scipy.stats import nbinom  # noqa: PLC0415

    if not overdispersion:
        return _poisson(z, mean)
    # SciPy counts failures before the n-th success: n = 1 / a, p = n / (n + m).
    size = 1 / overdispersion
    return np.asarray(nbinom.ppf(ndtr(z), size, size / (size + mean)))


def _poisson(z: Array, mean: Any) -> Array:
    """The least count whose chance of at most that many reaches the normal's, (months, paths).

    From a guess that takes the skew along (Cornish and Fisher), one count at a time to either side:
    some ten times as fast as SciPy's general search, and the same counts.
    """
    from scipy.special import ndtr, pdtr  # noqa: PLC0415  scipy loads only where it is needed

    chance, mean = np.broadcast_arrays(ndtr(z), mean)
    guess = mean + np.sqrt(mean) * z + (z**2 - 1) / 6
    counted = np.maximum(np.ceil(guess), 0).ravel()
    chance, mean = chance.ravel(), mean.ravel()
    low = np.flatnonzero(pdtr(counted, mean) < chance)
    while len(low):
        counted[low] += 1
        low = low[pdtr(counted[low], mean[low]) < chance[low]]
    high = np.flatnonzero(counted > 0)
    high = high[pdtr(counted[high] - 1, mean[high]) >= chance[high]]
    while len(high):
        counted[high] -= 1
        high = high[counted[high] > 0]
        high = high[pdtr(counted[high] - 1, mean[high]) >= chance[high]]
    return counted.reshape(np.broadcast_shapes(z.shape, guess.shape))


def found(z: Array, sample: Any, share: Any) -> Array:
    """The share that a random sample of so many finds, binomial, (months, paths); with uncertainty
    off the share itself.
    """
    if _certain(z):
        return np.asarray(z + share)
    from scipy.special import ndtr  # noqa: PLC0415  scipy loads only where it is needed
    from scipy.stats import binom  # noqa: PLC0415

    return np.asarray(binom.ppf(ndtr(z), sample, share) / sample)


def by_age(amounts: Array, mean: Any) -> list[Array]:
    """What each month's amounts bring 0, 1, ... 5 months later, each (months, paths or 1).

    Geometric: with a ``mean`` delay of m months the share m / (1 + m) of what is left comes later
    still. What would come after five months is spread over the six in proportion, so that all of
    it comes and the mean delay is a little shorter.
    """
    later = mean / (1 + mean)
    weights = [later**age for age in range(AGES)]
    parts = [amounts * (weight / sum(weights)) for weight in weights]
    return [_delayed(part, age) for age, part in enumerate(parts)]


def _delayed(amounts: Array, months: int) -> Array:
    moved = np.zeros_like(amounts)
    moved[months:] = amounts[: max(len(amounts) - months, 0)]
    return moved


def _certain(z: Array) -> bool:
    """Zeros only: what a scenario with uncertainty off draws."""
    return not z.any()
