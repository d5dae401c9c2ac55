"""Shocks and shifts: periods that a fit finds hard to believe, and levels that wander."""

from __future__ import annotations

import numpy as np
from scipy.stats import norm

from scenarios.calibrate.fitted import A_YEAR, Fitted
from scenarios.calibrate.measured import Measured
from scenarios.calibrate.outlook import MONTHS, held

CHANCE = 0.01
"""How often the model itself would bring any such period in a series of this length."""
WANDERING = 12.0
"""Months after which a deviation has half faded, above which a level is hardly one: assumption."""
_MOST = 5
"""Periods that are named."""


def surprises(measured: Measured, fitted: Fitted) -> list[str]:
    """What to look at in one series, in words."""
    error = fitted.posterior.surprise
    known = np.isfinite(error)
    limit = float(norm.ppf(1 - CHANCE / max(int(known.sum()), 1) / 2))
    beyond = [int(place) for place in np.flatnonzero(np.abs(np.where(known, error, 0)) > limit)]
    said = []
    if beyond:
        index, values = measured.seen.index, measured.seen.to_numpy(dtype=float, na_value=np.nan)
        first = sorted(beyond, key=lambda place: -abs(error[place]))[:_MOST]
        named = ", ".join(f"{index[place]} ({values[place]:.4g})" for place in sorted(first))
        more = f" and {len(beyond) - len(first)} more" if len(beyond) > len(first) else ""
        said.append(
            f"{measured.name}: {fitted.every} {named}{more} lies further from the one before than "
            "the fit takes for likely: a shock or a shift, for which a scenario has shocks; the "
            "numbers hold it as if it were everyday"
        )
    if not fitted.scaled.still and _wanders(fitted):
        said.append(
            f"{measured.name}: its level wanders: a deviation takes over a year to fade by half, "
            "or never does. The numbers begin near where it was last, and say little of later years"
        )
    return said


def _wanders(fitted: Fitted) -> bool:
    """True where a scenario holds more autocorrelation than of deviations that fade so slowly."""
    a_month = A_YEAR[fitted.every] / 12
    slow = np.array([0.5 ** (1 / (WANDERING * a_month))])
    limit = held(slow, np.ones(1), np.zeros(1), round(MONTHS * a_month)).autocorrelation
    return bool(np.median(fitted.posterior.autocorrelation) > limit)
