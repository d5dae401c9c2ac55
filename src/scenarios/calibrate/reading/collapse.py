"""A last count far below all others: cut off, where nothing else can tell."""

from __future__ import annotations

import numpy as np

from scenarios.world import Array

BEYOND_LUCK = 16.0
"""Units from which none at all is no luck: a Poisson count is 0 with chance exp(-16). Assumption.
"""


def collapse(counts: Array) -> str:
    """Why the last of some counts is taken for cut off, or "".

    It must be less than half of the six before it, beyond chance, and a deeper fall than any
    within: what happens within may happen at the end.
    """
    if len(counts) < 4:  # noqa: PLR2004  nothing to compare with
        return ""
    falls = [_fall(counts[: n + 1]) for n in range(3, len(counts))]
    usual = float(np.median(counts[-7:-1]))
    beyond = usual - counts[-1] > 4 * np.sqrt(max(usual, 1.0))
    if beyond and falls[-1] < 0.5 and falls[-1] < min(falls[:-1], default=1.0):  # noqa: PLR2004  half
        return f"{counts[-1]:,.0f} after {usual:,.0f}, a fall as nowhere within the file"
    return ""


def ends_in_zeros(counts: Array) -> int:
    """How many zeros the counts end with that are no luck: months filled ahead, not seen.

    None where all are zero, or where the median of the others makes that many zeros likely.
    """
    seen = np.flatnonzero(counts != 0)
    if not len(seen):
        return 0
    zeros = int(len(counts) - 1 - seen[-1])
    return zeros if zeros * float(np.median(counts[seen])) > BEYOND_LUCK else 0


def zeros_within(counts: Array) -> Array:
    """Which counts are zeros that are no luck: the counts on either side are large, (counts,)."""
    seen = counts > 0
    usual = float(np.median(counts[seen])) if seen.any() else 0.0
    return np.asarray((counts == 0) & (usual > BEYOND_LUCK) & (seen.mean() > 0.5))  # noqa: PLR2004  most


def _fall(counts: Array) -> float:
    """The last count as a share of the median of the six before it."""
    usual = float(np.median(counts[-7:-1]))
    return float(counts[-1]) / usual if usual > 0 else 1.0


def begins_low(counts: Array) -> str:
    """Why the first of some counts is taken for cut off, or ""; one that begins a rise is not."""
    if len(counts) > 3 and counts[0] < counts[1] < counts[2]:  # noqa: PLR2004  three make a rise
        return ""
    return collapse(counts[::-1])
