"""KPI rebaselining: targets follow an external driver."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.clauses.misses import at_least
from scenarios.ledger import Ledger
from scenarios.quantities import Quantity, Share, Span
from scenarios.term import Array, Change, Clause, Stage, add_up
from scenarios.world import World, chosen

Elasticity = Annotated[float, Quantity("elasticity", -5, 5)]
Reference = Annotated[float, Quantity("level of the driver", 0)]


class KpiRebaselining(Clause):
    """Every {every} months the parties compare the driver {driver}, as its average over the {over}
    months before, with [if reference is none: its average over the first {over} months of the
    contract][if reference is not none: {reference}]. If it differs by more than {trigger}, the
    targets of {kpis} are [if form is power: multiplied by the ratio of the two][if form is power
    and elasticity is not 1: to the power of {elasticity}][if form is linear: changed by
    {elasticity} times that relative difference] until the next review; else they are as agreed at
    first.

    Formula: target' = target * (X_new / X_ref)^eta if |X_new / X_ref - 1| > trigger; linear:
    target' = target * (1 + eta * (X_new / X_ref - 1)), never below 0.

    Source: rebaselining on volume, mix, handling time or a market driver; compensation events of
    the NEC change the target before a share is computed (lazyqs.co.uk); baseline and rates
    normalised on a change of technology (PacifiCare, lawinsider arc-rate).

    Conventions: the first review is after {every} months, so nothing moves before. Each review
    starts again from the agreed targets and the same reference. A power need not be a whole number;
    invoices are then settled with the power's first 28 digits. Without a driver to compare, at 0,
    targets stay.
    """

    stage: ClassVar[Stage] = "revise"

    kpis: Annotated[tuple[str, ...], Field(strict=False, min_length=1)]
    """KPIs whose targets move."""
    driver: str
    """The world's series that they follow, such as demand or index.wages."""
    trigger: Share
    """Relative change of the driver, up or down, beyond which targets move."""
    elasticity: Elasticity = 1
    """Exponent, or relative change of the target by relative change of the driver."""
    form: Literal["power", "linear"] = "power"
    """How the target follows."""
    reference: Reference | None = None
    """The driver's level behind the targets; none for its average in the first months."""
    over: Span = 3
    """Months over which the driver is averaged."""
    every: Span = 12
    """Months between reviews."""

    @classmethod
    def label(cls) -> str:
        """The name of its ledger line, as people write it."""
        return "KPI rebaselining"

    @model_validator(mode="after")
    def _consistent(self) -> KpiRebaselining:
        if self.over > self.every:
            raise ValueError(
                f"an average over {self.over} months is not there after {self.every}: review later "
                "or average over fewer months"
            )
        return self

    def apply(self, world: World, ledger: Ledger) -> Change:
        """The same factor on each named target."""
        level, every = world[self.driver], self.every
        factor = level * 0 + 1
        reviews = np.arange(every, len(level), every)
        if len(reviews):
            now = add_up(level[reviews - ago] for ago in range(self.over, 0, -1)) / self.over
            reference: Any = self.reference
            if reference is None:
                reference = level[: self.over].sum(axis=0) / self.over
            later = np.repeat(self._factor(now, reference), every, axis=0)
            factor[every:] = later[: len(factor) - every]
        for kpi in self.kpis:
            ledger.scorecard.target(kpi)  # an unknown KPI is an error that names those there are
        return Change(target=dict.fromkeys(self.kpis, factor))

    def _factor(self, now: Array, reference: Any) -> Any:
        """What each review multiplies the targets by until the next, (reviews, 1 or paths)."""
        there = (now > 0) & (reference > 0)
        ratio = np.where(there, now / np.where(there, reference, 1), now * 0 + 1)
        change = ratio - 1
        if self.form == "power":
            whole = self.elasticity == int(self.elasticity)
            factor = ratio ** (int(self.elasticity) if whole else self.elasticity)
        else:
            factor = np.maximum(change * self.elasticity + 1, 0)
        return chosen(at_least(self.trigger, np.abs(change)), 1, factor)
