"""What two parties can reach together: options one by one, or with lotteries between them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def undominated(gains: Array) -> Array:
    """The places of the options than which none is better for one and as good for the other.

    Ordered by what the second party gains, the least first: (options, 2) -> places. Of options that
    are alike the first stays.
    """
    order = np.lexsort((np.arange(len(gains)), -gains[:, 1], -gains[:, 0]))
    best = np.maximum.accumulate(gains[order, 1])
    new = np.concatenate([[True], best[1:] > best[:-1]])
    return order[new]


def with_lotteries(gains: Array) -> Array:
    """The places of the undominated options that no lottery between two others outdoes."""
    kept: list[int] = []
    for place in undominated(gains):
        while len(kept) > 1 and _turns(gains[kept[-2]], gains[kept[-1]], gains[place]) <= 0:
            kept.pop()
        kept.append(int(place))
    return np.array(kept)


def _turns(one: Array, two: Array, three: Array) -> float:
    """Above 0 where the way from the first over the second to the third turns left."""
    ahead, further = two - one, three - two
    return float(ahead[0] * further[1] - ahead[1] * further[0])


def both_gain(corners: Array) -> Array:
    """The part of a frontier on which neither party loses: corners and the edge's own, (n, 2).

    Corners stand in the order of ``undominated``; none are left where one party always loses.
    """
    for column, way in ((1, 1), (0, -1)):
        corners = _not_below_zero(corners[::way], column)[::way]
    return corners


def _not_below_zero(corners: Array, column: int) -> Array:
    """The corners from where a rising column is 0, that point first."""
    values = corners[:, column]
    first = int(np.searchsorted(values, 0))
    if first == len(values):
        return corners[:0]
    if first == 0 or values[first] == 0:
        return corners[first:]
    share = -values[first - 1] / (values[first] - values[first - 1])
    point = corners[first - 1] + share * (corners[first] - corners[first - 1])
    point[column] = 0
    return np.concatenate([point[None], corners[first:]])
