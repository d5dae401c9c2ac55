"""Runs that the tests of result tables read, and a small scenario to build others from."""

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
    """The support desk on two blocks of paths."""
    scenario = sc.load(resource("scenarios", "support-desk.yaml"))
    return sc.simulate(scenario, paths=5_500, seed=3)


@pytest.fixture(scope="session")
def team():
    """The software team on two blocks of paths."""
    scenario = sc.load(resource("scenarios", "software-team.yaml"))
    return sc.simulate(scenario, paths=5_200, seed=3)


@pytest.fixture(params=["desk", "team"])
def run(request):
    """Each example's run."""
    return request.getfixturevalue(request.param)
