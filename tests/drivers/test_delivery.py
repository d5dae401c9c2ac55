import numpy as np
import pytest

from scenarios.drivers import Delivery, Role
from scenarios.drivers.queue import worked_off

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


def desk(role=None, **fields):
    """Two people of 100 hours, who work 150 of 200 hours in each of 12 months on 300 units."""
    agent = {"people": 2, "hours": 100, "cost": 10} | (role or {})
    return Delivery(roles={"agent": agent}, hours_per_unit=0.5, **fields)


HOURS = np.full((12, 1), 150.0)
SERIES = {"hours.agent": HOURS, "completed": HOURS * 2, "activity": np.ones((12, 1))}


def test_nothing_is_made_beside_the_work_unless_declared(draws):
    """A plain team has no overtime, materials, leavers or repairs."""
    assert desk().beside(draws, SERIES) == {}


def test_overtime_is_a_share_of_each_roles_hours(draws, agree):
    """A tenth of 150 hours, on average, where the share is uncertain about a tenth."""
    made = desk(overtime={"mean": 0.1, "sd": 0.02}).beside(draws, SERIES)
    agree.mean(made["overtime.agent"][0], 15)


def test_materials_are_money_a_month_in_which_the_team_works(draws):
    """In half a month of work the outlay is half."""
    works = {**SERIES, "activity": np.array([[1.0], [0.5], [0.0]])}
    made = desk(materials=800).beside(draws, works)
    np.testing.assert_array_equal(made["cost.materials"][:, 0], [800, 400, 0])


def test_leavers_are_a_yearly_share_of_those_at_work(draws, agree):
    """Of 1.5 people at work 40 % a year leave: 0.05 a month, whole people, independent months."""
    leavers = desk({"leavers": 0.4}).beside(draws, SERIES)["leavers.agent"]
    agree.mean(leavers[0], 0.05)
    agree.variance(leavers[0], 0.05)
    agree.mean(leavers.sum(axis=0), 0.6)
    agree.correlation(leavers[0], leavers[1], 0)


def test_leavers_of_a_role_without_hours_are_refused():
    """There are no people at work of whom a share could leave."""
    with pytest.raises(ValueError, match="this role needs hours"):
        desk({"leavers": 0.4, "hours": 0})


def test_repair_comes_later_and_comes_whole(draws):
    """300 units take 3 hours of repair: at a mean delay of a month 32/63 of it at once."""
    made = desk(repair=0.01).beside(draws, SERIES)
    np.testing.assert_allclose(made["repair.0"], 3 * 32 / 63)
    np.testing.assert_allclose(made["repair.2"][:, 0], [0, 0, *[3 * 8 / 63] * 10])
    whole = sum(made[f"repair.{age}"] for age in range(6))
    np.testing.assert_allclose(whole[5:], 3)
