"""The scales on which series deviate: volumes, counts and times by logarithm, rates by logit.

They are the scales of the scenario's drivers; scores deviate plainly. What is counted also scatters
by luck: of n units a share p varies by p(1-p)/n, a count by itself, the mean of n scores by the
variance of one over n. That luck is told apart, so that a driver's own dispersion does not hold it
a second time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from scenarios.uncertain import Array

Kind = Literal["volume", "count", "rate", "time", "score"]
HALF = 0.5
"""Added to counts before logarithms: a month without any is then no minus infinity, and the mean
logarithm hardly biased. Source: Haldane (1956), Anscombe (1956).
"""
_AS_IF = 100.0
"""Cases on which a rate of 0 or 1 is taken to rest where no counts are given: assumption."""
_MANY = 1e6
"""From so many units on, luck is nothing."""


@dataclass(frozen=True)
class Scaled:
    """A series on its scale, and the way back."""

    kind: Kind
    places: Array
    """One a period, NaN where there is none; where counts are known a first look at it."""
    hits: Array | None = None
    """What was counted: units of a volume or count, units of which the rate's outcome was true; of
    scores and times whose luck is known the places themselves.
    """
    counts: Array | None = None
    """Units that a rate rests on."""
    luck: Array | None = None
    """Variance by the luck of few cases of a score's or time's places, (periods,)."""

    @property
    def counted_on(self) -> float | None:
        """Units on which a later period's rate rests; none where that is not known."""
        if self.counts is None:
            return None
        return float(np.median(self.counts[np.isfinite(self.counts)][-12:]))

    @property
    def still(self) -> bool:
        """True where every period has the same value."""
        values = (
            self.places if self.hits is None or self.counts is None else self.hits / self.counts
        )
        return bool(np.nanmax(values) == np.nanmin(values))

    def about(self, scaled: Array) -> tuple[Array, Array]:
        """Values and their variance by luck, seen from a place of the scale near them; (periods,).

        A count is as likely as a normal value with this variance would be. Source: Durbin and
        Koopman (1997), the mode of a state-space model of counts.
        """
        if self.hits is None:
            return self.places, np.zeros(len(self.places))
        if self.luck is not None:
            return self.places, np.nan_to_num(self.luck)
        counts = self.counts
        if counts is None:
            level = np.exp(np.clip(scaled, np.log(HALF / len(self.hits)), 300.0))
            return np.log(level) + self.hits / level - 1, np.nan_to_num(1 / level)
        known = np.isfinite(self.hits)
        furthest = np.log(2 * counts[known].sum() + 1)
        place = np.clip(scaled, -furthest, furthest)
        level = 1 / (1 + np.exp(-place))
        variance = level * (1 - level)
        noise = np.where(known, 1 / (np.where(known, counts, 1.0) * variance), 0.0)
        return place + (self.hits / counts - level) / variance, noise

    def level(self, scaled: Array) -> Array:
        """The value without luck at a place of the scale, in the series' own unit."""
        if self.kind == "rate":
            return np.asarray(1 / (1 + np.exp(-np.clip(scaled, -300.0, 300.0))))
        return np.asarray(scaled if self.kind == "score" else np.exp(np.minimum(scaled, 300.0)))

    def counted(self, scaled: Array, random: np.random.Generator) -> Array:
        """What would be seen at a place of the scale, counted in whole units or on as many cases as
        of late.
        """
        if self.luck is not None:
            of_late = self.luck[np.isfinite(self.luck)][-12:]
            luck = np.sqrt(np.median(of_late)) if len(of_late) else 0.0
            return self.level(scaled + luck * random.standard_normal(scaled.shape))
        level = self.level(scaled)
        if self.kind in ("volume", "count"):
            return np.where(level < _MANY, random.poisson(np.minimum(level, _MANY)), level)
        if self.counted_on is not None:
            units = max(round(self.counted_on), 1)
            return random.binomial(units, level) / units
        return level


def scaled(kind: Kind, values: pd.Series, of: pd.Series | None = None) -> Scaled:
    """A series of one kind on its scale; ``of`` are the counts that a rate rests on, and of scores
    and times what one over is the variance of their luck.
    """
    seen = values.to_numpy(dtype=float, na_value=np.nan)
    counts = None if of is None else of.to_numpy(dtype=float, na_value=np.nan)
    if kind in ("volume", "count"):
        return Scaled(kind, np.log(seen + HALF), hits=seen)
    if kind == "rate":
        return _rate(seen, counts)
    places = np.log(np.where(seen > 0, seen, np.nan)) if kind == "time" else seen
    return _on_cases(kind, places, counts)


def _rate(seen: Array, counts: Array | None) -> Scaled:
    if counts is None:
        within = (seen * _AS_IF + HALF) / (_AS_IF + 1)
        moved = np.where((seen > 0) & (seen < 1), seen, within)
        return Scaled("rate", np.log(moved / (1 - moved)))
    known = np.isfinite(seen) & (counts > 0)
    counts = np.where(known, counts, np.nan)
    hits = np.where(known, seen, np.nan) * counts
    return Scaled("rate", np.log((hits + HALF) / (counts - hits + HALF)), hits, counts)


def _on_cases(kind: Kind, places: Array, precision: Array | None) -> Scaled:
    if precision is None:
        return Scaled(kind, places)
    known = np.isfinite(places) & (precision > 0)
    places = np.where(known, places, np.nan)
    luck = np.where(known, 1 / np.where(known, precision, 1.0), np.nan)
    return Scaled(kind, places, hits=places, luck=luck)
