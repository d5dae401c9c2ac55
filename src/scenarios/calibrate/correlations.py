"""Which KPIs move together, as far as their history shows it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy.stats import norm

from scenarios.calibrate.fitted import Fitted
from scenarios.drivers import Correlated, Kpi
from scenarios.drivers.correlations import refuse_impossible

FEWEST = 12
"""Periods that two KPIs must share: assumption."""
CHANCE = 0.05
"""How often any correlation at all would be taken for real by chance, over all pairs together."""


@dataclass(frozen=True)
class Together:
    """Two KPIs that move together."""

    between: tuple[str, str]
    value: float
    """Correlation of their deviations in the same month."""
    low: float
    """Lower end of its 80 % interval."""
    high: float
    """Upper end of its 80 % interval."""
    periods: int
    """Periods that both have a value in."""


def correlations(fitted: Mapping[str, Fitted], kpis: Mapping[str, Kpi]) -> list[Together]:
    """The pairs whose correlation is beyond chance, strongest first; (KPIs by name, their numbers).

    What is new in a period is correlated, not the values: two series that only linger would seem to
    move together (Yule 1926). With autocorrelations a and b a correlation e of what is new is
    e sqrt((1-a²)(1-b²)) / (1-ab) of the deviations. Intervals by Fisher's z; the chance is divided
    by the number of pairs (Bonferroni). Luck of counting makes correlations smaller than they are.
    """
    pairs = list(combinations(fitted, 2))
    found = [told for pair in pairs if (told := _pair(pair, fitted, kpis, len(pairs))) is not None]
    found.sort(key=lambda told: -abs(told.value))
    while found and not _possible(kpis, found):
        found.pop()
    return found


def _pair(
    pair: tuple[str, str], fitted: Mapping[str, Fitted], kpis: Mapping[str, Kpi], pairs: int
) -> Together | None:
    first, second = (fitted[name].posterior.surprise for name in pair)
    both = np.isfinite(first) & np.isfinite(second)
    periods = int(both.sum())
    if periods < FEWEST or not (kpis[pair[0]].sd and kpis[pair[1]].sd):
        return None
    if not (np.std(first[both]) and np.std(second[both])):
        return None
    # A correlation of 1 has no z: two names of one KPI.
    seen = float(np.clip(np.corrcoef(first[both], second[both])[0, 1], -0.99, 0.99))
    error = 1 / math.sqrt(periods - 3)
    if abs(math.atanh(seen)) <= float(norm.ppf(1 - CHANCE / pairs / 2)) * error:
        return None
    a, b = (kpis[name].autocorrelation for name in pair)
    both_months = math.sqrt((1 - a**2) * (1 - b**2)) / (1 - a * b) if a * b < 1 else 1.0
    ends = [
        math.tanh(math.atanh(seen) + z * error) * both_months for z in norm.ppf([0.1, 0.5, 0.9])
    ]
    return Together(pair, round(ends[1], 2), ends[0], ends[2], periods)


def _possible(kpis: Mapping[str, Kpi], found: list[Together]) -> bool:
    """True where a scenario can hold all of them at once."""
    try:
        refuse_impossible(
            {name: kpi.autocorrelation for name, kpi in kpis.items()},
            [Correlated(between=told.between, value=told.value) for told in found],
        )
    except ValueError:
        return False
    return True
