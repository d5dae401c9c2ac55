"""Runs that the tests of result tables read, and a small scenario to build others from."""

from typing import Any

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
    """The support desk on two blocks of paths."""
    scenario = sc.load(resource("scenarios", "support-desk.yaml"))
    return sc.simulate(scenario, paths=2_500, seed=3)


@pytest.fixture(scope="session")
def team():
    """The software team on two blocks of paths."""
    scenario = sc.load(resource("scenarios", "software-team.yaml"))
    return sc.simulate(scenario, paths=2_100, seed=3)


@pytest.fixture(params=["desk", "team"])
def run(request):
    """Each example's run."""
    return request.getfixturevalue(request.param)
