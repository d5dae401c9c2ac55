"""KPIs: correlated processes, each on its own scale, as they are and as their meter shows them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.declared import Declared
from scenarios.drivers.demand import carry
from scenarios.quantities import Correlation, Share, Spread
from scenarios.uncertain import Array, Distribution, Draws, UncertainLevel

TINY = 1e-9
"""Room for rounding in an eigenvalue."""


class Kpi(Declared):
    """A {kind} that is typically {level}, deviates by {sd}, and is measured by the {meter}.

    Rates live on the logit scale and stay within 0 and 1 (``level`` is the median, ``sd`` to
    first order); times are lognormal with this mean and sd; scores are normal with this mean and
    sd. Source: AR(1) on the logit, the logarithmic or the plain scale, textbook formulas.
    """

    kind: Literal["rate", "score", "time"]
    """Scale of the KPI."""
    level: UncertainLevel
    """Where the KPI typically is, in its own unit."""
    sd: Spread = 0
    """Standard deviation from month to month, in its own unit."""
    autocorrelation: Share = 0
    """How much of one month's deviation stays in the next."""
    better: Literal["higher", "lower"] = "higher"
    """Which direction is good."""
    meter: Literal["buyer", "provider", "independent"] = "independent"
    """Who measures it."""
    overstated: UncertainLevel = 0
    """How much better than it is the meter shows it, in the KPI's unit."""
    unit: str = ""
    """The KPI's unit, for tables."""

    @model_validator(mode="after")
    def _on_scale(self) -> Kpi:
        if self.kind == "score" or isinstance(self.level, Distribution):
            return self
        if self.level <= 0 or (self.kind == "rate" and self.level >= 1):
            scale = "between 0 and 1" if self.kind == "rate" else "above 0"
            raise ValueError(f"the level of a {self.kind} must be {scale}, not {self.level:g}")
        return self

    def on_scale(self, z: Array, level: Array | float) -> Array:
        """The KPI at standard normal deviations ``z``, made in their place, in its own unit."""
        if self.kind == "score":
            z *= self.sd
            z += level
            return z
        if self.kind == "time":
            level = np.maximum(level, TINY)
            variance = np.log1p((self.sd / level) ** 2)
            z *= np.sqrt(variance)
            z += np.log(level) - variance / 2
            return np.exp(z, out=z)
        level = np.clip(level, TINY, 1 - TINY)
        z *= -self.sd / (level * (1 - level))
        z -= np.log(level / (1 - level))
        np.exp(z, out=z)
        z += 1
        return np.reciprocal(z, out=z)

    def reported(self, true: Array, draws: Draws, name: str) -> Array:
        """What the meter shows: better than the truth by ``overstated``, within the KPI's scale."""
        by = draws.value(self.overstated, f"kpis.{name}.overstated")
        if np.ndim(by) == 0 and by == 0:
            return true
        shown = true + by if self.better == "higher" else true - by
        if self.kind == "score":
            return shown
        return np.clip(shown, 0, 1 if self.kind == "rate" else None)


class Correlated(Declared):
    """The KPIs {between} move together with correlation {value}."""

    between: Annotated[tuple[str, str], Field(strict=False)]
    """Two KPI names."""
    value: Correlation
    """Correlation of their monthly deviations, on the scale they live on."""


def correlation_matrix(names: Iterable[str], pairs: Iterable[Correlated]) -> Array:
    """The matrix of all KPIs, (kpis, kpis); one that no set of variables can have is an error."""
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
    _refuse_impossible(matrix, "bring the largest of them nearer to 0")
    return matrix


def refuse_impossible(kpis: Mapping[str, Kpi], pairs: Iterable[Correlated]) -> None:
    """Raise ``ValueError`` where the correlations cannot hold, at once or month after month."""
    matrix = correlation_matrix(kpis, pairs)
    carried = [kpi.autocorrelation for kpi in kpis.values()]
    _refuse_impossible(
        _innovations(matrix, carried), "bring the autocorrelations nearer to each other"
    )


def _refuse_impossible(covariance: Array, mend: str) -> None:
    if len(covariance) and (smallest := float(np.linalg.eigvalsh(covariance)[0])) < -TINY:
        raise ValueError(
            f"these correlations cannot hold together (smallest eigenvalue {smallest:.3f}): {mend}"
        )


def _innovations(matrix: Array, carried: Sequence[float]) -> Array:
    """What the months' innovations must covary by, so that a correlation r holds in every month:
    r (1 - a b), where a and b are the two autocorrelations.
    """
    return np.asarray(matrix * (1 - np.outer(carried, carried)))


def simulate(
    kpis: Mapping[str, Kpi], correlations: Iterable[Correlated], draws: Draws, months: int
) -> dict[str, Array]:
    """``kpi.NAME`` and ``reported.NAME`` for each KPI, (months, paths or 1)."""
    series: dict[str, Array] = {}
    noise = _noise(kpis, correlations, draws, months)
    for name, kpi in kpis.items():
        level = draws.value(kpi.level, f"kpis.{name}.level")
        z = noise[name] if name in noise else np.zeros((months, np.size(level)))
        series[f"kpi.{name}"] = true = kpi.on_scale(z, level)
        series[f"reported.{name}"] = kpi.reported(true, draws, name)
    return series


def _noise(
    kpis: Mapping[str, Kpi], correlations: Iterable[Correlated], draws: Draws, months: int
) -> dict[str, Array]:
    """Correlated AR(1) deviations of unit variance by KPI that deviates, (months, paths).

    Each KPI has a stream of its own, and they are mixed in the order of their names: neither
    their order in the file nor a KPI that is correlated with none moves another's draws.
    """
    names = sorted(name for name, kpi in kpis.items() if kpi.sd)
    if not names:
        return {}
    own = np.empty((len(names), months, draws.paths))
    for name, rows in zip(names, own, strict=True):
        draws.normals(f"kpis.{name}.noise", months, out=rows)
    carried = tuple(kpis[name].autocorrelation for name in names)
    first, later = _roots(tuple(names), tuple(sorted(kpis)), tuple(correlations), carried)
    mixed = np.empty_like(own)
    np.matmul(first, own[:, 0], out=mixed[:, 0])
    flat = (len(names), -1)
    np.matmul(later, own[:, 1:].reshape(flat), out=mixed[:, 1:].reshape(flat))
    carry(mixed.swapaxes(0, 1), np.array(carried)[:, None])
    return dict(zip(names, mixed, strict=True))


@lru_cache(maxsize=64)
def _roots(
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
