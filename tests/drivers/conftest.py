"""What the tests of drivers share: many draws at once, and agreement within sampling error."""

import hashlib

import numpy as np
import pytest

from scenarios.uncertain import Distribution


class ManyDraws:
    """Draws of 40,000 paths in one go, a stream of its own for each key."""

    paths = 40_000

    def normals(self, key, rows, out=None):
        """Standard normals, (rows, paths), the same for the same key."""
        seed = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little")
        out = np.empty((rows, self.paths)) if out is None else out
        return np.random.default_rng(seed).standard_normal(out=out)

    def value(self, number, key):
        """The number, or one draw of it a path, (1, paths)."""
        certain = not isinstance(number, Distribution)
        return number if certain else number.value_at(self.normals(key, 1))


class Agree:
    """Assertions that a sample agrees with a closed form within five standard errors."""

    def mean(self, values, expected):
        """The mean of independent values."""
        assert abs(values.mean() - expected) < 5 * values.std() / len(values) ** 0.5

    def variance(self, values, expected):
        """The variance of independent values."""
        squares = (values - values.mean()) ** 2
        assert abs(squares.mean() - expected) < 5 * squares.std() / len(values) ** 0.5

    def correlation(self, one, other, expected):
        """The correlation of independent pairs, on Fisher's scale."""
        found = float(np.corrcoef(one, other)[0, 1])
        assert abs(np.arctanh(found) - np.arctanh(expected)) < 5 / (len(one) - 3) ** 0.5


@pytest.fixture
def draws():
    """Many draws, the same in every test."""
    return ManyDraws()


@pytest.fixture
def agree():
    """Agreement within sampling error."""
    return Agree()
