import numpy as np
import pytest
from pydantic import ValidationError
from scipy.stats import kstest, norm

from scenarios.drivers import Delivery, Workforce

HOURS = np.full((12, 1), 150.0)
SERIES = {"hours": HOURS, "hours.agent": HOURS, "completed": HOURS * 2, "activity": HOURS / 150}


def desk(role=None, **fields):
    """Two people of 100 hours, who work 150 of 200 hours in each of 12 months."""
    agent = {"people": 2, "hours": 100, "cost": 10} | (role or {})
    return Delivery(roles={"agent": agent}, hours_per_unit=0.5, **fields)


def test_paid_worked_and_handling_hours_are_three_things(draws):
    """Of 150 hours worked 120 go into units; a quarter of what is paid is not worked: 200 are."""
    made = Workforce(occupancy=0.8, shrinkage=0.25).kinds(draws, SERIES)
    assert set(made) == {"paid.agent", "handling.agent", "subcontracted.agent"}
    np.testing.assert_allclose(made["paid.agent"], 200)
    np.testing.assert_allclose(made["handling.agent"], 120)
    np.testing.assert_array_equal(made["subcontracted.agent"], 0)


def test_only_own_people_are_paid(draws):
    """A fifth is worked by subcontractors: 120 own hours, 160 of them paid."""
    made = Workforce(shrinkage=0.25, subcontracted=0.2).kinds(draws, SERIES)
    np.testing.assert_allclose(made["paid.agent"], 160)
    np.testing.assert_allclose(made["subcontracted.agent"], 30)


def test_uncertain_shrinkage_has_its_marginal(draws):
    """What is worked of an hour paid is 1 less the share declared, as it is distributed."""
    made = Workforce(shrinkage={"mean": 0.3, "sd": 0.02}).kinds(draws, SERIES)
    found = 1 - 150 / made["paid.agent"][0]
    assert kstest(found, norm(0.3, 0.02).cdf).pvalue > 1e-4


def test_a_cost_of_a_paid_hour_is_more_of_an_hour_worked(draws):
    """10 for each paid hour are 12.50 for each worked one where a fifth is not worked."""
    shrinks = {"shrinkage": 0.2}
    assert desk(workforce=shrinks).hourly_cost(draws) == 10
    paid = desk(workforce={**shrinks, "cost_basis": "paid hour"})
    assert paid.hourly_cost(draws) == pytest.approx(12.5)


def test_seniority_moves_the_cost_of_an_hour(draws):
    """Half the hours at 1.4 times the cost: 12 instead of 10."""
    levels = {
        "senior": {"share": 0.5, "speed": 1.5, "cost": 1.4},
        "usual": {"share": 0.5, "speed": 1, "cost": 1},
    }
    assert desk(effort={"seniority": levels}).hourly_cost(draws) == pytest.approx(12)


def test_subcontractors_cost_their_premium(draws):
    """A quarter of 1,000 bought at 20 % more: 750 stay, 300 are paid out."""
    own, bought = Workforce(subcontracted=0.25, premium=0.2).bought(np.full((1, 1), 1e3), draws)
    assert (own.item(), bought.item()) == pytest.approx((750, 300))


def test_every_leaver_is_replaced_at_a_cost(draws, agree):
    """1.5 people at work, 40 % leave a year: 0.05 a month at 9,000 each."""
    given = desk({"leavers": 0.4}, workforce={"replacement_cost": 9_000})
    made = given.beside(draws, SERIES)
    np.testing.assert_array_equal(made["cost.staffing"], made["leavers.agent"] * 9_000)
    agree.mean(made["cost.staffing"][3], 450)
    assert "cost.staffing" not in desk(workforce={"replacement_cost": 9_000}).beside(draws, SERIES)


def test_more_than_all_may_leave_in_a_year(draws, agree):
    """Additive: 120 % a year are a tenth a month."""
    made = desk({"leavers": 1.2}).beside(draws, SERIES)
    agree.mean(made["leavers.agent"][0], 0.15)


@pytest.mark.parametrize(
    ("leavers", "workforce"),
    [
        (None, {"starting_productivity": 0.5, "vacancy": 1}),
        (0.4, {"ramp": 9, "replacement_cost": 500}),
        (0.4, None),
    ],
)
def test_a_team_that_loses_nothing_is_left_alone(draws, leavers, workforce):
    """Nobody leaves, or newcomers are as good as others: no month differs, nothing is drawn."""
    given = desk({"leavers": leavers}, team="fixed", workforce=workforce)
    staff = given.staffing(draws, 12)
    assert (staff.present, staff.productivity, staff.leavers) == (1, 1, {})


def test_a_flexible_team_has_no_vacancies():
    """It works as many hours as are needed: an empty seat would mean nothing."""
    with pytest.raises(ValidationError, match=r"take workforce\.vacancy out, or write team: fixed"):
        desk(workforce={"vacancy": 1})
