"""A baseline volume that follows the volume once that has lastingly left it."""

from __future__ import annotations

from typing import Any

import numpy as np

from scenarios.declared import Declared
from scenarios.quantities import Price, Share, Span
from scenarios.term import Array
from scenarios.world import ON_TARGET, chosen, divisor


class VolumeRebaselining(Declared):
    """Once the volume has differed from the baseline volume by more than {beyond} on the same side,
    in {periods} periods of comparison in a row, the baseline volume of all months that follow is
    changed in the proportion in which it differed, and the charges for it by {charge_per_unit} a
    month for each unit of that change.

    Formula: V' = V * sum Q / sum V over those periods; fee + (V' - V_agreed) * c a month.

    Source: additional and reduced charges normalised on change (PacifiCare, lawinsider, arc-rate);
    how it is counted and what it costs is ours, as contracts leave both to be negotiated. A first
    period back within the limit, or on the other side, starts the count again.
    """

    beyond: Share
    """Share of the baseline that the volume must differ by, such as the outermost band's end."""
    periods: Span
    """Periods of comparison in a row after which the baseline follows."""
    charge_per_unit: Price
    """Money a month for each unit by which the baseline changes [money per unit]."""

    def factor(self, units: Array, baseline: Array, every: int) -> Array:
        """What is left of the agreed baseline volume in each month, (months, paths) [factor].

        ``units`` and ``baseline`` are totals of the period of ``every`` months so far [units].
        """
        factor = np.ones_like(np.broadcast_arrays(units, baseline)[0], order="C")
        now, count = factor[0].copy(), np.zeros(factor[0].shape, np.int16)
        high = low = count > 0
        seen: Any = 0
        asked: Any = 0
        for close in range(every - 1, len(units), every):
            volume, expected = units[close], baseline[close] * now
            above, below = self._sides(volume, expected)
            again = (above & high) | (below & low)
            seen, asked = seen * again + volume, asked * again + expected
            count = count * again + (above | below)
            due = (count >= self.periods) & (asked != 0)
            high, low = above & ~due, below & ~due
            if due.any():
                now = chosen(due, now * seen / divisor(asked), now)
            factor[close + 1 : close + 1 + every] = now
        return factor

    def _sides(self, units: Array, expected: Array) -> tuple[Array, Array]:
        """Where a volume is above its limits, and where below; on a limit it is within."""
        room = expected * (self.beyond + (0 if expected.dtype == object else ON_TARGET))
        return units > expected + room, units < expected - room
