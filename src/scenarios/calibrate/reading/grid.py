"""Months and weeks as whole numbers, so that cases are counted without dates."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from scenarios.world import Array

Every = Literal["month", "week"]
_MONDAY = 3
"""1970-01-01 was a Thursday, three days after a Monday."""


def period_of(days: Array, every: Every) -> Array:
    """The number of the month or week (Monday to Sunday) of each day since 1970-01-01."""
    if every == "week":
        return (days + _MONDAY) // 7
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def first_day(period: int, every: Every) -> int:
    """The first day of a period, in days since 1970-01-01."""
    if every == "week":
        return period * 7 - _MONDAY
    return int(np.datetime64(period, "M").astype("datetime64[D]").astype(np.int64))


def index_of(first: int, last: int, every: Every) -> pd.PeriodIndex:
    """The periods from ``first`` to ``last``, both included."""
    start = pd.Timestamp(int(first_day(first, every)), unit="D")
    return pd.period_range(start, periods=last - first + 1, freq="W" if every == "week" else "M")


def label(period: int, every: Every) -> str:
    """A period in words: ``2024-03``, or ``the week of 2024-03-04``."""
    if every == "week":
        return f"the week of {day_label(first_day(period, every))}"
    return str(np.datetime64(period, "M"))


def day_label(day: int) -> str:
    """A day as ISO 8601."""
    return str(np.datetime64(int(day), "D"))


def weekday(days: Array) -> Array:
    """0 for Monday to 6 for Sunday."""
    return (days + _MONDAY) % 7
