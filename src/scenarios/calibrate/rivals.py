"""Simple forecasts that a fit must beat: the same as last period, and the mean so far.

Each is there as a number and with errors: as a number it says the same for every quantile; with
errors it takes the spread of what it would have missed so far.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from scenarios.calibrate.scales import HALF, Kind
from scenarios.uncertain import Array


def last(_: Kind, values: Array, ahead: int, probabilities: Array) -> Array:
    """The last value, whatever the quantile; (ahead, probabilities)."""
    seen = values[np.isfinite(values)]
    return np.full((ahead, len(probabilities)), seen[-1])


def mean(_: Kind, values: Array, ahead: int, probabilities: Array) -> Array:
    """The mean of all values so far, whatever the quantile; (ahead, probabilities)."""
    return np.full((ahead, len(probabilities)), np.nanmean(values))


def last_with_errors(kind: Kind, values: Array, ahead: int, probabilities: Array) -> Array:
    """The last value and the changes over as many periods so far; (ahead, probabilities).

    Changes are relative for volumes, counts and times, differences for rates and scores.
    """
    counted = kind in ("volume", "count")
    relative = counted or kind == "time"
    placed = np.log(np.maximum(values, HALF)) if counted else values
    placed = np.log(placed) if kind == "time" else placed
    known = placed[np.isfinite(placed)]
    rows, usable = [], np.diff(known)
    for steps in range(1, ahead + 1):
        changes = placed[steps:] - placed[:-steps]
        changes = changes[np.isfinite(changes)]
        if len(changes) > 1:  # one change has no spread: those over fewer periods then serve
            usable = changes
        rows.append(known[-1] + np.quantile(usable, probabilities))
    told = np.exp(rows) if relative else np.array(rows)
    return np.clip(told, 0, 1) if kind == "rate" else told


def all_so_far(_: Kind, values: Array, ahead: int, probabilities: Array) -> Array:
    """The quantiles of all values so far: the mean with its errors; (ahead, probabilities)."""
    return np.tile(np.nanquantile(values, probabilities), (ahead, 1))


RIVALS: dict[str, Callable[[Kind, Array, int, Array], Array]] = {
    "last": last,
    "mean": mean,
    "last with errors": last_with_errors,
    "mean with errors": all_so_far,
}
"""By the name that tables call them."""
