"""How well a mean is known: its standard error, and the half-width of its interval."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scenarios.results.run import Run

NOT_KNOWN = (
    "Sobol points are not independent of each other: their spread says nothing about the error of "
    "a mean; compare the means of several seeds"
)
"""Why a run with Sobol points has no standard errors."""


_WORDS = {"all_in": "buyer's all-in cost", "contribution": "provider's contribution"}


@dataclass(frozen=True)
class Precision:
    """How well the mean of one deal less another is known, and how well it was to be."""

    a: str
    b: str
    """The deal that is taken off."""
    of: str
    """Which total; see ``Run.total``."""
    mean: float
    """The mean difference [money]."""
    half_width: float
    """Half of the mean's confidence interval [money]."""
    tolerance: float
    """What the half-width was to be at most [money]."""
    confidence: float
    """How often such an interval holds the true mean of the model [share]."""
    paths: int

    @property
    def reached(self) -> bool:
        """Whether the difference is known to the tolerance."""
        return self.half_width <= self.tolerance

    def __str__(self) -> str:
        told = "reached" if self.reached else "not reached"
        return (
            f"{_WORDS.get(self.of, self.of)}, {self.a} less {self.b}: {self.mean:,.0f}, known to "
            f"{_amount(self.half_width)} at {100 * self.confidence:g} % confidence after "
            f"{self.paths:,} paths; the tolerance of {_amount(self.tolerance)} is {told}"
        )


def half_width(difference: npt.NDArray[Any], confidence: float) -> float:
    """Half of the confidence interval of the mean of independent paths, (paths,) [money]."""
    quantile = NormalDist().inv_cdf((1 + confidence) / 2)
    return quantile * float(difference.std(ddof=1)) / math.sqrt(difference.size)


def standard_error(run: Run, values: npt.NDArray[Any]) -> float:
    """The standard error of the mean of these paths; no number where paths are Sobol points."""
    if run.sampling != "random":
        return math.nan
    return float(values.std() / np.sqrt(run.paths))


def how_drawn(run: Run) -> dict[str, str]:
    """What a table's ``attrs`` say of how its futures were drawn."""
    if run.sampling == "random":
        return {"sampling": run.sampling}
    return {"sampling": run.sampling, "standard error": NOT_KNOWN}


def _amount(money: float) -> str:
    return f"{money:,.0f}" if money >= 100 else f"{money:.3g}"  # noqa: PLR2004  a matter of taste
