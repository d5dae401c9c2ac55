"""Sobol points: the normals of every stream from one scrambled low-discrepancy sequence."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from scenarios.engine.streams import BLOCK, BlockDraws, generator
from scenarios.engine.worlds import build
from scenarios.scenario import Scenario
from scenarios.uncertain import Array, Distribution, NoDraws

MOST_DIMENSIONS = 2_000
"""Dimensions that a sequence has at most: 80 MB of points a block. scipy goes to 21,201, 850 MB."""
BITS = 30
"""Binary places of a point, scipy's own default: 2^30 points, more than a run has paths."""


@dataclass(frozen=True, eq=False)
class Sobol:
    """The draws of a scenario's blocks, each stream a row of dimensions of one sequence.

    A block takes the points from ``block * BLOCK`` on, so that it can be made alone and in any
    order. Streams without a place here, and their rows beyond it, are drawn at random.
    Source: ``scipy.stats.qmc.Sobol``, with the direction numbers of Joe and Kuo (2008), scrambled
    by a random linear matrix and a digital shift (Matousek 1998).
    """

    places: Mapping[str, slice]
    """The dimensions of each stream, by its name."""
    dimensions: int

    @classmethod
    def of(cls, scenario: Scenario) -> Sobol:
        """The sequence of this scenario.

        Numbers drawn once a path come first, where points are best, then what is drawn each month;
        both by name, so that the order of a file changes nothing. A stream for which there is no
        room is left out, to be drawn at random.
        """
        noted = _Noting()
        build(scenario, noted)
        places: dict[str, slice] = {}
        used = 0
        for key, rows in sorted(noted.rows.items(), key=lambda asked: (asked[1] > 1, asked[0])):
            if used + rows <= MOST_DIMENSIONS:
                places[key] = slice(used, used + rows)
                used += rows
        return cls(places, used)

    def __call__(self, seed: int, block: int) -> SobolDraws:
        """The draws of a block of paths."""
        return SobolDraws(self, seed, block)


class SobolDraws(BlockDraws):
    """The draws of one block of paths, from Sobol points where a stream has dimensions."""

    def __init__(self, sobol: Sobol, seed: int, block: int) -> None:
        super().__init__(seed, block)
        self._places = sobol.places
        self._points = _points(seed, sobol.dimensions, block) if sobol.dimensions else None

    def normals(self, key: str, rows: int, out: Array | None = None) -> Array:
        """Standard normals, (rows, BLOCK), the same for the same sequence, seed and block.

        Rows that follow those with a dimension, as in a world of more months, are random.
        """
        place = self._places.get(key)
        if self._points is None or place is None:
            return super().normals(key, rows, out)
        from scipy.special import ndtri  # noqa: PLC0415  scipy loads only where it is needed

        points = self._points[:, place][:, :rows].T
        if len(points) < rows:
            out = super().normals(key, rows, out)
        elif out is None:
            out = np.empty((rows, BLOCK))
        ndtri(points, out=out[: len(points)])
        return out


class _Noting(NoDraws):
    """Draws that note which streams a world asks for, and how many rows of each."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}

    def normals(self, key: str, rows: int, out: Array | None = None) -> Array:
        self.rows[key] = max(rows, self.rows.get(key, 0))
        return super().normals(key, rows, out)

    def value(self, number: float | Distribution, key: str) -> Any:
        if isinstance(number, Distribution):
            self.rows[key] = max(1, self.rows.get(key, 0))
        return super().value(number, key)


_HERE = threading.local()
"""Each thread's last block: of which sequence, its engine, which stands where the block ends, the
block's number, and its points, because several worlds are made of one block.
"""


def _points(seed: int, dimensions: int, block: int) -> Array:
    """Points of the block, (BLOCK, dimensions), strictly between 0 and 1."""
    sequence, engine, last, points = _HERE.__dict__.pop("kept", (None, None, -1, None))
    if sequence != (seed, dimensions):
        from scipy.stats import qmc  # noqa: PLC0415  scipy loads only where it is needed

        engine, last = qmc.Sobol(dimensions, bits=BITS, rng=generator(seed, "sobol")), -1
    if last != block:
        points = _drawn(engine, block * BLOCK)
    _HERE.kept = (seed, dimensions), engine, block, points  # an interrupted one is lost
    return points


def _drawn(engine: Any, first: int) -> Array:
    """A block's points from this one on."""
    if engine.num_generated > first:
        engine.reset()
    if engine.num_generated < first:
        engine.fast_forward(first - engine.num_generated)
    if first:
        points = engine.random(BLOCK)
    else:  # asked for all of them at once, scipy warns that BLOCK is no power of two
        points = np.concatenate([engine.random(1), engine.random(BLOCK - 1)])
    points += 0.5 ** (BITS + 1)  # the middle of its cell: no point is 0, whose normal is infinite
    points.flags.writeable = False
    return points
