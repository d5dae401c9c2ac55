"""The scorecard: KPI targets, when they count, and what each KPI weighs. Clauses revise it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from scenarios.world import World

Array = npt.NDArray[Any]
BEYOND = 1_000_000
"""Attainment of a KPI of which less is better, where there is none of it left."""
LowerIsBetter = Literal["target / actual", "2 - actual / target"]


@dataclass(eq=False)
class Scorecard:
    """Targets in force, (months, 1 or paths); the month each is due; weights that reviews set."""

    targets: dict[str, Array] = field(default_factory=dict)
    due: dict[str, int] = field(default_factory=dict)
    """Month, from 0, from which a target counts. A KPI counts as on target in each period, such as
    a quarter, that began before it."""
    reviews: list[tuple[Array, Mapping[str, Any]]] = field(default_factory=list)
    """Where a review is in force, (months, 1), and the weights that it set."""

    def target(self, kpi: str) -> Array:
        """The target in force; a KPI without one is an error."""
        if kpi not in self.targets:
            raise ValueError(
                f"KPI {kpi!r} has a weight but the deal sets no target for it; "
                f"targets: {', '.join(self.targets) or 'none'}"
            )
        return self.targets[kpi]

    def weights(self, own: Mapping[str, Any]) -> dict[str, Any]:
        """What each KPI weighs: a term's own weights until a review sets others."""
        weights: dict[str, Any] = dict(own)
        for since, new in self.reviews:
            weights = {
                kpi: np.where(since, new.get(kpi, 0), weights.get(kpi, 0))
                for kpi in {**weights, **new}
            }
        return weights

    def met(self, world: World, kpi: str, every: int = 1, decimals: int | None = None) -> Array:
        """True where the KPI, averaged over the period so far, is on target, or not yet due."""
        met = world.meets(kpi, self.target(kpi), every, decimals)
        return met | ~self._counts(world, kpi, every) if self.due.get(kpi) else met

    def attainment(
        self,
        world: World,
        kpi: str,
        every: int = 1,
        decimals: int | None = None,
        lower: LowerIsBetter = "target / actual",
    ) -> Array:
        """How far the averaged KPI reaches its target: 1 is on target, above 1 is better.

        ``lower`` says how it is formed for a KPI of which less is better. Before the target is
        due it is 1.
        """
        target = self.target(kpi)
        actual = world.average(kpi, every, decimals)
        if kpi not in world.lower_is_better:
            ratio = _over(actual, target)
        elif lower == "target / actual":
            ratio = _over(target, actual)
        else:
            ratio = 2 - _over(actual, target)
        return np.where(self._counts(world, kpi, every), ratio, 1) if self.due.get(kpi) else ratio

    def _counts(self, world: World, kpi: str, every: int) -> Array:
        """Where the period being read began in the month in which the target is due, or later."""
        return world.month - world.elapsed(every) + 1 >= self.due[kpi]


def _over(one: Array, other: Array) -> Array:
    """One over the other; over nothing it is as good as it gets, and 1 where both are nothing."""
    nothing = other == 0
    if not nothing.any():
        return one / other
    beyond = np.where(one == 0, 1, BEYOND)
    return np.where(nothing, beyond, one / np.where(nothing, 1, other))
