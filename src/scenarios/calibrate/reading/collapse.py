"""A last count far below all others: cut off, where nothing else can tell."""

from __future__ import annotations

import numpy as np

from scenarios.world import Array


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


def _fall(counts: Array) -> float:
    """The last count as a share of the median of the six before it."""
    usual = float(np.median(counts[-7:-1]))
    return float(counts[-1]) / usual if usual > 0 else 1.0


def begins_low(counts: Array) -> str:
    """Why the first of some counts is taken for cut off, or ""; one that begins a rise is not."""
    if len(counts) > 3 and counts[0] < counts[1] < counts[2]:  # noqa: PLR2004  three make a rise
        return ""
    return collapse(counts[::-1])
