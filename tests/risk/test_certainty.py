import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import scenarios as sc

AMOUNTS = st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=20)
TOLERANCES = st.floats(1, 1e6)


def plainly(amounts, tolerance):
    """-R ln E exp(-x / R) as it is written, in numbers that do not overflow."""
    x = np.array(amounts, dtype=np.longdouble)
    return float(-tolerance * np.log(np.exp(-x / tolerance).mean()))


@given(AMOUNTS, st.floats(500, 1e5))
def test_it_is_the_formula(amounts, tolerance):
    """It is what the formula gives where that can be computed as it is written."""
    found = sc.certainty_equivalent(amounts, tolerance)
    assert found == pytest.approx(plainly(amounts, tolerance), abs=1e-8)


@given(AMOUNTS, TOLERANCES, st.floats(-1e6, 1e6))
def test_a_sure_sum_adds_itself(amounts, tolerance, more):
    """What is paid in every case moves the certainty equivalent by itself."""
    found = sc.certainty_equivalent([x + more for x in amounts], tolerance)
    assert found == pytest.approx(sc.certainty_equivalent(amounts, tolerance) + more, abs=1e-6)


@given(AMOUNTS, TOLERANCES, TOLERANCES)
def test_it_lies_between_the_worst_and_the_mean(amounts, one, other):
    """Who tolerates more risk gives up less of the mean, and nobody asks less than the worst."""
    wary, bold = (sc.certainty_equivalent(amounts, r) for r in sorted((one, other)))
    assert min(amounts) - 1e-6 <= wary <= bold + 1e-6 <= np.mean(amounts) + 2e-6


@given(AMOUNTS, TOLERANCES)
def test_a_sure_cost_is_as_bad_as_the_uncertain_one(amounts, tolerance):
    """Of costs it is the same with the other sign: above their mean."""
    found = sc.certainty_equivalent(amounts, tolerance, worse="high")
    turned = [-x for x in amounts]
    assert found == pytest.approx(-sc.certainty_equivalent(turned, tolerance), abs=1e-9)


@pytest.mark.parametrize("tolerance", [3e5, 1e6, 1e9, 1e13])
def test_a_normal_has_its_closed_form(tolerance):
    """Of a normal it is mean - sd^2 / 2R, to the last digits however large the tolerance."""
    z, weights = np.polynomial.hermite_e.hermegauss(80)
    found = sc.certainty_equivalent(2_400_000 + 300_000 * z, tolerance, weights)
    closed = sc.certainty_equivalent_approximation(2_400_000, 300_000, tolerance)
    assert found == pytest.approx(closed, abs=1e-3)
    assert 2_400_000 - found == pytest.approx(300_000**2 / (2 * tolerance), abs=1e-8 + 1e-8 * 1e5)


def test_hardly_any_tolerance_leaves_the_worst():
    """With a tolerance of one unit on millions nothing overflows: what counts is the worst."""
    found = sc.certainty_equivalent([-3e6, 5e6], 1)
    assert found == pytest.approx(-3e6 + math.log(2), abs=1e-6)


def test_without_limit_it_is_the_mean():
    """Who is indifferent to risk looks at the mean, by weight."""
    assert sc.certainty_equivalent([0, 10], math.inf, [3, 1]) == 2.5
    assert sc.certainty_equivalent_approximation(10, 5, math.inf) == 10


def test_the_published_expected_utility_comes_out():
    """A tolerance of 900 and Clemen's three amounts: an expected utility of 0.7102 (E26)."""
    found = sc.certainty_equivalent([2_000, 1_000, 500], 900, [0.4, 0.4, 0.2])
    assert 1 - math.exp(-found / 900) == pytest.approx(0.7102, abs=5e-5)


@pytest.mark.parametrize("tolerance", [0, -5, math.nan])
def test_a_tolerance_is_above_zero(tolerance):
    """No tolerance at all, or a negative one, is an error that says what it is."""
    with pytest.raises(sc.ScenarioError, match="an amount of money above 0"):
        sc.certainty_equivalent([1, 2], tolerance)
    with pytest.raises(sc.ScenarioError, match="an amount of money above 0"):
        sc.certainty_equivalent_approximation(1, 2, tolerance)


def test_a_deviation_is_not_below_zero():
    """A negative standard deviation is an error."""
    with pytest.raises(sc.ScenarioError, match=r"0 or more: given -2"):
        sc.certainty_equivalent_approximation(1, -2, 10)
