"""A series as a person gives it: its numbers, by period, in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from scenarios.calibrate.fitted import Every, every_of
from scenarios.calibrate.labels import with_periods
from scenarios.calibrate.measured import Measured, within
from scenarios.calibrate.scales import Kind
from scenarios.errors import Problem, ScenarioError
from scenarios.uncertain import Array

Values = pd.Series | Sequence[Any] | Array
_ROUNDING = 1e-9
"""Distance from 1 that is nothing but rounding."""


def given(
    series: Values, kind: Kind, of: Values | None, every: Every | None
) -> tuple[Measured, Every]:
    """The series by period in order, the units it rests on beside it, and what its periods are.

    Raises ``ScenarioError`` for a rate above 1, and for units of other periods.
    """
    seen = numbers(series, "the series of a KPI")
    plain, seen = seen, with_periods(seen)
    every = every or every_of(seen.index)
    if kind == "rate":
        seen = seen.mask((seen - 1).abs() <= _ROUNDING, 1.0)
        if (seen > 1).any():
            raise ScenarioError(
                Problem(
                    "a rate is a share: divide percentages by 100",
                    given=f"{seen.max():g}",
                    allowed="0 to 1",
                )
            )
    regular = by_period(seen, every)
    if of is not None:
        units = numbers(of, "the units that a rate rests on")
        told = f"{len(units):,} numbers of units for {len(plain):,} values"
        if len(units) == len(plain):
            # Units with labels of their own go by these; others stand beside the values as given.
            own = not isinstance(units.index, pd.RangeIndex)
            units = by_period(with_periods(units if own else units.set_axis(plain.index)), every)
            told = "units of other periods"
        if not units.index.equals(regular.index):
            same = "one number of units for each value, in the same periods"
            raise ScenarioError(
                Problem("a rate and its units do not fit together", given=told, allowed=same)
            )
        of = units
    return Measured("the KPI", kind, within(kind, regular), of), every


def numbers(values: Values, what: str) -> pd.Series:
    """Values as finite numbers or NaN; a list's and an array's are numbered.

    Raises ``ScenarioError`` for anything else, in words about ``what`` was given.
    """
    listed = isinstance(values, (pd.Series, list, tuple)) or np.ndim(values) == 1
    if isinstance(values, (str, bytes, pd.DataFrame)) or not listed:
        one = "a pandas Series by month or week, or a list of one number a period"
        raise ScenarioError(
            Problem(f"{what} must be a series", given=f"a {type(values).__name__}", allowed=one)
        )
    try:
        series = values if isinstance(values, pd.Series) else pd.Series(list(values), dtype=object)
        told = f"values of type {series.dtype}"
        found = None if series.dtype.kind in "mMc" else pd.to_numeric(series).astype(float)
    except (ValueError, TypeError) as error:
        found, told = None, str(error)
    if found is not None and np.isinf(found).any():
        found, told = None, "an infinite value"
    if found is None:
        one = "finite numbers; leave a period empty (NaN) where nothing was measured"
        raise ScenarioError(Problem(f"{what} must hold numbers", given=told, allowed=one))
    return found


def by_period(series: pd.Series, every: str) -> pd.Series:
    """The series by period in order, NaN where one is missing; as it is where it has no dates.

    Raises ``ScenarioError`` where its periods repeat or are not months or weeks, whichever
    ``every`` says.
    """
    index = series.index
    if isinstance(index, pd.DatetimeIndex):
        index = index.tz_localize(None).to_period("W" if every == "week" else "M")
    if not isinstance(index, pd.PeriodIndex) or not len(index):
        return series
    allowed = f"one value a {every}, each {every} once: sum or average others by {every} first"
    if every == "month":
        allowed += "; dates that are weeks need every='week'"
    if index.hasnans or not index.freqstr.startswith("W-" if every == "week" else "M"):
        told = (
            "periods without a date" if index.hasnans else f"periods of frequency {index.freqstr}"
        )
        raise ScenarioError(Problem(f"periods must be {every}s", given=told, allowed=allowed))
    if index.has_duplicates:
        again = f"{index[index.duplicated()][0]} more than once"
        raise ScenarioError(Problem(f"a {every} has one value", given=again, allowed=allowed))
    whole = pd.period_range(index.min(), index.max(), freq=index.freq)
    apart = np.diff(np.sort(index.asi8))
    if every == "month" and len(apart) and apart.min() >= 3:  # noqa: PLR2004  months of a quarter
        told = f"values {apart.min()} months apart"
        raise ScenarioError(Problem("periods must be months", given=told, allowed=allowed))
    return series.set_axis(index).reindex(whole)
