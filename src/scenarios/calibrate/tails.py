"""Tails: whether what is new in a series is at times far more than usual, and when it was.

What is new is then Student's t with four degrees of freedom: normal, with a variance that is drawn
anew for each period. A shift of a series counts as one such period, and no longer makes all others
look volatile. Source: Lange, Little and Taylor (1989), robust modeling using the t distribution;
the variances are found by variational Bayes, whose lower bound of the evidence says, beside the
evidence without such periods, how far they are to be believed.
"""

from __future__ import annotations

import numpy as np
from scipy.special import digamma, gammaln

from scenarios.calibrate.filtering import Filter, Series
from scenarios.calibrate.grids import COARSE, Kind, weighed
from scenarios.uncertain import Array

FREEDOM = 4.0
"""Degrees of freedom of what is new. Source: the same, who find 4 to serve most data."""
_ROUNDS = 4
"""Times that the variances are found anew from the movement, and that from them."""


def heavy(series: Series, kind: Kind) -> tuple[Array, float]:
    """What the variance of each period's news is multiplied by, (periods,), and what the tails add
    to the logarithm of the evidence that is found with it.
    """
    shares = np.ones(len(series.values))
    shape, half = (FREEDOM + 1) / 2, FREEDOM / 2
    rate = np.full(len(shares) - 1, shape)
    for _ in range(_ROUNDS):
        model = Filter(series, shares)
        news = model.news(weighed(model, kind, COARSE).best)
        rate = (FREEDOM + news) / 2
        shares[:-1] = rate / shape
    # Precisions are gamma before and after the series is seen: how far apart these are.
    apart = (shape - half) * digamma(shape) - gammaln(shape) + gammaln(half)
    apart = apart + half * (np.log(rate) - np.log(half)) + shape * (half - rate) / rate
    lost = (digamma(shape) - np.log(shape)) / 2 - apart
    return shares, float(lost.sum())
