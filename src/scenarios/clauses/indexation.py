"""Cost-of-living adjustment of named prices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.ledger import Ledger
from scenarios.quantities import Change as RelativeChange
from scenarios.quantities import Share, Span
from scenarios.term import Array, Change, Clause, Stage
from scenarios.world import World


class Indexation(Clause):
    """Every {every} months the prices {prices} follow {share} of the change of the index {index},
    {method}, at least {floor} and at most {cap} each time.

    Source: economic price adjustment (FAR 16.203). Chained: each step multiplies the last
    price. Base-fixed: the first price is multiplied by the change since the start. Only the named
    prices move, not the whole charge; none named means all of them.
    """

    stage: ClassVar[Stage] = "revise"
    budget: ClassVar[str] = "indexation"

    index: str
    """Name of the scenario's price index."""
    prices: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """Names of the prices that follow it, such as a role, base or unit; empty for all."""
    share: Share = 1
    """Share of the index's change that is passed on."""
    floor: RelativeChange | None = None
    """Least relative change a step; none for no floor."""
    cap: RelativeChange | None = None
    """Most relative change a step; none for no cap."""
    method: Literal["chained", "base-fixed"] = "chained"
    """How steps build on each other."""
    every: Span = 12
    """Months between steps."""

    @model_validator(mode="after")
    def _ordered(self) -> Indexation:
        if self.floor is not None and self.cap is not None and self.floor > self.cap:
            raise ValueError(f"floor ({self.floor:g}) must not be above cap ({self.cap:g})")
        return self

    def apply(self, world: World, ledger: Ledger) -> Change:
        """The factor on each named price."""
        level = world[f"index.{self.index}"]
        factor = level * 0 + 1
        for month in range(self.every, len(level), self.every):
            since = month - self.every if self.method == "chained" else 0
            change = (level[month] / level[since] - 1) * self.share
            start = factor[month - 1].copy() if self.method == "chained" else 1
            factor[month : month + self.every] = start * (1 + self._within(change))
        names = self.prices or tuple(ledger.prices)
        return Change(price=dict.fromkeys(_known(names, ledger.prices), factor))

    def _within(self, change: Array) -> Array:
        """The relative change within floor and cap."""
        if self.floor is not None:
            change = np.maximum(change, self.floor)
        return change if self.cap is None else np.minimum(change, self.cap)


def _known(names: tuple[str, ...], prices: Mapping[str, Array]) -> tuple[str, ...]:
    unknown = [name for name in names if name not in prices]
    if unknown:
        raise ValueError(
            f"there is no price named {', '.join(unknown)}; the prices are {', '.join(prices)}"
        )
    return names
