"""A series fitted: its level, growth and season, its deviations, and what to expect next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
import pandas as pd

from scenarios.calibrate import autoregression
from scenarios.calibrate.autoregression import Posterior
from scenarios.calibrate.filtering import Series
from scenarios.calibrate.scales import Scaled
from scenarios.engine.streams import generator
from scenarios.uncertain import Array

Every = Literal["month", "week"]
A_YEAR: dict[Every, float] = {"month": 12.0, "week": 365.25 / 7}
"""Periods in a year."""
GROWTH = 0.15
"""How far growth is expected to be from none: sd of the logarithm a year. Assumption: outer volume
bands of contracts lie 20 to 30 % from the baseline, so that growth lies within 25 % nine times in
ten. A series that shows more outweighs it.
"""
VAGUE = 10.0
"""How far the level may be from the values' mean, in logarithms or their standard deviations."""
_ROUNDS = 4
"""Times that counts are seen anew from where the series most likely was."""


@dataclass(frozen=True)
class Fitted:
    """One series and what its fit leaves open."""

    scaled: Scaled
    series: Series
    posterior: Posterior
    every: Every

    @property
    def periods(self) -> int:
        """Periods that have a value."""
        return int(np.isfinite(self.series.values).sum())

    @cached_property
    def growth(self) -> Array:
        """Logarithm of growth a year; zeros where the series has none, (draws,)."""
        terms = self.posterior.terms
        return terms[:, 1] if self.scaled.kind == "volume" else np.zeros(len(terms))

    @property
    def seasons(self) -> Array | None:
        """Logarithm of each calendar month's factor, January first, (draws, 12); none without."""
        return self.posterior.terms[:, 2:] if self.posterior.terms.shape[1] > 2 else None  # noqa: PLR2004  level and growth come first

    def by_period(self, probabilities: Array) -> Array:
        """What the scenario's driver would have shown in each period, luck of counting included;
        (periods, probabilities) [the series' unit].
        """
        random = generator(0, "calibrate.by_period")
        rows = self.series.design[: len(self.series.values)]
        places = self.posterior.terms @ rows.T
        deviation = random.standard_normal(places.shape) * self.posterior.deviation[:, None]
        seen = self.scaled.counted(places + deviation, random)
        return np.asarray(np.quantile(seen, probabilities, axis=0).T)

    def ahead(self, probabilities: Array) -> Array:
        """What to expect of the periods after the last, luck of counting included; (periods ahead,
        probabilities) [the series' unit].
        """
        random = generator(0, "calibrate.ahead")
        seen = self.scaled.counted(self.posterior.ahead, random)
        return np.asarray(np.quantile(seen, probabilities, axis=0).T)

    def of_scenario(self, probabilities: Array) -> Array:
        """What a scenario with these numbers expects of the same periods: from the level on, not
        from the last deviation, and with volatility as known; (periods ahead, probabilities).
        """
        random = generator(0, "calibrate.of_scenario")
        places = self.posterior.terms @ self.series.design[len(self.series.values) :].T
        deviation = random.standard_normal(places.shape) * np.median(self.posterior.deviation)
        seen = self.scaled.counted(places + deviation, random)
        return np.asarray(np.quantile(seen, probabilities, axis=0).T)


def series_of(scaled: Scaled, every: Every, ahead: int = 0) -> Series:
    """The series without seasons: a level as of the first later period, and growth of volumes.

    Counts are seen from where the series most likely was.
    """
    seen = scaled.places[np.isfinite(scaled.places)]
    later = np.arange(len(scaled.places) + ahead) - len(scaled.places)
    terms, prior = [np.ones(len(later))], [max(VAGUE, VAGUE * float(np.std(seen)))]
    if scaled.kind == "volume":
        terms.append(later / A_YEAR[every])
        prior.append(GROWTH)
    centre = np.append(np.mean(seen), np.zeros(len(prior) - 1))
    series = Series(
        scaled.places,
        np.zeros(len(scaled.places)),
        np.column_stack(terms),
        centre,
        np.diag(np.square(prior)),
    )
    if scaled.hits is None:
        return series
    near = scaled.places
    for _ in range(_ROUNDS):
        values, noise = scaled.about(near)
        series = replace(series, values=values, noise=noise)
        near = autoregression.smoothed(series)
    values, noise = scaled.about(near)
    return replace(series, values=values, noise=noise)


def with_seasons(series: Series, calendar: Array, covariance: Array) -> Series:
    """The series with a factor for each calendar month.

    ``calendar`` are the periods' calendar months, later ones included, 1 to 12; ``covariance`` is
    that of the factors' logarithms, about 0, before any value is seen, (12, 12).
    """
    months = np.eye(12)[calendar - 1]
    prior = np.zeros((len(series.centre) + 12,) * 2)
    prior[:-12, :-12] = series.spread
    prior[-12:, -12:] = covariance
    return replace(
        series,
        design=np.column_stack([series.design, months]),
        centre=np.append(series.centre, np.zeros(12)),
        spread=prior,
    )


def every_of(index: pd.Index) -> Every:
    """Weeks where the periods are weeks, else months."""
    weeks = isinstance(index, pd.PeriodIndex) and index.freqstr.startswith("W")
    return "week" if weeks else "month"


def calendar_months(index: pd.Index, ahead: int = 0) -> Array | None:
    """The calendar month in which each period lies for the most part, and those of later ones; none
    where periods have no dates.
    """
    if not isinstance(index, pd.PeriodIndex) or not len(index):
        return None
    every = pd.period_range(index[0], periods=len(index) + ahead, freq=index.freq)
    middle = every.to_timestamp(how="start") + pd.Timedelta(
        days=3 if every.freqstr.startswith("W") else 14
    )
    return np.asarray(middle.month)
