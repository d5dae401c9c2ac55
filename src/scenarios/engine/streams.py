"""Random streams: one for each (seed, driver name, block), so that no draw depends on another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

import numpy as np

from scenarios.uncertain import Array, Distribution

BLOCK = 5000
"""Paths drawn and priced together; a block is always drawn whole.

Not a power of two: months that lie 32 KiB apart in memory push each other out of the cache.
"""


@lru_cache(maxsize=1024)
def _words(key: str) -> tuple[int, int]:
    """A stream's name as two 32-bit words."""
    digest = hashlib.blake2b(key.encode(), digest_size=8).digest()
    return int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:], "little")


def generator(seed: int, key: str, *place: int) -> np.random.Generator:
    """The generator of a stream, the same for the same seed, name and place."""
    sequence = np.random.SeedSequence(seed, spawn_key=(*_words(key), *place))
    return np.random.Generator(np.random.SFC64(sequence))


class BlockDraws:
    """The draws of one block of paths."""

    paths = BLOCK

    def __init__(self, seed: int, block: int) -> None:
        self.seed, self.block = seed, block

    def normals(self, key: str, rows: int, out: Array | None = None) -> Array:
        """Standard normals, (rows, BLOCK), the same for the same seed, key and block."""
        stream = generator(self.seed, key, self.block)
        return _filler()(stream, np.empty((rows, BLOCK)) if out is None else out)

    def value(self, number: float | Distribution, key: str) -> Any:
        """The number, or one draw of its distribution a path, (1, BLOCK)."""
        if isinstance(number, Distribution):
            return number.value_at(self.normals(key, 1))
        return number


@cache
def _filler() -> Callable[[np.random.Generator, Array], Array]:
    """The compiled loop of the optional extra ``fast``; without it the same bits, slower.

    Looked up where the first paths are drawn: checking a scenario file draws none.
    """
    try:
        from scenarios.engine.fast import fill  # noqa: PLC0415  it loads a compiler
    except ImportError:
        return _fill
    return fill


def _fill(generator: np.random.Generator, out: Array) -> Array:
    return generator.standard_normal(out=out)
