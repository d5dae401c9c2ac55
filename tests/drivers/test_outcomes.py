import numpy as np
import pytest
from pydantic import ValidationError
from tests.small import small

from scenarios.drivers import KpiWorth, Outcomes
from scenarios.engine.worlds import Worlds, build
from scenarios.uncertain import NoDraws

COMPLETED = np.full((3, 1), 1_000.0)


def test_claimed_less_reopened_and_duplicates_is_verified(draws):
    """Of 1,000 units 950 are claimed; 4 % of those come back or were counted twice."""
    given = Outcomes(claimed=0.95, reopened=0.033, duplicates=0.007)
    claimed, verified = given.count(COMPLETED, {}, draws)
    np.testing.assert_allclose(claimed, 950, rtol=1e-12)
    np.testing.assert_allclose(verified, 912, rtol=1e-12)


def test_by_default_everything_is_claimed_and_verified(draws):
    """What is completed is claimed and verified unless the scenario says otherwise."""
    claimed, verified = Outcomes().count(COMPLETED, {}, draws)
    np.testing.assert_array_equal(claimed, COMPLETED)
    np.testing.assert_array_equal(verified, COMPLETED)


def test_claimed_may_be_a_kpi_as_it_is(draws):
    """The share claimed is the KPI's true value, month by month, not what its meter shows."""
    kpis = {"kpi.resolution": np.array([[0.8], [0.7], [0.9]]), "reported.resolution": COMPLETED}
    claimed, _ = Outcomes(claimed="resolution").count(COMPLETED, kpis, draws)
    np.testing.assert_allclose(claimed[:, 0], [800, 700, 900])


def test_uncertain_shares_are_drawn_independently(draws, agree):
    """The mean of verified units is the product of the means."""
    given = Outcomes(
        claimed={"low": 0.8, "mode": 0.9, "high": 1.0}, reopened={"mean": 0.1, "sd": 0.01}
    )
    claimed, verified = given.count(COMPLETED, {}, draws)
    agree.mean(claimed[0], 900)
    agree.mean(verified[0], 900 * 0.9)
    agree.correlation(claimed[0], verified[0] / claimed[0], 0)


def test_no_more_than_all_is_lost(draws):
    """Verified units are never negative, whatever the uncertain shares."""
    with pytest.raises(ValidationError, match="together must not exceed 1"):
        Outcomes(reopened=0.6, duplicates=0.5)
    given = Outcomes(reopened={"mean": 0.6, "sd": 0.2}, duplicates={"mean": 0.5, "sd": 0.2})
    assert given.count(COMPLETED, {}, draws)[1].min() >= 0


def test_units_are_reopened_months_after_their_claim(draws):
    """Of 1,000 claims a month 63 come back: 32 at once, half as many in each month after."""
    claimed = np.array([[1_000.0], [0], [1_000], [0], [0], [0], [0], [0]])
    made = Outcomes(reopened=0.063, reopening_delay=1).beside(claimed, draws)
    assert list(made) == [f"reopened.{age}" for age in range(6)]
    np.testing.assert_allclose(made["reopened.1"][:, 0], [0, 16, 0, 16, 0, 0, 0, 0])
    whole = sum(made.values())[:, 0]
    np.testing.assert_allclose(whole, [32, 16, 8 + 32, 4 + 16, 2 + 8, 1 + 4, 2, 1])


def test_reopened_later_are_the_same_units_that_are_not_verified(draws):
    """The uncertain share of units that come back is the one by which verified units are fewer."""
    given = Outcomes(reopened={"mean": 0.1, "sd": 0.02}, reopening_delay=0.5)
    claimed = np.vstack([COMPLETED[:1], np.zeros((5, 1))])
    _, verified = given.count(claimed, {}, draws)
    back = sum(given.beside(claimed, draws).values())
    np.testing.assert_allclose(back.sum(axis=0), (claimed - verified).sum(axis=0))


def test_confirmed_is_a_share_of_claimed(draws, agree):
    """Of 1,000 claims 600 are confirmed on average."""
    made = Outcomes(confirmed={"mean": 0.6, "sd": 0.05}).beside(COMPLETED, draws)
    agree.mean(made["confirmed"][0], 600)


def test_an_audit_finds_the_wrong_share_within_its_sample(draws, agree):
    """A sample of 100 finds 2 % on average, a binomial share; auditing all finds just that."""
    found = Outcomes(wrongly_claimed=0.02, audit_sample=100).beside(COMPLETED, draws)["audit.error"]
    agree.mean(found[0], 0.02)
    agree.variance(found[0], 0.02 * 0.98 / 100)
    agree.correlation(found[0], found[1], 0)
    whole = Outcomes(wrongly_claimed=0.02).beside(COMPLETED, draws)["audit.error"]
    np.testing.assert_array_equal(whole, np.full((3, 1), 0.02))


def test_a_sample_of_nothing_is_refused():
    """An audit's size without a share of wrong claims would find nothing."""
    with pytest.raises(ValidationError, match="needs wrongly_claimed"):
        Outcomes(audit_sample=100)


def test_no_series_beside_the_count_unless_declared(draws):
    """Plain outcomes have claimed and verified units only."""
    assert Outcomes(reopened=0.1).beside(COMPLETED, draws) == {}


def test_a_better_kpi_is_worth_its_steps_and_a_worse_one_costs_them():
    """Three tenths above the reference at 500 a tenth; 2 hours too slow at 40 an hour."""
    kpis = {
        "csat": {"kind": "score", "level": 4.7},
        "wait": {"kind": "time", "level": 8.0, "better": "lower"},
    }
    worth = {
        "csat": {"worth": 500, "step": 0.1, "reference": 4.4},
        "wait": {"worth": 40, "step": 1.0, "reference": 6.0},
    }
    world = build(small(kpis=kpis, value={"kpis": worth}), NoDraws())
    np.testing.assert_allclose(world["value"], 3 * 500 - 2 * 40)


def test_a_kpi_may_be_worth_something_for_each_unit_that_comes_in():
    """Two points of conversion on 100 visits at 1.50 a point and visit, beside the units' worth."""
    kpis = {"conversion": {"kind": "rate", "level": 0.05}}
    worth = {"conversion": {"worth": 1.5, "step": 0.01, "reference": 0.03, "per": "a unit"}}
    world = build(small(kpis=kpis, value={"verified_unit": 7.0, "kpis": worth}), NoDraws())
    np.testing.assert_allclose(world["value"], 2 * 1.5 * 100 + 7 * 100)


def test_a_worth_names_a_kpi_that_exists():
    """A misspelt KPI is an error that names the nearest."""
    worth = {"cast": {"worth": 500, "step": 0.1, "reference": 4.4}}
    with pytest.raises(ValidationError, match="did you mean 'csat'"):
        small(kpis={"csat": {"kind": "score", "level": 4.7}}, value={"kpis": worth})


def test_an_uncertain_worth_is_drawn_once_a_path(draws, agree):
    """Each path has one worth; its mean is the declared one."""
    worth = KpiWorth(worth={"mean": 500, "sd": 100}, step=0.1, reference=4.4)
    amount = worth.simulate(
        np.full((2, 1), 4.5), np.ones((2, 1)), draws, "csat", lower_is_better=False
    )
    assert amount.shape == (2, draws.paths)
    agree.mean(amount[0], 500)
    np.testing.assert_array_equal(amount[0], amount[1])


@pytest.mark.parametrize("meter", ["provider", "buyer", None])
def test_an_audit_finds_what_is_inflated_in_proportion(meter):
    """80 true claims and 8 on top, 2 % of the true ones wrong: (8 + 1.6) / 88, whoever counts."""
    told = {"claimed": 0.8, "inflated": 0.1, "wrongly_claimed": 0.02, "measured_by": meter}
    world = build(small(outcomes=told), NoDraws())
    np.testing.assert_allclose(world["claimed"], 88)
    np.testing.assert_allclose(world["audit.error"], (8 + 0.02 * 80) / 88, rtol=1e-12)


def test_an_audit_finds_no_more_than_could_be_inflated():
    """Claims stop at all completed units: of 100, 20 are inflated, though half as many again."""
    world = build(
        small(outcomes={"claimed": 0.8, "inflated": 0.5, "wrongly_claimed": 0}), NoDraws()
    )
    np.testing.assert_allclose(world["audit.error"], 0.2)


def test_a_sample_of_inflated_claims_is_binomial(agree):
    """Of a sample of 50 the share found has the mean and variance of the share there is."""
    told = {"claimed": 0.8, "inflated": 0.1, "wrongly_claimed": 0.02, "audit_sample": 50}
    found = Worlds(small(outcomes=told), seed=3)(0)["audit.error"][4]
    share = (8 + 0.02 * 80) / 88
    agree.mean(found, share)
    agree.variance(found, share * (1 - share) / 50)
