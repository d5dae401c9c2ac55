"""Counts by day, and the range of periods that is kept of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from scenarios.calibrate.reading.grid import Every
from scenarios.world import Array

OPTION = 'edges="keep"'
"""The keyword that keeps what is left out at either end."""


@dataclass(frozen=True)
class Days:
    """What came in on each day, from the first day on."""

    first: int
    """Days since 1970-01-01."""
    counts: Array
    """(days,)"""

    @classmethod
    def of(cls, days: Array, weights: Array | None = None) -> Days:
        """The counts of given days; each weighs 1 where nothing else is said."""
        first = int(days.min())
        return cls(first, np.bincount(days - first, weights))

    def between(self, first: int, last: int) -> Array:
        """The counts from one day to another, both included; 0 where there are none."""
        low, high = first - self.first, last - self.first + 1
        inside = self.counts[max(low, 0) : max(high, 0)]
        after = max(0, high - max(low, len(self.counts)))
        return np.concatenate([np.zeros(max(0, min(-low, high - low))), inside, np.zeros(after)])

    @property
    def last(self) -> int:
        """The last day with a count."""
        return self.first + len(self.counts) - 1


@dataclass
class Range:
    """The periods that are kept, both ends included, and how they were found."""

    first: int
    last: int
    every: Every
    begins: int = 0
    """The weekday on which weeks begin, 0 for Monday."""

    def __len__(self) -> int:
        return max(0, self.last - self.first + 1)
