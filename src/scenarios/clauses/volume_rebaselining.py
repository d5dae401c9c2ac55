"""A baseline volume that follows the volume once that has lastingly left it."""

from __future__ import annotations

import numpy as np

from scenarios.clauses.misses import last_months
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

        ``units`` and ``baseline``, as agreed, are totals of the period of ``every`` months so far
        [units]; the baseline is alike on all paths, (months, 1). What it was changed to before
        cancels out: it is what the volume then was, as a share of what was agreed.
        """
        closes = slice(every - 1, None, every)
        volume, agreed = units[closes], baseline[closes]
        asked = last_months(agreed, self.periods)
        follows = last_months(volume, self.periods) / divisor(asked)
        room = self.beyond + (0 if agreed.dtype == object else ON_TARGET)
        high, low = agreed * (1 + room), agreed * (1 - room)
        factor = np.ones_like(np.broadcast_arrays(units, baseline)[0], order="C")
        now = factor[0]
        above, below = np.zeros((2, self.periods, *now.shape), bool)
        for period, close in enumerate(range(every - 1, len(units), every)):
            _note(above, volume[period] > high[period] * now)
            _note(below, volume[period] < low[period] * now)
            due = above[-1] | below[-1]
            if asked[period, 0] and due.any():
                now = chosen(due, follows[period], now)
                above &= ~due
                below &= ~due
            factor[close + 1 : close + 1 + every] = now
        return factor


def _note(row: Array, holds: Array) -> None:
    """Note in place where something holds once, twice ... in a row, (times, paths)."""
    row[1:] = row[:-1] & holds
    row[0] = holds
