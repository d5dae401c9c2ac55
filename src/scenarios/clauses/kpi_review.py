"""KPI review: from a month on other weights and other targets hold."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from pydantic import Field, model_validator

from scenarios.ledger import Ledger
from scenarios.quantities import Level, Share, Span
from scenarios.term import Array, Change, Clause, Stage
from scenarios.world import World

HAIR = 10**24
"""A revised target is eased by this part: in Decimal a factor is rounded in the 28th digit, and a
KPI exactly at its new target must be on it. Floats do not show it."""


class KpiReview(Clause):
    """From contract month {from_month} on[ the KPIs weigh {weights}, and those not named count no
    more][if weights is none:  the weights of KPIs stay as they are][; the targets are {targets}].

    Formula: w_i = w'_i and target_i = target'_i for t >= t_0.

    Source: KPI replacement and re-weighting at reviews, common practice (no published figures).

    Conventions: the weights hold in every clause and pricing model that weighs KPIs, from this
    clause on; a part of the contract that needs weights that sum to 1 needs that here too. A KPI
    that is read over several months is read with the target and weights in force when the period
    closes. A KPI that comes into force needs a target in the deal's targets.
    """

    stage: ClassVar[Stage] = "revise"

    from_month: Span
    """Contract month, from 1, from which the review holds."""
    weights: dict[str, Share] = Field(default_factory=dict)
    """Weights by KPI in place of all weights before; empty leaves them as they are."""
    targets: dict[str, Level] = Field(default_factory=dict)
    """New targets by KPI; empty leaves all as they are."""

    @classmethod
    def label(cls) -> str:
        """The name of its ledger line, as people write it."""
        return "KPI review"

    @model_validator(mode="after")
    def _says_something(self) -> KpiReview:
        if not self.weights and not self.targets:
            raise ValueError("a review needs new weights or new targets")
        return self

    def apply(self, world: World, ledger: Ledger) -> Change:
        """Where the review holds, the weights that it sets, and the factors on targets."""
        holds = world.month >= self.from_month - 1
        for kpi in self.weights:
            ledger.scorecard.target(kpi)  # a KPI without a target is an error that says so
        factors = {
            kpi: np.where(holds, _factor(ledger.scorecard.target(kpi), new, kpi, world), 1)
            for kpi, new in self.targets.items()
        }
        review = (holds, self.weights) if self.weights else None
        return Change(review=review, target=factors or None)


def _factor(target: Array, new: float, kpi: str, world: World) -> Array:
    """What makes a target the new one, eased by a hair."""
    if not np.all(target != 0):
        raise ValueError(
            f"the target of {kpi} is 0, which no factor makes {new:g}: write targets by contract "
            "year in the deal instead"
        )
    factor = new / target
    ease = factor / HAIR
    smaller = (kpi in world.lower_is_better) == (new < 0)
    return factor - ease if smaller else factor + ease
