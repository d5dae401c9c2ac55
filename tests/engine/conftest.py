"""Small scenarios for the engine: every number round, nothing uncertain unless a test adds it."""

from typing import Any

import numpy as np
import pytest
from tests.small import small

import scenarios as sc
from scenarios.resources import resource


@pytest.fixture(name="small")
def _small():
    """A small scenario, 100 hours a month at 20, with some sections changed."""
    return small


@pytest.fixture(scope="session")
def desk():
    """The support desk example."""
    return sc.load(resource("scenarios", "support-desk.yaml"))


@pytest.fixture(scope="session")
def team():
    """The software team example."""
    return sc.load(resource("scenarios", "software-team.yaml"))


@pytest.fixture
def same_bits():
    """An assertion that two runs, or two arrays, are the same bit for bit."""

    def check(one: Any, other: Any) -> None:
        one, other = (np.ascontiguousarray(getattr(x, "array", x)) for x in (one, other))
        assert one.shape == other.shape
        assert one.tobytes() == other.tobytes()

    return check
