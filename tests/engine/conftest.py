"""Small scenarios for the engine: every number round, nothing uncertain unless a test adds it."""

from typing import Any

import numpy as np
import pytest

import scenarios as sc
from scenarios.resources import resource
from scenarios.scenario import Scenario

SMALL: dict[str, Any] = {
    "name": "Small",
    "currency": "USD",
    "price_basis": {"kind": "real", "base_month": "2026-01"},
    "start": "2026-01",
    "months": 12,
    "parties": {
        "buyer": {"name": "B", "discount_rate": 0.06},
        "provider": {"name": "P", "discount_rate": 0.1},
    },
    "demand": {"volume": {"unit": "ticket", "per_month": 100}},
    "delivery": {
        "hours_per_unit": 1,
        "roles": {"agent": {"people": 1, "hours": 100, "cost": 10}},
    },
    "deals": {"Hourly": {"pricing": {"hourly": {"rate": 20}}}},
}


@pytest.fixture
def small():
    """A small scenario, 100 hours a month at 20, with some sections changed."""

    def make(**sections: Any) -> Scenario:
        return Scenario.model_validate(SMALL | sections)

    return make


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
