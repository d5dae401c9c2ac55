"""Learning curves: each doubling of the units done takes a fixed share off the hours of a unit."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.declared import Declared
from scenarios.quantities import Units
from scenarios.uncertain import Array, Draws, UncertainSlope

SHIFT = 16
"""Terms of a sum of powers that are added one by one: beyond them its series is exact to 1e-12."""


def exponent(slope: Any) -> Any:
    """The exponent b = ln s / ln 2 of a slope s: 0.85 means that each doubling takes 85 %."""
    return np.log2(slope)


def crawford_unit(hours: Any, unit: Any, slope: Any, known: Any = 1) -> Any:
    """Hours of a unit where the ``known``-th takes ``hours``: y_n = y_m (n / m)^b [hours].

    Source: Crawford's unit theory, as in the R package learningCurve (AFIT-R/learningCurve).
    """
    return hours * (unit / known) ** exponent(slope)


def crawford_total(hours: Any, last: Any, slope: Any, since: Any = 1) -> Any:
    """Hours of the units ``since`` to ``last`` together, exact: a sum of unit hours [hours].

    ``hours`` are those of unit ``since``. Numbers between two whole units are interpolated.
    """
    b = exponent(slope)
    return hours * (_powers(last, b) - _powers(since - 1, b)) / since**b


def crawford_total_approximate(hours: Any, last: Any, slope: Any, since: Any = 1) -> Any:
    """The same by the mid-point formula a / (1 + b) [(n + .5)^(1 + b) - (m - .5)^(1 + b)] [hours].

    ``hours`` are those of the first unit of all here, as in the source: learningCurve, whose text
    prints m - .05 where its code and results have m - .5.
    """
    b = exponent(slope)
    return hours * (_integral(last + 0.5, b) - _integral(since - 0.5, b))


def wright_average(hours: Any, units: Any, slope: Any) -> Any:
    """Mean hours of so many units where the first takes ``hours``: a n^b [hours].

    Source: Wright's cumulative average theory, as in learningCurve.
    """
    return hours * units ** exponent(slope)


def wright_total(hours: Any, last: Any, slope: Any, since: Any = 1) -> Any:
    """Hours of the units ``since`` to ``last`` together, of T_n = a n^(1 + b) [hours].

    ``hours`` are those of the first unit of all. At a slope of 0.5 or less no unit after it would
    take any.
    """
    grows = 1 + exponent(slope)
    with np.errstate(divide="ignore"):  # of the first units nothing is taken away
        before = np.log(np.asarray((since - 1) / last))
    return hours * last**grows * -np.expm1(grows * before)


def wright_unit(hours: Any, unit: Any, slope: Any) -> Any:
    """Hours of a unit: a [n^(1 + b) - (n - 1)^(1 + b)] [hours]."""
    return wright_total(hours, unit, slope, since=unit)


def natural_slope(total: float, first: float, units: float) -> float:
    """The slope at which so many units took ``total`` hours and the first of them ``first``.

    b = (ln T - ln t) / ln n - 1, Wright's. Source: learningCurve, whose text prints ln n - 1 as the
    divisor where its code has ln n alone.
    """
    return float(2 ** ((np.log(total) - np.log(first)) / np.log(units) - 1))


def fitted_slope(units: Any, hours: Any) -> float:
    """Crawford's slope of measured unit hours: least squares on the logarithms.

    ``units`` are the numbers of the units measured, ``hours`` what each took. Raises ``ValueError``
    where fewer than two different units, or hours of 0, leave nothing to fit.
    """
    numbers, taken = np.asarray(units, dtype=float), np.asarray(hours, dtype=float)
    if numbers.shape != taken.shape or len(set(numbers.tolist())) < 2:  # noqa: PLR2004  a line
        raise ValueError("a slope needs hours of at least two different units, one for each unit")
    if (numbers <= 0).any() or (taken <= 0).any():
        raise ValueError("units are numbered from 1 and each takes more than 0 hours")
    return float(2 ** np.polyfit(np.log(numbers), np.log(taken), 1)[0])


def _powers(last: Any, b: Any, shift: int = SHIFT) -> Any:
    """1^b + 2^b + ... + n^b but for a constant, smooth between whole n.

    Source: Euler-Maclaurin summation after ``shift`` terms; the constant cancels in a difference.
    """
    last = np.asarray(last, dtype=float)
    x = last + shift
    total = _integral(x, b) + x**b * (
        0.5
        + b / (12 * x)
        - b * (b - 1) * (b - 2) / (720 * x**3)
        + b * (b - 1) * (b - 2) * (b - 3) * (b - 4) / (30_240 * x**5)
    )
    for term in range(1, shift + 1):
        total = total - (last + term) ** b
    return total


def _integral(x: Any, b: Any) -> Any:
    """The integral of x^b from 1, also where b is -1, at which each doubling halves the hours."""
    grows = np.asarray(1 + b)
    power = np.where(grows == 0, 1, grows)
    return np.where(grows == 0, np.log(x), np.expm1(grows * np.log(x)) / power)


class Learning(Declared):
    """With each doubling of the units done a unit takes {slope} of its hours ({model}), from
    {units_before} units of experience on.

    Hours a unit are those of the contract's first one, unit m = ``units_before`` + 1 of the team.
    Formula: Crawford y_n = y_m (n / m)^b; Wright in proportion to n^(1 + b) - (n - 1)^(1 + b); b =
    ln(slope) / ln 2. A month takes the exact average over the units that come in for people.
    Source: AFIT-R/learningCurve.
    """

    slope: UncertainSlope
    """Hours after a doubling over hours before it; 0.85 means that each takes 85 %."""
    units_before: Units
    """Units of this kind that the team had done before the contract; they still count."""
    model: Literal["crawford", "wright"] = "crawford"
    """Whether the slope is of a unit's hours, or of the cumulative average's."""
    plateau: Annotated[int, Field(ge=1)] | None = None
    """Number of the unit, earlier ones counted, from which on none gets faster; none for no end."""

    @model_validator(mode="after")
    def _still_learns(self) -> Learning:
        if self.plateau is not None and self.plateau <= self.units_before:
            raise ValueError(
                f"plateau ({self.plateau}) must be above units_before ({self.units_before:g}): "
                "a team that is past it learns nothing, so leave learning out"
            )
        return self

    def factor(self, draws: Draws, before: Any, units: Any) -> Array:
        """Mean hours of ``units`` more after ``before`` of this contract, over the first one's.

        In the shape of both, at least (1, paths or 1); where there are none, the next unit's.
        """
        slope = draws.value(self.slope, "delivery.effort.learning.slope")
        done = np.asarray(self.units_before + before, dtype=float)
        few = np.asarray(units) < SOME
        spread = self._total(done + units, slope) - self._total(done, slope)
        each = spread / np.where(few, 1, units)
        return np.where(few, self._unit(done + 1, slope), each) / self._unit(self._first, slope)

    def by_month(self, draws: Draws, units: Array) -> Array:
        """The factor on the hours of each month's units, (months, paths or 1)."""
        return self.factor(draws, np.cumsum(units, axis=0) - units, units)

    def by_unit(self, draws: Draws, count: int) -> Array:
        """The factor on the hours of each of so many units, (count, paths or 1)."""
        slope = draws.value(self.slope, "delivery.effort.learning.slope")
        number = self._first + np.arange(count)[:, None]
        return np.asarray(self._unit(number, slope) / self._unit(self._first, slope))

    @property
    def _first(self) -> float:
        return self.units_before + 1

    def _unit(self, number: Any, slope: Any) -> Any:
        """Hours of a unit by its number, over those of the first of all."""
        if self.plateau is not None:
            number = np.minimum(number, self.plateau)
        made = crawford_unit if self.model == "crawford" else wright_unit
        return made(1, number, slope)

    def _total(self, last: Any, slope: Any) -> Any:
        """Hours of all units up to this number but for a constant, over those of the first."""
        learned = last if self.plateau is None else np.minimum(last, self.plateau)
        b = exponent(slope)
        if self.model == "wright":
            total = learned ** (1 + b)
        else:
            total = _powers(learned, b, 0 if self.units_before >= SHIFT else SHIFT)
        if self.plateau is None:
            return total
        return total + (last - learned) * self._unit(self.plateau, slope)


SOME = 1e-6
"""Fewer units than this in a month are none: there is nothing to average over."""
