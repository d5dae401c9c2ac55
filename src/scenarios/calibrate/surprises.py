"""Shocks and shifts: periods that a fit finds hard to believe, and levels that wander."""

from __future__ import annotations

import numpy as np
from scipy.stats import norm

from scenarios.calibrate.fitted import A_YEAR, Fitted
from scenarios.calibrate.measured import Measured

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
    a_month = np.quantile(fitted.posterior.autocorrelation, 0.5) ** (A_YEAR[fitted.every] / 12)
    still = np.median(fitted.posterior.deviation) < 1e-5  # noqa: PLR2004  a constant does not wander
    if not still and a_month > 0.5 ** (1 / WANDERING):
        said.append(
            f"{measured.name}: its level wanders, a deviation takes over a year to fade by half: "
            "where it returns to is hardly known"
        )
    return said
