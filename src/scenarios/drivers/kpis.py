"""KPIs: correlated processes, each on its own scale, as they are and as their meter shows them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field, ValidationInfo, field_validator, model_validator

from scenarios.declared import Declared
from scenarios.drivers.chance import count
from scenarios.drivers.correlations import Correlated, roots
from scenarios.drivers.demand import autoregression, carry
from scenarios.drivers.logit import logit_spread
from scenarios.drivers.meter import shown
from scenarios.quantities import Level, Months, Share, Spread
from scenarios.uncertain import (
    Array,
    Distribution,
    Draws,
    UncertainLevel,
    UncertainShare,
)

TINY = 1e-9
"""The least that a rate or a time is kept away from its bounds."""


class Kpi(Declared):
    """A {kind} that is typically {level}, deviates by {sd}, and is measured by the {meter}.

    Rates live on the logit scale and stay within 0 and 1 (``level`` is the median, ``sd`` to
    first order); times are lognormal with this mean and sd; scores are normal with this mean and
    sd; counts are Poisson around a lognormal with this mean and sd. Source: AR(1) on the logit, the
    logarithmic or the plain scale, binomial sampling, textbook formulas.
    """

    kind: Literal["rate", "score", "time", "count"]
    """Scale of the KPI."""
    level: UncertainLevel
    """Where the KPI typically is at the start, its baseline, in its own unit; of a rate the median,
    of others the mean."""
    path: (
        Annotated[
            tuple[Annotated[tuple[Months, Level], Field(strict=False)], ...],
            Field(strict=False, min_length=1),
        ]
        | None
    ) = None
    """Where it is expected later: months, from 1, and levels, straight between; none: no change."""
    sd: Spread = 0
    """Standard deviation from month to month, in its own unit; of a rate below the root of level
    times 1 - level, which a rate that is only ever 0 or 1 has."""
    autocorrelation: Share = 0
    """How much of one month's deviation stays in the next."""
    external: Share = 0
    """Share of its variance that comes from outside, whatever the provider does."""
    better: Literal["higher", "lower"] = "higher"
    """Which direction is good."""
    meter: Literal["buyer", "provider", "independent"] = "independent"
    """Who measures it."""
    overstated: UncertainLevel = 0
    """How much better than it is the meter shows it, in the KPI's unit."""
    meter_error: Spread = 0
    """Standard deviation of the meter's random error in a month, in the KPI's unit."""
    cases: UncertainShare | None = None
    """Share of the completed units that the meter looks at; none where their number is no matter.

    A rate of few cases scatters by luck (binomial), the mean of few scores or times by
    ``case_sd``."""
    response_rate: UncertainShare = 1
    """Of those cases, the share that answers a survey."""
    case_sd: Spread = 0
    """Standard deviation of a single case's score or time, in the KPI's unit."""
    unit: str = ""
    """The KPI's unit, for tables."""

    @field_validator("sd")
    @classmethod
    def _as_a_rate_can(cls, sd: float, info: ValidationInfo) -> float:
        """No rate of this mean varies by more than the one that is only ever 0 or 1."""
        level = info.data.get("level")
        if info.data.get("kind") != "rate" or level is None:
            return sd
        level = level.central if isinstance(level, Distribution) else level
        if 0 < level < 1 and sd**2 >= level * (1 - level):
            raise ValueError(
                f"a rate that is typically {level:g} cannot deviate by {sd:g}: it must be less "
                f"than {math.sqrt(level * (1 - level)):.3g}, the root of level times 1 - level; "
                "give a smaller sd, or cases where it scatters because few are counted"
            )
        return sd

    @model_validator(mode="after")
    def _on_scale(self) -> Kpi:
        levels = [] if isinstance(self.level, Distribution) else [self.level]
        for level in (*levels, *(later for _, later in self.path or ())):
            if self.kind != "score" and (level <= 0 or (self.kind == "rate" and level >= 1)):
                scale = "between 0 and 1" if self.kind == "rate" else "above 0"
                raise ValueError(f"the level of a {self.kind} must be {scale}, not {level:g}")
        months = [0, *(month for month, _ in self.path or ())]
        if any(after <= before for before, after in pairwise(months)):
            raise ValueError(f"the months of a path must rise, from 1: given {months[1:]}")
        return self

    @model_validator(mode="after")
    def _measured(self) -> Kpi:
        if self.cases is None and (self.response_rate != 1 or self.case_sd):
            raise ValueError("response_rate and case_sd are about cases: give cases, such as 1.0")
        if self.kind == "count" and self.cases is not None:
            raise ValueError("a count is counted whole: take cases out")
        if self.kind == "rate" and self.case_sd:
            raise ValueError("a rate's cases are yes or no: take case_sd out")
        return self

    def expected(self, months: int) -> Array | float:
        """By how much the expected path differs from the level, (months, 1) or 0 [own unit]."""
        if self.path is None:
            return 0
        start = self.level.central if isinstance(self.level, Distribution) else self.level
        at, levels = zip((0, start), *self.path, strict=True)
        return np.interp(np.arange(months), at, levels)[:, None] - start

    @property
    def _widening(self) -> float:
        """Spread of a rate's logit at its central level, as a multiple of what it is to first
        order.
        """
        if not self.sd:
            return 1.0
        level = self.level.central if isinstance(self.level, Distribution) else self.level
        level = min(max(level, TINY), 1 - TINY)
        return logit_spread(level, self.sd) * level * (1 - level) / self.sd

    def on_scale(self, z: Array, level: Array | float, shift: Array | float = 0) -> Array:
        """The KPI at standard normal deviations ``z``, made in their place, in its own unit.

        ``shift`` moves the level and leaves the dispersion on the KPI's scale as it is. Where a
        rate's level is uncertain, its ``sd`` is that at the central level, elsewhere to first order
        in proportion to level (1 - level).
        """
        if self.kind == "score":
            z *= self.sd
            z += level + shift
            return z
        if self.kind != "rate":
            level = np.maximum(level, TINY)
            variance = np.log1p((self.sd / level) ** 2)
            z *= np.sqrt(variance)
            z += np.log(np.maximum(level + shift, TINY)) - variance / 2
            return np.exp(z, out=z)
        level = np.clip(level, TINY, 1 - TINY)
        z *= -self.sd * self._widening / (level * (1 - level))
        moved = np.clip(level + shift, TINY, 1 - TINY)
        z -= np.log(moved / (1 - moved))
        np.exp(z, out=z)
        z += 1
        return np.reciprocal(z, out=z)


def simulate(
    kpis: Mapping[str, Kpi],
    correlations: Iterable[Correlated],
    draws: Draws,
    months: int,
    shifts: Mapping[str, Any] = MappingProxyType({}),
    completed: Array | None = None,
) -> dict[str, Array]:
    """``kpi.NAME`` and ``reported.NAME`` for each KPI, and ``external.NAME`` where part of it comes
    from outside; (months, paths or 1).

    ``shifts`` are what moves a KPI's level besides, by name [the KPI's unit]; ``completed`` are the
    units that a meter may look at.
    """
    series: dict[str, Array] = {}
    noise = _noise(kpis, correlations, draws, months)
    for name, kpi in kpis.items():
        level = draws.value(kpi.level, f"kpis.{name}.level")
        shift = kpi.expected(months) + shifts.get(name, 0)
        paths = np.broadcast_shapes(np.shape(level)[1:], np.shape(shift)[1:], (1,))
        z = noise[name] if name in noise else np.zeros((months, *paths))
        if kpi.external:
            series[f"external.{name}"] = _from_outside(kpi, z, draws, name)
        true = kpi.on_scale(z, level, shift)
        if kpi.kind == "count":
            true = count(draws.normals(f"kpis.{name}.count", months), true)
        series[f"kpi.{name}"] = true
        series[f"reported.{name}"] = shown(kpi, true, draws, name, completed)
    return series


def _from_outside(kpi: Kpi, z: Array, draws: Draws, name: str) -> Array:
    """The part of a deviation that comes from outside, (months, paths) [the KPI's unit], to first
    order: normal given the whole, so that the whole and its correlations stay what they are.
    """
    own = autoregression(draws.normals(f"kpis.{name}.external", len(z)), kpi.autocorrelation)
    return np.asarray(
        kpi.sd * (kpi.external * z + np.sqrt(kpi.external * (1 - kpi.external)) * own)
    )


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
    first, later = roots(tuple(names), tuple(sorted(kpis)), tuple(correlations), carried)
    mixed = np.empty_like(own)
    np.matmul(first, own[:, 0], out=mixed[:, 0])
    flat = (len(names), -1)
    np.matmul(later, own[:, 1:].reshape(flat), out=mixed[:, 1:].reshape(flat))
    carry(mixed.swapaxes(0, 1), np.array(carried)[:, None])
    return dict(zip(names, mixed, strict=True))
