"""Effort: what makes a unit take more or fewer hours than its estimate."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.declared import Declared
from scenarios.drivers.distance import Distance
from scenarios.drivers.learning import Learning
from scenarios.drivers.scope import ScopeChange
from scenarios.drivers.seniority import Level, speed
from scenarios.quantities import WHOLE, LogSpread, Share
from scenarios.uncertain import Array, Draws, LogNormal, UncertainFactor, UncertainPart


class Complexity(Declared):
    """{share} of the units take {factor} times the hours of a usual one."""

    share: Share
    """Share of the units that are of this kind; the shares of all kinds sum to 1."""
    factor: UncertainFactor
    """Hours of such a unit over those of a usual one."""


class Effort(Declared):
    """A unit of {hours} takes more or fewer: by what it is, {complexity}, worked again, {rework},
    estimated wrongly, {estimate_error}, and done from far, by experienced people or for the nth
    time.

    Formula: hours x sum(share x factor) x touches x estimate error x distance / speed x learning x
    scope. Each part that is not declared is 1. Touches are 1 / (1 - rework) where a unit is worked
    until it is right, 1 + rework where what fails is worked once more. Source: touches = 1 / (1 -
    reopen rate), general knowledge of the field; the others are named with their parts.
    """

    complexity: dict[str, Complexity] = Field(default_factory=dict)
    """The mix of units by name; without one every unit is usual."""
    rework: UncertainPart = 0
    """Share of the units worked on that must be worked on again."""
    reworked: Literal["until right", "once"] = "until right"
    """Whether what was worked again may fail again."""
    estimate_error: UncertainFactor = 1
    """True over estimated hours of all units together; a backlog has its own ``overrun``."""
    monthly_error: LogSpread = 0
    """Month-to-month dispersion of the hours a unit: standard deviation of the logarithm."""
    distance: Distance | None = None
    """Sites and time zones between those who work together; none where nobody asks."""
    seniority: dict[str, Level] = Field(default_factory=dict)
    """The mix of levels by name; without one everybody is usual."""
    learning: Learning | None = None
    """How hours fall with the units done; none for not at all."""
    scope: ScopeChange | None = None
    """Scope changes that arrive; none for a scope that stands."""

    @model_validator(mode="after")
    def _whole(self) -> Effort:
        for what, mix in (("complexity", self.complexity), ("seniority", self.seniority)):
            total = sum(part.share for part in mix.values())
            if mix and abs(total - 1) > WHOLE:
                raise ValueError(f"the shares of {what} sum to {total:g}: they must sum to 1")
        return self

    def factor(self, draws: Draws) -> Any:
        """What is the same for every unit of a path: mix, rework, distance and seniority, a number
        or (1, paths).
        """
        factor: Any = 1
        if self.complexity:
            factor = sum(
                kind.share * draws.value(kind.factor, f"delivery.effort.complexity.{name}.factor")
                for name, kind in sorted(self.complexity.items())
            )
        factor = factor * touches(draws.value(self.rework, "delivery.effort.rework"), self.reworked)
        if self.distance is not None:
            factor = factor * self.distance.factor(draws)
        return factor / speed(self.seniority, draws) if self.seniority else factor

    def by_month(self, draws: Draws, units: Array) -> Any:
        """The factor on the hours of a unit of a monthly volume, (1 or months, paths or 1).

        ``units`` are those that people handle each month.
        """
        factor = self.factor(draws)
        factor = factor * draws.value(self.estimate_error, "delivery.effort.estimate_error")
        if self.monthly_error:
            noise = draws.normals("delivery.effort.monthly_error", len(units)) * self.monthly_error
            factor = factor * np.exp(noise - self.monthly_error**2 / 2)
        if self.learning is not None:
            factor = factor * self.learning.by_month(draws, units)
        if self.scope is not None:
            changes = self.scope.so_far(draws, len(units))
            factor = factor * (1 + self.scope.more_effort(draws) * changes)
        return factor


def touches(rework: Any, reworked: Literal["until right", "once"]) -> Any:
    """How often a unit is worked on where the share ``rework`` of what was worked on fails.

    Source: touches = 1 / (1 - reopen rate); ``once`` is its first step.
    """
    return 1 / (1 - rework) if reworked == "until right" else 1 + rework


def estimate_error(estimated: Any, actual: Any) -> LogNormal:
    """The distribution of actual over estimated hours, fitted to pairs of them: median and standard
    deviation of the logarithms, divisor n - 1.

    Of the 145 projects of Kitchenham the median is 0.99 and the deviation 0.355. Raises
    ``ValueError`` where there are fewer than two pairs or hours of 0.
    """
    before, after = np.asarray(estimated, dtype=float), np.asarray(actual, dtype=float)
    if before.shape != after.shape or before.size < 2:  # noqa: PLR2004  a spread needs two
        raise ValueError("give estimated and actual hours of the same work, at least two pairs")
    if not ((before > 0) & (after > 0)).all():
        raise ValueError("every estimate and every actual must be above 0 hours")
    logarithms = np.log(after / before)
    return LogNormal(median=float(np.exp(logarithms.mean())), log_sd=float(logarithms.std(ddof=1)))
