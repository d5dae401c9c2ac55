"""Alignment: how ready buyer and provider are to work together, and what that changes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field, field_validator, model_validator

from scenarios.declared import Declared
from scenarios.drivers.chance import happens
from scenarios.drivers.governance import DAYS_A_MONTH, Governance, Onboarding, Side
from scenarios.drivers.published import published
from scenarios.errors import nearest
from scenarios.quantities import Days, Months
from scenarios.uncertain import (
    Array,
    Distribution,
    Draws,
    UncertainFactor,
    UncertainRate,
    UncertainShare,
)

TOPIC = "alignment"
"""The one file in which every coefficient stands, with its source or the word assumption."""
COMPONENTS = (
    *("structure", "decision_making", "culture"),
    *("capability", "behaviour", "ways_of_working"),
)
"""The six components of an operating model. Source: Global Software Companies, guide to keeping
outsourced software teams aligned."""
Effect = Literal["rework", "ramp", "hazard"]


@dataclass(frozen=True, eq=False)
class Aligned:
    """What alignment makes of a world."""

    readiness: Array
    """The readiness score, (months, paths or 1) [share]."""
    effort: Array
    """The factor on the hours of a unit, (months, paths or 1)."""
    failed: Array
    """1 from the month in which the relationship has failed, (months, paths or 1)."""


class Alignment(Declared):
    """Buyer and provider are as ready for each other as six scores say, with {onboarding} and
    {governance}; the relationship fails in its first year with a chance of {fails}.

    Formula: readiness = r + (1 - r)(1 - product of 1 - what each measure closes), r the weighted
    mean of the six scores; what a measure closes builds up evenly over ``effect_days``. With the
    gap g = usual readiness - readiness, the hours of a unit are multiplied by hours_ratio^g, in the
    first ``effect_days`` also by ramp_ratio^(g at full effect x the part not yet built up), and the
    rate of failure by hazard_ratio^g. At the usual readiness every factor is 1: the scenario's own
    numbers hold. A relationship that has failed goes on at the readiness after failure; whether the
    contract ends is what its clauses say.

    Source: the six components, 30 and 90 days are claims of one guide (Global Software Companies);
    hours_ratio is a model, the scale factor TEAM of COCOMO II.2000; what the measures close and
    cost, and hazard_ratio, are assumptions. Each coefficient stands in the topic ``alignment`` of
    the market figures, is drawn from its range, and can be written in ``coefficients`` instead.
    Hours of onboarding and governance come on top of the work's, and of what ``coordination``
    plans.
    """

    structure: UncertainShare | None = None
    """How the teams relate, and where boundaries sit; none for the usual readiness."""
    decision_making: UncertainShare | None = None
    """Who owns which decision; none for the usual readiness."""
    culture: UncertainShare | None = None
    """Shared values and working norms; none for the usual readiness."""
    capability: UncertainShare | None = None
    """Which skills are inside and which outside; none for the usual readiness."""
    behaviour: UncertainShare | None = None
    """How the teams deal with each other day by day; none for the usual readiness."""
    ways_of_working: UncertainShare | None = None
    """Processes, tools and rhythms of communication; none for the usual readiness."""
    onboarding: Onboarding | None = None
    """How the team is onboarded; none for not at all."""
    governance: Governance | None = None
    """Reviews and release gates; none for neither."""
    effect_days: Days = 90
    """Days over which the effect of onboarding and governance builds up (a claim: within 90)."""
    buyer_hour: UncertainRate | None = None
    """What an hour of the buyer's own staff costs it; needed for onboarding and governance."""
    fails: UncertainShare = 0
    """Chance that a relationship of the usual readiness fails in its first twelve months."""
    fails_later: UncertainShare = 0
    """The same chance a year from the thirteenth month on."""
    fails_in: Months | None = None
    """Month in which it fails for certain, from 0; none for chance alone."""
    effects: Annotated[tuple[Effect, ...], Field(strict=False)] = ("rework", "ramp", "hazard")
    """What readiness has an effect on: hours all the time, hours at first, the rate of failure."""
    coefficients: dict[str, UncertainFactor] = Field(default_factory=dict)
    """Coefficients by key; those that are not written are the published ones."""

    @field_validator("coefficients", mode="before")
    @classmethod
    def _with_published(cls, given: Any) -> Any:
        """All coefficients stand in the scenario, so that its digest and register hold them."""
        if not isinstance(given, dict):
            return given
        known = published(TOPIC)
        for key in given:
            if key not in known:
                close = nearest(str(key), known)
                told = f"; did you mean {close!r}?" if close else ""
                raise ValueError(
                    f"there is no coefficient {key!r}; known: {', '.join(known)}{told}"
                )
        return {key: given.get(key, known[key].number) for key in known}

    @model_validator(mode="after")
    def _complete(self) -> Alignment:
        known = published(TOPIC)
        for key, number in self.coefficients.items():
            ends = number.named() if isinstance(number, Distribution) else (number,)
            if known[key].unit.startswith("share") and max(ends) > 1:
                raise ValueError(f"{key} is a share: write 0 to 1, not {max(ends):g}")
            if known[key].unit == "ratio" and min(ends) <= 0:
                raise ValueError(f"{key} is a ratio: write more than 0")
        if not any(_most(self.coefficients[f"weight_{name}"]) for name in COMPONENTS):
            raise ValueError("no component has a weight: give one of them a weight above 0")
        if (self.onboarding or self.governance) and self.buyer_hour is None:
            raise ValueError(
                "onboarding and governance take the buyer's time: say in buyer_hour what an hour "
                "of it costs, 0 for nothing"
            )
        return self

    def source_of(self, key: str) -> str | None:
        """Where a coefficient comes from, with its kind; none where the scenario wrote its own."""
        known = published(TOPIC)[key]
        own = type(self)(coefficients={}).coefficients[key]
        if self.coefficients[key] != own:
            return None
        told = known.source.startswith(known.kind)
        return known.source if told else f"{known.kind}: {known.source}"

    def simulate(self, draws: Draws, months: int) -> Aligned:
        """Readiness, the factor on hours, and the failure of the relationship."""
        usual = self._value(draws, "usual_readiness")
        scored = usual - self._below_usual(draws, usual)
        built = self._built_up(months)
        before = scored + (1 - scored) * self._closed(draws, built)
        failed = self._failed(draws, months, usual - before)
        had_failed = np.zeros_like(failed)
        had_failed[1:] = failed[:-1]
        after = self._value(draws, "readiness_after_failure")
        readiness = np.where(had_failed > 0, after, before)
        effort = np.ones((months, 1))
        if "rework" in self.effects:
            effort = effort * self._value(draws, "hours_ratio") ** (usual - readiness)
        if "ramp" in self.effects:
            full = scored + (1 - scored) * self._closed(draws, np.ones((1, 1)))
            effort = effort * self._value(draws, "ramp_ratio") ** ((usual - full) * (1 - built))
        return Aligned(readiness, effort, failed)

    def hours(self, draws: Draws, side: Side, people: float, activity: Array) -> Array:
        """What onboarding and governance take of this side's time, (months, paths or 1) [hours].

        ``people`` are those who are onboarded, ``activity`` is the share of each month in which the
        team works.
        """
        hours: Any = np.zeros((len(activity), 1))
        value = partial(self._value, draws)
        if self.onboarding is not None:
            hours = hours + self.onboarding.hours(value, side, people, len(activity))
        if self.governance is not None:
            hours = hours + self.governance.hours(value, side, activity)
        return np.asarray(hours)

    def _value(self, draws: Draws, key: str) -> Any:
        """A coefficient, a number or (1, paths)."""
        return draws.value(self.coefficients[key], f"alignment.coefficients.{key}")

    def _below_usual(self, draws: Draws, usual: Any) -> Any:
        """By how much the weighted mean of the scores is below the usual readiness."""
        below: Any = 0
        weights: Any = 0
        for name in COMPONENTS:
            weight, score = self._value(draws, f"weight_{name}"), getattr(self, name)
            weights = weights + weight
            if score is not None:
                below = below + weight * (usual - draws.value(score, f"alignment.{name}"))
        return below / weights

    def _built_up(self, months: int) -> Array:
        """How much of an effect is there in each month, on average over its days, (months, 1).

        It rises evenly from nothing on the first day to all of it after ``effect_days``.
        """
        whole = self.effect_days / DAYS_A_MONTH
        if not whole:
            return np.ones((months, 1))
        month = np.arange(months + 1)[:, None]
        so_far = np.where(month < whole, month**2 / (2 * whole), month - whole / 2)
        return np.asarray(np.diff(so_far, axis=0))

    def _closed(self, draws: Draws, built: Array) -> Any:
        """The share of the gap to full readiness that onboarding and governance close."""
        left: Any = np.ones_like(built)
        for measure in (self.onboarding, self.governance):
            if measure is not None:
                left = left * measure.left(partial(self._value, draws), built)
        return 1 - left

    def _failed(self, draws: Draws, months: int, gap: Array) -> Array:
        """1 from the month in which the relationship fails, by chance or for certain.

        With uncertainty off it never does by chance, unless a month's chance is above a half.
        """
        month = np.arange(months)[:, None]
        here = month == (-1 if self.fails_in is None else self.fails_in)
        if _most(self.fails) or _most(self.fails_later):
            first = draws.value(self.fails, "alignment.fails")
            later = draws.value(self.fails_later, "alignment.fails_later")
            a_year = np.where(month < 12, first, later)  # noqa: PLR2004  the first year
            rate: Any = 1
            if "hazard" in self.effects:
                rate = self._value(draws, "hazard_ratio") ** gap
            chance = 1 - (1 - a_year) ** (rate / 12)
            here = here | happens(draws.normals("alignment.failure", months), chance)
        return np.maximum.accumulate(here, axis=0).astype(float)


def _most(number: Any) -> float:
    """The largest number that was written, so that a plain 0 draws nothing."""
    return max(number.named()) if isinstance(number, Distribution) else float(number)
