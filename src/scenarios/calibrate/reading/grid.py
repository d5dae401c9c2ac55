"""Months and weeks as whole numbers, so that cases are counted without dates."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from scenarios.world import Array

Every = Literal["month", "week"]
_MONDAY = 3
"""1970-01-01 was a Thursday, three days after a Monday."""
_ENDS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
"""The last day of a week that begins on Monday, Tuesday and so on, as pandas calls its weeks."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def period_of(days: Array, every: Every, begins: int = 0) -> Array:
    """The number of the month or week of each day since 1970-01-01.

    Weeks begin on the weekday ``begins``: 0 is Monday, 6 Sunday; so in all of these functions.
    """
    if every == "week":
        return (days + _MONDAY - begins) // 7
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def first_day(period: int, every: Every, begins: int = 0) -> int:
    """The first day of a period, in days since 1970-01-01."""
    if every == "week":
        return period * 7 - _MONDAY + begins
    return int(np.datetime64(period, "M").astype("datetime64[D]").astype(np.int64))


def index_of(first: int, last: int, every: Every, begins: int = 0) -> pd.PeriodIndex:
    """The periods from ``first`` to ``last``, both included."""
    start = pd.Timestamp(int(first_day(first, every, begins)), unit="D")
    freq = f"W-{_ENDS[begins]}" if every == "week" else "M"
    return pd.period_range(start, periods=last - first + 1, freq=freq)


def label(period: int, every: Every, begins: int = 0) -> str:
    """A period in words: ``2024-03``, or ``the week of 2024-03-04``."""
    if every == "week":
        return f"the week of {day_label(first_day(period, every, begins))}"
    return str(np.datetime64(period, "M"))


def day_label(day: int) -> str:
    """A day as ISO 8601."""
    return str(np.datetime64(int(day), "D"))


def weekday(days: Array) -> Array:
    """0 for Monday to 6 for Sunday."""
    return (days + _MONDAY) % 7
