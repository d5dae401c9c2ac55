import numpy as np
import pytest

from scenarios.drivers import Delivery, Role
from scenarios.drivers.delivery import worked_off

TEAM = Delivery(
    roles={
        "lead": {"people": 1, "hours": 150, "cost": 45},
        "engineer": {"people": 4, "hours": 150, "cost": {"mean": 34, "sd": 3}},
    }
)


def test_capacity_and_shares_follow_headcount():
    """Five people of 150 hours have 750 hours; the lead works a fifth of them."""
    assert TEAM.capacity == 750
    assert [TEAM.share("lead"), TEAM.share("engineer")] == [0.2, 0.8]


def test_an_average_hour_costs_the_mix(draws, agree):
    """The cost of an hour is the roles' costs by their share of the hours."""
    cost = TEAM.hourly_cost(draws)
    agree.mean(cost[0], 0.2 * 45 + 0.8 * 34)
    agree.variance(cost[0], (0.8 * 3) ** 2)


def test_what_does_not_fit_waits():
    """A peak of 250 hours under 100 a month takes until the month after next."""
    needed = np.array([[250.0], [40.0], [0.0], [30.0]])
    worked, waiting = worked_off(needed, np.ones((4, 1)), 100)
    np.testing.assert_array_equal(worked[:, 0], [100, 100, 90, 30])
    np.testing.assert_array_equal(waiting[:, 0], [150, 90, 0, 0])


@pytest.mark.parametrize("capacity", [0, 90, 1_000])
def test_hours_are_conserved(capacity):
    """In every month, hours needed so far are hours worked so far plus hours waiting."""
    needed = np.random.default_rng(3).gamma(4, 25, (36, 500))
    worked, waiting = worked_off(needed, np.ones((36, 1)), capacity)
    np.testing.assert_allclose(worked.cumsum(axis=0) + waiting, needed.cumsum(axis=0), rtol=1e-10)
    assert (worked <= capacity).all()
    assert (waiting >= 0).all()
    assert (waiting[worked < capacity] == 0).all()


def test_a_unit_that_waits_takes_what_it_takes_when_it_is_done():
    """Harder work later: ten units of 10 hours wait a month in which a unit takes 20."""
    worked, waiting = worked_off(
        np.array([[20.0], [0.0], [0.0]]), np.array([[10], [20], [20]]), 100
    )
    np.testing.assert_array_equal(worked[:, 0], [100, 100, 100])
    np.testing.assert_array_equal(waiting[:, 0], [10, 5, 0])


@pytest.mark.parametrize("name", ["unit", "base", "tier 2"])
def test_a_role_cannot_be_called_like_a_price(name):
    """A rate that shares its name with a unit price would be charged on the wrong quantity."""
    with pytest.raises(ValueError, match=f"cannot be called {name}"):
        Delivery(roles={name: Role(people=1, hours=100, cost=10)}, hours_per_unit=1)
