"""Numbers as fitted: rounded to what is known of them, each with how sure it is."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from scenarios.declared import Declared
from scenarios.uncertain import Z90, Array

COLUMNS = ("estimate", "standard error", "p10", "p90", "periods", "method")
"""What a table of fitted numbers says of each."""


@dataclass(frozen=True)
class Estimate:
    """One number and how sure it is."""

    number: str
    """What a scenario file calls it, such as volatility."""
    estimate: float
    standard_error: float
    p10: float
    p90: float
    periods: int
    """Values that it rests on."""
    method: str

    @classmethod
    def of(cls, number: str, draws: Array, periods: int, method: str) -> Estimate:
        """The median of draws and an 80 % interval; the error is that of a normal as wide as it."""
        low, middle, high = (float(q) for q in np.quantile(draws, (0.1, 0.5, 0.9)))
        return cls(number, middle, (high - low) / 2 / Z90, low, high, periods, method)

    @classmethod
    def normal(
        cls,
        number: str,
        estimate: float,
        error: float,
        periods: int,
        method: str,
        *,
        within: tuple[float, float] = (-math.inf, math.inf),
    ) -> Estimate:
        """A value with a normal's 80 % interval, as far as that lies ``within`` what can be."""
        error = float(error)
        low, high = max(estimate - Z90 * error, within[0]), min(estimate + Z90 * error, within[1])
        return cls(number, estimate, error, low, high, periods, method)


@dataclass(frozen=True)
class Calibrated:
    """Numbers as a scenario file takes them, and how they were found."""

    numbers: dict[str, Any]
    """By the names of a scenario file's section."""
    estimates: tuple[Estimate, ...]
    """Each of them as fitted."""
    decisions: tuple[str, ...] = ()
    """What was decided on the way, in words."""
    section: type[Declared] | None = None
    """What of a scenario they declare; none where they are part of a section."""

    @property
    def fit(self) -> pd.DataFrame:
        """One row a number: estimate, standard error, 80 % interval, periods, method."""
        return table(self.estimates)

    def declared(self, **more: Any) -> Declared:
        """The declaration that a scenario takes, with what else it needs to be told."""
        if self.section is None:
            raise TypeError("these numbers are part of a section: use .numbers")
        return self.section.model_validate(self.numbers | more)


def table(estimates: Iterable[Estimate]) -> pd.DataFrame:
    """One row an estimate."""
    rows = {
        one.number: (one.estimate, one.standard_error, one.p10, one.p90, one.periods, one.method)
        for one in estimates
    }
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(COLUMNS)).rename_axis("number")


def rounded(number: float, digits: int = 3) -> float:
    """The number to so many significant digits."""
    return float(f"{number:.{digits}g}")


def rounded_share(share: float) -> float:
    """A share with three decimals, more where it is near 0 or 1 and they would hide it."""
    near = min(share, 1 - share)
    return round(share, max(3, 1 - math.floor(math.log10(near)) if near > 0 else 3))


def between(low: float, high: float, **shape: str) -> float | dict[str, float | str]:
    """A range as a scenario file writes it, or the number where nothing is left open."""
    return low if low == high else {"p10": low, "p90": high, **shape}
