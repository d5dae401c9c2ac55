import math

import numpy as np
import pytest

from scenarios.drivers import Backlog
from scenarios.drivers.backlog import accepted

KITCHENHAM = {"median": 1.0, "log_sd": 0.355}


def backlog(**fields):
    """Twenty-four increments of 900 hours."""
    return Backlog(**{"unit": "increment", "units": 24, "hours_per_unit": 900} | fields)


def test_without_overrun_effort_is_the_estimate(draws):
    """Twenty-four increments take 24 times 900 hours, on the one path there is."""
    effort = backlog().effort(draws)
    assert effort.shape == (24, 1)
    np.testing.assert_array_equal(effort[:, 0], 900.0 * np.arange(1, 25))


def test_the_mean_overrun_is_the_lognormal_mean(draws, agree):
    """A median of 1 with log sd 0.355 overruns by 6.5 % on average: exp(0.355 ** 2 / 2)."""
    mean = math.exp(0.355**2 / 2)
    assert mean == pytest.approx(1.065, abs=5e-4)
    effort = backlog(overrun=KITCHENHAM).effort(draws)
    agree.mean(effort[0] / 900, mean)
    agree.mean(effort[-1] / (24 * 900), mean)
    agree.variance(effort[0] / 900, mean**2 * math.expm1(0.355**2))


@pytest.mark.parametrize("common", [0, 0.5, 0.9])
def test_the_common_share_is_the_correlation_of_increments(draws, agree, common):
    """Logarithms of two increments' efforts correlate by the share they have in common."""
    each = np.diff(backlog(overrun=KITCHENHAM, common=common).effort(draws), axis=0, prepend=0)
    agree.correlation(np.log(each[0]), np.log(each[1]), common)
    agree.correlation(np.log(each[0]), np.log(each[23]), common)


def test_all_in_common_means_all_alike(draws):
    """With everything in common every increment overruns by the same factor."""
    each = np.diff(backlog(overrun=KITCHENHAM, common=1).effort(draws), axis=0, prepend=0)
    np.testing.assert_allclose(each, np.broadcast_to(each[0], each.shape), rtol=1e-9)


def test_a_team_of_the_estimated_size_finishes_one_a_month():
    """As estimated, 24 increments take 24 months, one each month, then nothing."""
    done = accepted(900.0 * np.arange(1, 25)[:, None], 900, 30)
    np.testing.assert_array_equal(done[:, 0], [1] * 24 + [0] * 6)


def test_increments_are_accepted_when_their_hours_are_worked():
    """A unit counts in the month in which the team's hours reach its end, not before."""
    effort = np.array([[50.0, 150.0], [100.0, 200.0], [101.0, 390.0]])
    np.testing.assert_array_equal(accepted(effort, 100, 4), [[2, 0], [1, 2], [0, 0], [0, 1]])


def test_no_increment_is_accepted_twice_or_lost(draws):
    """Over enough months every path accepts all units; never more, never a fraction."""
    done = accepted(backlog(overrun=KITCHENHAM).effort(draws)[:, :2_000], 900, 120)
    assert set(done.sum(axis=0)) == {24}
    assert (done >= 0).all()
    assert (done == done.round()).all()
