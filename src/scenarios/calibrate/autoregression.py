"""A series about its level, with growth and seasons, whose deviations fade: fitted by likelihood.

Pairs of the two numbers that an AR(1) has are weighed by how likely each makes the series, instead
of taking the best alone, so that what six periods cannot tell stays open. Priors: autocorrelation
and standard deviation of the innovations uniform (Gelman 2006, prior distributions for variance
parameters).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from scenarios.calibrate.filtering import Filter, Series
from scenarios.engine.streams import generator
from scenarios.uncertain import Array

DRAWS = 4000
"""Draws that stand for what the fit leaves open: quantiles are good to a few hundredths of it."""
MOST = 0.99
"""Largest autocorrelation from one period to the next that is looked at."""
_POINTS = 11
"""Values of each of the two numbers that are tried at a time."""
_NEGLIGIBLE = 12.0
"""Below the best by this much in logarithms: nothing."""


@dataclass(frozen=True)
class Posterior:
    """What the values tell of the model's numbers: draws, each as likely as any other."""

    autocorrelation: Array
    """From one period to the next, (draws,)."""
    deviation: Array
    """Standard deviation of the fading deviation, (draws,)."""
    terms: Array
    """Level and what else the design has, (draws, terms)."""
    ahead: Array
    """Later periods without the luck of counting, (draws, later periods)."""
    surprise: Array = field(repr=False)
    """One-step errors over their standard deviations, NaN where there is no value; (periods,)."""


def fit(series: Series, draws: int = DRAWS) -> Posterior:
    """The posterior of the numbers of one series; the same series gives the same draws."""
    model = Filter(series)
    grid = _weighed(model)
    random = generator(0, "calibrate")
    taken = _systematic(grid.weights, draws, random.random())
    jitter = random.uniform(-0.5, 0.5, (2, draws)) * np.array(grid.steps)[:, None]
    keep = np.clip(grid.keep[taken] + jitter[0], 0, _keep(MOST))
    carried = _carried(keep)
    innovation = np.exp(grid.log_sd[taken] + jitter[1])
    terms = np.empty((draws, series.design.shape[1]))
    ahead = np.empty((draws, len(series.design) - len(series.values)))
    for node in np.unique(taken):
        its = np.flatnonzero(taken == node)
        end = model.end(*grid.pair(int(node)))
        terms[its] = random.multivariate_normal(end.terms, end.covariance, len(its), method="eigh")
        ahead[its] = end.mean + np.sqrt(end.variance) * random.standard_normal(ahead[its].shape)
    surprise = model.surprise(*grid.pair(int(np.argmax(grid.weights))))
    deviation = innovation / np.sqrt(1 - carried**2)
    return Posterior(carried, deviation, terms, ahead, surprise)


def smoothed(series: Series) -> Array:
    """Where the series most likely was in each fitted period, luck aside, on its scale."""
    model = Filter(series)
    grid = next(_narrowed(model, _edges(series)))
    return model.smoothed(*grid.pair(int(np.argmax(grid.weights))))


@dataclass(frozen=True)
class _Grid:
    """Pairs of numbers and what the likelihood makes of them."""

    keep: Array
    log_sd: Array
    weights: Array
    steps: tuple[float, float]
    evidence: float

    def pair(self, place: int) -> tuple[float, float]:
        """The autocorrelation and the innovations' standard deviation at a place."""
        return float(_carried(self.keep[place])), float(np.exp(self.log_sd[place]))


def evidence(series: Series) -> float:
    """Logarithm of how likely the values are under the model, all its numbers considered."""
    return _weighed(Filter(series), 2).evidence


def _weighed(model: Filter, times: int = 3) -> _Grid:
    """The pairs that are likely at all, as a grid that was narrowed."""
    *_, last = islice(_narrowed(model, _edges(model.series)), times)
    return last


def _edges(series: Series) -> list[tuple[float, float]]:
    """Where the pairs are looked for first."""
    about = np.log(series.scale)
    return [(0.0, _keep(MOST)), (about - 4, about + 1.5)]


def _narrowed(model: Filter, edges: list[tuple[float, float]]) -> Iterator[_Grid]:
    while True:
        axes = [np.linspace(low, high, _POINTS) for low, high in edges]
        keep, log_sd = (axis.ravel() for axis in np.meshgrid(*axes, indexing="ij"))
        likely = [
            model.log_likelihood(a, s)
            for a, s in zip(_carried(keep).tolist(), np.exp(log_sd).tolist(), strict=True)
        ]
        # Uniform in the autocorrelation and in the innovations' sd, seen on the grid's axes.
        log_weight = np.array(likely) + np.log(2 * (1 - keep)) + log_sd
        top = float(log_weight.max())
        weights = np.exp(log_weight - top)
        steps = (float(axes[0][1] - axes[0][0]), float(axes[1][1] - axes[1][0]))
        evidence = top + float(np.log(weights.sum() * steps[0] * steps[1]))
        yield _Grid(keep, log_sd, weights / weights.sum(), steps, evidence)
        near = log_weight > top - _NEGLIGIBLE
        edges = [
            (max(low, axis[near].min() - step), min(high, axis[near].max() + step))
            for (low, high), axis, step in zip(edges, (keep, log_sd), steps, strict=True)
        ]


def _carried(keep: Array) -> Array:
    """The autocorrelation at places of the grid, which is finer near 1."""
    return np.asarray(1 - np.square(1 - keep))


def _keep(carried: float) -> float:
    return float(1 - np.sqrt(1 - carried))


def _systematic(weights: Array, draws: int, start: float) -> Array:
    """Places of a grid by their weights, each as often as its weight says to within one."""
    points = (np.arange(draws) + start) / draws
    return np.minimum(np.searchsorted(np.cumsum(weights), points), len(weights) - 1)
