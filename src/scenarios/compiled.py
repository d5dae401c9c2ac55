"""Limits in one compiled pass, where the optional extra ``fast`` is installed: the same bits."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


@numba.njit(nogil=True, cache=True)
def _excess(amounts: Array, limit: float, every: int, change: Array) -> None:  # pragma: no cover
    total = np.zeros(amounts.shape[1])
    before = np.zeros(amounts.shape[1])
    for month in range(amounts.shape[0]):
        if month % every == 0:
            total[:] = 0
            before[:] = 0
        for path in range(amounts.shape[1]):
            total[path] += amounts[month, path]
            beyond = total[path] - limit
            if beyond <= 0:
                beyond = 0.0
            change[month, path] = before[path] - beyond
            before[path] = beyond


def over_the_limit(amounts: Array, limit: float, every: int | None) -> Array:
    """What ``term.over_the_limit`` gives for amounts in floats and a limit that is one number."""
    change = np.empty_like(amounts)
    _excess(amounts, float(limit), every or max(len(amounts), 1), change)
    return change
