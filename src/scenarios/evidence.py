"""What studies measured, as a distribution: of the effect of AI on how much work gets done."""

from __future__ import annotations

import csv
from functools import lru_cache
from typing import Literal

import numpy as np

from scenarios.distributions import Array, Distribution
from scenarios.errors import ScenarioError
from scenarios.resources import resource

THROUGHPUT = "% throughput"
"""The only unit that is pooled: a change of task time is another effect, and converts by itself."""
STUDIES: dict[str, tuple[str, ...]] = {
    "software work": (
        "metr_experienced_throughput",
        "cui_three_experiments",
        "accenture_abandoned",
    ),
    "software task": ("peng_copilot_throughput",),
    "customer support": ("brynjolfsson_2025",),
}
"""Which rows of the benchmark ``ai_productivity`` speak of which work, each a change of throughput.

Work is what developers do over weeks, a task is one exercise: they differ by a factor of five and
are not pooled. Studies without limits are left out.
"""
Z975 = 1.959963984540054
"""The standard normal's 97.5th percentile."""
GRID = 4001
WIDE = 5
"""Standard deviations on either side that the table of the mixture covers."""


class Evidence(Distribution):
    """The effect that studies of {evidence} measured, each counting the same.

    A mixture: one study at random, then its effect, lognormal in 1 + effect, with its confidence
    limits (95 %) as its own spread. It includes effects below 0 where studies found them. Of
    customer support the limits are those between the most and the least skilled. Source: the
    benchmark ``ai_productivity``, where each study has its address.
    """

    evidence: Literal["software work", "software task", "customer support"]
    """Which work the studies looked at."""

    @property
    def central(self) -> float:
        """The median of the mixture."""
        return float(self.value_at(np.zeros(1))[0])

    def quantile_of(self, z: Array) -> Array:
        """The mixture at the normal's probability."""
        from scipy.special import ndtr  # noqa: PLC0415  scipy loads only where it is needed

        chances, logs = _mixture(self.evidence)
        return np.expm1(np.interp(ndtr(z), chances, logs))

    def named(self) -> tuple[float, ...]:
        """The median."""
        return (self.central,)


def throughput_of(time_change: float) -> float:
    """What a relative change of task time does to throughput: 1 / (1 + change) - 1.

    -55.8 % of the time is 126 % more done, not 55.8 %. Raises ``ValueError`` at -1 or below.
    """
    if time_change <= -1:
        raise ValueError(f"a task cannot take no time or less: given a change of {time_change:g}")
    return 1 / (1 + time_change) - 1


@lru_cache(maxsize=8)
def _mixture(work: str) -> tuple[Array, Array]:
    """Chances and the logarithms of 1 + effect that they belong to, (GRID,) each."""
    from scipy.special import ndtr  # noqa: PLC0415  scipy loads only where it is needed

    centres, spreads = (np.array(column)[:, None] for column in zip(*_studies(work), strict=True))
    low, high = (centres - WIDE * spreads).min(), (centres + WIDE * spreads).max()
    logs = np.linspace(low, high, GRID)
    chances = ndtr((logs - centres) / spreads).mean(axis=0)
    kept = np.concatenate([[True], np.diff(chances) > 0])
    return chances[kept], logs[kept]


def _studies(work: str) -> list[tuple[float, float]]:
    """Each study's effect and its standard deviation, of the logarithm of 1 + effect."""
    with resource("benchmarks", "ai_productivity.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["key"]: row for row in csv.DictReader(file)}
    return [_effect(rows[key]) for key in STUDIES[work]]


def _effect(row: dict[str, str]) -> tuple[float, float]:
    if row["unit"] != THROUGHPUT:
        raise ScenarioError(
            f"{row['key']} is a change of {row['unit']}: only changes of throughput are pooled"
        )
    low, mid, high = (float(row[name]) / 100 for name in ("low", "mid", "high"))
    centre = float(np.log1p(mid))
    # A limit below -100 % has no logarithm: the other one then says how wide the study is.
    if low <= -1:
        return centre, (float(np.log1p(high)) - centre) / Z975
    return centre, float(np.log1p(high) - np.log1p(low)) / (2 * Z975)
