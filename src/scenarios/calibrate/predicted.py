"""Later periods of a series, predicted from those before an origin; and how far off that was."""

from __future__ import annotations

import numpy as np

from scenarios.calibrate import autoregression, outlook
from scenarios.calibrate.fitted import (
    A_YEAR,
    Every,
    Fitted,
    calendar_months,
    series_of,
    with_seasons,
)
from scenarios.calibrate.measured import Measured
from scenarios.calibrate.scales import scaled
from scenarios.calibrate.seasons import Seasons, seasons
from scenarios.uncertain import Array

PROBABILITIES = np.array([0.1, 0.5, 0.9])
"""The quantiles that are predicted: the ends of an 80 % interval, and its middle."""


def fitted_series(
    measured: Measured, every: Every, periods: int | None = None, ahead: int = 0
) -> tuple[Fitted, Seasons]:
    """The first ``periods`` of a series fitted, or all of them, and why with seasons or without;
    only a volume can have them.
    """
    values = measured.seen.iloc[:periods]
    of = None if measured.of is None else measured.of.iloc[:periods]
    on_scale = scaled(measured.kind, values, of)
    series = series_of(on_scale, every, ahead)
    found = Seasons(None, "")
    if measured.kind == "volume":
        found = seasons(series, values.index)
        calendar = calendar_months(values.index, ahead)
        if found.covariance is not None and calendar is not None:
            series = with_seasons(series, calendar, found.covariance)
    over = round(outlook.MONTHS * A_YEAR[every] / 12)
    return Fitted(on_scale, series, autoregression.fit(series, over=over), every), found


def predicted(measured: Measured, every: Every, origin: int, ahead: int) -> dict[str, Array]:
    """Quantiles of the periods from an origin on, from those before it: as the fit predicts them,
    and as a scenario with its numbers does; each (ahead, quantiles).
    """
    found, _ = fitted_series(measured, every, origin, ahead)
    return {"fit": found.ahead(PROBABILITIES), "scenario": found.of_scenario(PROBABILITIES)}


def pinball(observed: float, quantiles: Array) -> float:
    """Pinball loss, the mean over the quantiles: what a quantile q is off by, times q where the
    value lies above it and 1 - q where it lies below [the observed value's unit].
    """
    off = observed - quantiles
    return float(np.mean(np.maximum(PROBABILITIES * off, (PROBABILITIES - 1) * off)))
