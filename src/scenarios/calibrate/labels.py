"""Labels of a series as its periods: ``2024-01``, ``Jan 2024``, ``2024-W05``, ``2024-03-01``."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from scenarios.calibrate.reading.dateform import date_evidence, settled
from scenarios.calibrate.reading.stamps import ORDERS, Order, Stamp, readings
from scenarios.errors import Problem, ScenarioError

_MONTHS = range(190001, 210013)
"""Whole numbers between these may be a year and a month."""
_WIDEST = 10
"""Places for one number of a row of numbers from which they number something else: assumption."""
_DIGITS = 6
"""Digits of a year and a month; a date without separators has more."""
_ALLOWED = (
    "months such as 2024-01 or Jan 2024, weeks such as 2024-W05, or dates; where the values simply "
    "follow one another give a list: list(series)"
)


def with_periods(series: pd.Series) -> pd.Series:
    """The series by the periods or dates that its labels plainly are, in the order given; numbers
    that count periods are put in order, NaN where one is missing.

    Raises ``ScenarioError`` for labels that cannot be put in order.
    """
    index = series.index
    if isinstance(index, pd.PeriodIndex | pd.DatetimeIndex) or not len(index):
        return series
    if isinstance(index, pd.RangeIndex) and index.step > 0:
        return series if index.step == 1 else _counted(series, index)
    if isinstance(index, pd.MultiIndex):
        raise _refused("labels of several levels", str(index[0]))
    if pd.api.types.is_numeric_dtype(index.dtype):
        return _numbered(series, pd.Index(index))
    if all(isinstance(label, date) for label in index):
        return series.set_axis(pd.DatetimeIndex(index))
    labels = [str(label).strip() for label in index]
    if all(label.isdecimal() and len(label) <= _DIGITS for label in labels):
        return _numbered(series, pd.Index([int(label) for label in labels]))
    return series.set_axis(_written(labels))


def _written(labels: list[str]) -> pd.PeriodIndex | pd.DatetimeIndex:
    """Texts as months, weeks or dates, in any language that exports are read in."""
    read = [readings(label) for label in labels]
    for label, found in zip(labels, read, strict=True):
        if not found:
            raise _refused("a label is no month, week or date: the periods have no order", label)
    order, why = settled(date_evidence(labels))
    stamps = _in_order(read, order) or _by_month(read)
    if stamps is None:
        raise _refused(f"labels can be read in two ways ({why})", labels[0])
    seconds = np.array([stamp.seconds for stamp in stamps])
    days = pd.DatetimeIndex(seconds.astype("datetime64[s]"))
    grains = {stamp.grain for stamp in stamps}
    if grains == {"month"}:
        return days.to_period("M")
    if grains == {"week"}:
        return days.to_period("W")
    if grains & {"month", "week"}:
        raise _refused("labels are of more than one kind", f"{labels[0]}, {labels[-1]}")
    return days


def _in_order(read: list[list[Stamp]], order: Order | None) -> list[Stamp] | None:
    """The reading of each label in this order; none where one has none."""
    found = [next((one for one in each if one.order in (None, order)), None) for each in read]
    return None if None in found else [one for one in found if one is not None]


def _by_month(read: list[list[Stamp]]) -> list[Stamp] | None:
    """The only reading that has each month once, as a series of months must."""
    apart = []
    for order in ORDERS:
        if (stamps := _in_order(read, order)) is not None:
            seconds = np.array([stamp.seconds for stamp in stamps]).astype("datetime64[s]")
            if not pd.DatetimeIndex(seconds).to_period("M").has_duplicates:
                apart.append(stamps)
    return apart[0] if len(apart) == 1 else None


def _numbered(series: pd.Series, index: pd.Index) -> pd.Series:
    """Numbers as a year and a month, 202401, or as what counts the periods."""
    numbers = index.to_numpy(dtype=float)
    if not np.isfinite(numbers).all() or (numbers % 1).any():
        raise _refused("numbers that do not count the periods", str(index[0]))
    whole = pd.Index(numbers.astype(np.int64))
    month = numbers % 100
    if whole.isin(_MONTHS).all() and ((month >= 1) & (month <= 12)).all():  # noqa: PLR2004  months
        return series.set_axis(_written([str(number) for number in whole]))
    return _counted(series, whole)


def _counted(series: pd.Series, index: pd.Index) -> pd.Series:
    """By the numbers of the periods, NaN for one that is missing."""
    if index.has_duplicates:
        again = f"{index[index.duplicated()][0]} more than once"
        raise _refused("a number stands for one period", again)
    first, last = int(index.min()), int(index.max())
    if last - first >= _WIDEST * len(index):
        told = f"{len(index)} numbers from {first} to {last}"
        raise _refused("numbers that do not count the periods", told)
    return series.set_axis(index).reindex(pd.RangeIndex(first, last + 1))


def _refused(told: str, given: str) -> ScenarioError:
    return ScenarioError(Problem(told, given=given, allowed=_ALLOWED))
