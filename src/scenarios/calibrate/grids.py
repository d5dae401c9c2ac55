"""Movements of a series, weighed by how likely each makes it.

All that are likely at all are kept, instead of the best alone, so that what six periods cannot tell
stays open. A series is either stationary, and its two numbers are autocorrelation and standard
deviation of what is new; or it wanders, as a random walk beside noise that does not last (a local
level), and its numbers are the share of the noise and the standard deviations' sum. Priors: the
standard deviation uniform (Gelman 2006, prior distributions for variance parameters), the share
uniform, the root of one less the autocorrelation uniform: half of it lies above 0.7.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from scenarios.calibrate.filtering import Filter, Movement
from scenarios.uncertain import Array

Kind = Literal["stationary", "wandering"]
KINDS: tuple[Kind, ...] = ("stationary", "wandering")
"""Each as likely as the other before the series is seen."""
MOST = 0.99
"""Largest autocorrelation from one period to the next of what is called stationary."""
FINE, COARSE = (7, 7, 11), (7, 7)
"""Values of each of the two numbers that are tried, on one narrower grid after the other; the
coarse ones serve where nothing is drawn.
"""
_NEGLIGIBLE = 12.0
"""Below the best by this much in logarithms: nothing."""


@dataclass(frozen=True)
class Grid:
    """Movements of one kind and what the likelihood makes of them."""

    kind: Kind
    form: Array
    """1 less the root of 1 less the autocorrelation, or the share of the noise, (places,)."""
    log_sd: Array
    """Logarithm of the innovations' standard deviation, or of both, (places,)."""
    weights: Array
    """They sum to 1, (places,)."""
    steps: tuple[float, float]
    """From one place to the next."""
    evidence: float
    """Logarithm of how likely the values are, all places considered."""

    @property
    def best(self) -> Movement:
        """The likeliest."""
        return self.at(int(np.argmax(self.weights)))

    def at(self, place: int) -> Movement:
        """The movement at a place."""
        return movement(self.kind, float(self.form[place]), float(self.log_sd[place]))

    def near(self, places: Array, random: np.random.Generator) -> Array:
        """Movements up to half a step aside of these places, a row each, (places, 3)."""
        aside = random.uniform(-0.5, 0.5, (2, len(places))) * np.array(self.steps)[:, None]
        form = np.clip(self.form[places] + aside[0], 0, _widest(self.kind))
        found = movement(self.kind, form, self.log_sd[places] + aside[1])
        return np.column_stack([np.broadcast_to(number, len(places)) for number in found])


def movement(kind: Kind, form: Any, log_sd: Any) -> Movement:
    """What a place of the grid stands for, or each of several."""
    sd = np.exp(log_sd)
    if kind == "stationary":
        return Movement(1 - (1 - form) ** 2, sd)
    return Movement(1.0, sd * (1 - form), sd * form)


def weighed(model: Filter, kind: Kind, grids: Sequence[int] = FINE) -> Grid:
    """The movements that are likely at all, on the last of so many grids with so many points."""
    *_, last = _narrowed(model, kind, grids)
    return last


def _narrowed(model: Filter, kind: Kind, grids: Sequence[int]) -> Iterator[Grid]:
    about, widest = np.log(model.series.scale), _widest(kind)
    edges = [(0.0, widest), (about - 4, about + 1.5)]
    for points in grids:
        axes = [np.linspace(low, high, points) for low, high in edges]
        form, log_sd = (axis.ravel() for axis in np.meshgrid(*axes, indexing="ij"))
        likely = [
            model.log_likelihood(movement(kind, *place))
            for place in zip(form.tolist(), log_sd.tolist(), strict=True)
        ]
        # Uniform in the standard deviation, seen on the axis of its logarithm.
        log_weight = np.array(likely) + log_sd - np.log(widest)
        top = float(log_weight.max())
        weights = np.exp(log_weight - top)
        steps = (float(axes[0][1] - axes[0][0]), float(axes[1][1] - axes[1][0]))
        evidence = top + float(np.log(weights.sum() * steps[0] * steps[1]))
        yield Grid(kind, form, log_sd, weights / weights.sum(), steps, evidence)
        near = log_weight > top - _NEGLIGIBLE
        edges = [
            (max(low, axis[near].min() - step), min(high, axis[near].max() + step))
            for (low, high), axis, step in zip(edges, (form, log_sd), steps, strict=True)
        ]


def _widest(kind: Kind) -> float:
    """The end of the form's axis; a share of 1 would be a walk that stands still."""
    return 1 - float(np.sqrt(1 - MOST)) if kind == "stationary" else MOST
