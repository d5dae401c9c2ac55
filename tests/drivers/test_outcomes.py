import numpy as np
import pytest
from pydantic import ValidationError

from scenarios.drivers import Outcomes

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
