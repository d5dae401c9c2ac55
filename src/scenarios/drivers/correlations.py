"""Correlated KPIs: which correlations can hold together, in one month and month after month."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Annotated

import numpy as np
from pydantic import Field

from scenarios.declared import Declared
from scenarios.quantities import Correlation
from scenarios.uncertain import Array

TINY = 1e-9
"""Room for rounding in an eigenvalue."""


class Correlated(Declared):
    """The KPIs {between} move together with correlation {value}."""

    between: Annotated[tuple[str, str], Field(strict=False)]
    """Two KPI names."""
    value: Correlation
    """Correlation of their monthly deviations, on the scale they live on."""


def correlation_matrix(names: Iterable[str], pairs: Iterable[Correlated]) -> Array:
    """The matrix of all KPIs, (kpis, kpis); one that no set of variables can have is an error that
    offers the nearest that can hold.
    """
    place = {name: number for number, name in enumerate(names)}
    matrix = np.eye(len(place))
    for pair in pairs:
        for name in pair.between:
            if name not in place:
                raise ValueError(f"there is no KPI named {name!r}; KPIs are {', '.join(place)}")
        first, second = (place[name] for name in pair.between)
        if first == second:
            raise ValueError(f"{pair.between[0]!r} cannot be correlated with itself")
        if matrix[first, second] not in (0, pair.value):
            raise ValueError(f"{' and '.join(pair.between)} have two different correlations")
        matrix[first, second] = matrix[second, first] = pair.value
    if not _holds(matrix):
        raise ValueError(_offer(tuple(place), matrix, [0.0] * len(place)))
    return matrix


def refuse_impossible(carried: Mapping[str, float], pairs: Iterable[Correlated]) -> None:
    """Raise ``ValueError`` where the correlations cannot hold, at once or month after month;
    ``carried`` are the KPIs' autocorrelations by name.
    """
    matrix = correlation_matrix(carried, pairs)
    if not _holds(_innovations(matrix, list(carried.values()))):
        raise ValueError(
            _offer(tuple(carried), matrix, list(carried.values()))
            + "; or bring the autocorrelations nearer to each other"
        )


def _holds(covariance: Array) -> bool:
    return not len(covariance) or float(np.linalg.eigvalsh(covariance)[0]) >= -TINY


def _offer(names: Sequence[str], matrix: Array, carried: Sequence[float]) -> str:
    """What is wrong with the correlations, and the nearest that can hold month after month."""
    smallest = float(np.linalg.eigvalsh(_innovations(matrix, carried))[0])
    near = nearest(matrix, carried)
    pairs = [
        f"{names[one]} and {names[other]} {near[one, other]:.2f}"
        for one, other in combinations(range(len(names)), 2)
        if matrix[one, other] or near[one, other]
    ]
    return (
        f"these correlations cannot hold together (smallest eigenvalue {smallest:.3f}): the "
        f"nearest that can are {', '.join(pairs)}"
    )


def nearest(matrix: Array, carried: Sequence[float]) -> Array:
    """A matrix near this one that can hold month after month, (kpis, kpis), in hundredths.

    The nearest correlation matrix by alternating projections (statsmodels, after Higham 2002), then
    all correlations in proportion nearer to 0 as far as rounding and autocorrelations need it.
    """
    from statsmodels.stats.correlation_tools import (  # noqa: PLC0415  it takes a second to load
        corr_nearest,
    )

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # near enough: what comes next makes sure that it holds
        found = np.asarray(corr_nearest(matrix, threshold=TINY, n_fact=100))
    apart = found - np.eye(len(found))
    for hundredth in range(100, 0, -1):
        rounded = np.eye(len(found)) + np.trunc(apart * hundredth) / 100
        if _holds(_innovations(rounded, carried)):
            return rounded
    return np.eye(len(found))


def _innovations(matrix: Array, carried: Sequence[float]) -> Array:
    """What the months' innovations must covary by, so that a correlation r holds in every month:
    r (1 - a b), where a and b are the two autocorrelations.
    """
    return np.asarray(matrix * (1 - np.outer(carried, carried)))


@lru_cache(maxsize=64)
def roots(
    names: tuple[str, ...],
    known: tuple[str, ...],
    correlations: tuple[Correlated, ...],
    carried: tuple[float, ...],
) -> tuple[Array, Array]:
    """What makes independent normals correlated: in the first month, and as later innovations.

    Triangular square roots that also exist where a matrix is singular. ``known`` are all KPIs;
    ``names`` those that deviate.
    """
    chosen = [known.index(name) for name in names]
    matrix = correlation_matrix(known, correlations)[np.ix_(chosen, chosen)]
    tiny = math.sqrt(np.finfo(float).eps)

    def root(covariance: Array) -> Array:
        return np.linalg.cholesky(covariance + tiny * np.eye(len(names)))

    return root(matrix), root(_innovations(matrix, carried))
