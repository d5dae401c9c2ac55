"""A series about its level, with growth and seasons, whose deviations fade or wander: fitted by
likelihood.

Four models are weighed by how likely each makes the series: deviations that fade or that wander
(`grids`), what is new in them normal or with heavy tails (`tails`). Each has its share of draws, so
that a level is predicted from its recent past as far as it wanders.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from scenarios.calibrate.filtering import Filter, Series
from scenarios.calibrate.grids import COARSE, KINDS, Grid, weighed
from scenarios.calibrate.outlook import MONTHS, held
from scenarios.calibrate.tails import FREEDOM, heavy
from scenarios.engine.streams import generator
from scenarios.uncertain import Array

DRAWS = 4000
"""Draws that stand for what the fit leaves open: quantiles are good to a few hundredths of it."""


@dataclass(frozen=True)
class Posterior:
    """What the values tell of the model's numbers: draws, each as likely as any other."""

    autocorrelation: Array
    """From one period to the next, as a scenario holds it, (draws,)."""
    deviation: Array
    """Standard deviation about the level, as a scenario holds it, (draws,)."""
    terms: Array
    """Level, as a scenario begins at it, and what else the design has, (draws, terms)."""
    ahead: Array
    """Later periods without the luck of counting, (draws, later periods)."""
    surprise: Array = field(repr=False)
    """One-step errors over their standard deviations, NaN where there is no value; (periods,)."""


def fit(series: Series, draws: int = DRAWS, over: int = MONTHS) -> Posterior:
    """The posterior of the numbers of one series; the same series gives the same draws.

    What a scenario holds are a level and deviations that fade: those of the next ``over`` periods.
    """
    models = list(_models(series))
    random = generator(0, "calibrate")
    whole = np.logaddexp.reduce([model.evidence for model in models])
    weights = [np.exp(model.evidence - whole) * model.grid.weights for model in models]
    taken = _systematic(np.concatenate(weights), draws, random.random())
    parts, first = [], 0
    for model in models:
        own = taken[(taken >= first) & (taken < first + len(model.grid.weights))] - first
        parts.append(model.drawn(own, random))
        first += len(model.grid.weights)
    movements, states, ahead = (np.concatenate(part) for part in zip(*parts, strict=True))
    carried, innovation, noise = movements.T
    shown = held(carried, innovation, noise, over)
    terms = states[:, :-1]
    terms[:, 0] += states[:, -1] * shown.kept
    normal = max((model for model in models if not model.heavy), key=lambda model: model.evidence)
    surprise = normal.filter.surprise(normal.grid.best)
    return Posterior(shown.autocorrelation, shown.deviation, terms, ahead, surprise)


def smoothed(series: Series) -> Array:
    """Where the series most likely was in each fitted period, luck aside, on its scale."""
    model = Filter(series)
    return model.smoothed(weighed(model, "stationary", COARSE[:1]).best)


def evidence(series: Series) -> float:
    """Logarithm of how likely the values are, fading or wandering, all their numbers considered."""
    model = Filter(series)
    return float(np.logaddexp.reduce([weighed(model, kind, COARSE).evidence for kind in KINDS]))


class _Model(NamedTuple):
    """One of the models, its movements weighed."""

    filter: Filter
    grid: Grid
    heavy: bool
    evidence: float

    def drawn(self, places: Array, random: np.random.Generator) -> tuple[Array, Array, Array]:
        """Movements, states after the last value and later periods for these places of the grid:
        (places, 3), (places, terms + 1), (places, later periods).
        """
        design = self.filter.series.design
        later = design[len(self.filter.series.values) :]
        moves = self.grid.near(places, random)
        states = np.empty((len(places), design.shape[1] + 1))
        for place in np.unique(places):
            its = np.flatnonzero(places == place)
            end = self.filter.end(self.grid.at(int(place)))
            states[its] = random.multivariate_normal(
                end.state, end.covariance, len(its), method="eigh"
            )
        ahead = states[:, :-1] @ later.T
        ahead += self._deviations(moves, states[:, -1], len(later), random)
        if self.heavy:  # four degrees of freedom have twice the variance of their scale
            moves[:, 1] *= np.sqrt(FREEDOM / (FREEDOM - 2))
        return moves, states, ahead

    def _deviations(
        self, moves: Array, deviation: Array, later: int, random: np.random.Generator
    ) -> Array:
        """Deviations of later periods from the first one's on, noise included; (draws, later)."""
        carried, innovation, noise = moves.T
        found = np.empty((len(moves), later))
        for period in range(later):
            found[:, period] = deviation + noise * random.standard_normal(len(moves))
            news = random.standard_normal(len(moves))
            if self.heavy:
                news *= np.sqrt(FREEDOM / random.chisquare(FREEDOM, len(moves)))
            deviation = carried * deviation + innovation * news
        return found


def _models(series: Series) -> Iterator[_Model]:
    for kind in KINDS:
        model = Filter(series)
        grid = weighed(model, kind)
        yield _Model(model, grid, heavy=False, evidence=grid.evidence)
        shares, added = heavy(series, kind)
        model = Filter(series, shares)
        grid = weighed(model, kind)
        yield _Model(model, grid, heavy=True, evidence=grid.evidence + added)


def _systematic(weights: Array, draws: int, start: float) -> Array:
    """Places by their weights, each as often as its weight says to within one, in order."""
    points = (np.arange(draws) + start) / draws
    return np.minimum(np.searchsorted(np.cumsum(weights), points), len(weights) - 1)
