import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy.stats import kstest, triang

from scenarios.drivers import Learning
from scenarios.drivers.learning import (
    crawford_total,
    crawford_total_approximate,
    crawford_unit,
    exponent,
    fitted_slope,
    natural_slope,
    wright_average,
    wright_total,
    wright_unit,
)

slopes = st.floats(0.51, 1)
models = st.sampled_from(["crawford", "wright"])
starts = st.sampled_from([0.0, 3.0, 40.0, 5_000.0])


@pytest.mark.parametrize(
    ("slope", "hours"),
    [
        (0.80, 21.13225),
        (0.825, 26.18401),
        (0.85, 32.23647),
        (0.875, 39.44942),
        (0.90, 48.00243),
        (0.95, 69.95640),
    ],
)
def test_the_published_hours_of_the_125th_unit(slope, hours):
    """E18a: 100 hours for the first unit, Crawford (learningCurve vignette, rdocumentation)."""
    assert crawford_unit(100, 125, slope) == pytest.approx(hours, abs=6e-6)


def test_the_published_hours_from_a_later_unit():
    """E18a and E18b: from unit 100, and three products from units 1, 20 and 10 (learningCurve)."""
    assert crawford_unit(100, 125, 0.85, known=100) == pytest.approx(94.90257, abs=6e-6)
    numbers = [np.array(x) for x in ((100, 120, 90), (80, 150, 175), (0.83, 0.92, 0.87))]
    found = crawford_unit(*numbers, known=np.array([1, 20, 10]))
    np.testing.assert_allclose(found, [30.79056, 94.17084, 50.64078], atol=6e-6)


def test_the_published_totals():
    """E18b: units 1 to 125 and 1 to a million at 0.85, exact and by the mid-point formula."""
    assert crawford_total(100, 125, 0.85) == pytest.approx(5201.085, abs=5e-4)
    assert crawford_total_approximate(100, 125, 0.85) == pytest.approx(5202.988, abs=5e-4)
    assert crawford_total(100, 1e6, 0.85) == pytest.approx(5_119_612, abs=0.5)
    assert crawford_total_approximate(100, 1e6, 0.85) == pytest.approx(5_119_614, abs=0.5)


def test_the_published_total_of_three_departments():
    """E18f: Wright's cumulative average totals of 300 units; Crawford's exact sums are higher."""
    departments = np.array([70, 45, 25]), np.array([0.85, 0.87, 0.80])
    assert wright_total(departments[0], 300, departments[1]).sum() == pytest.approx(
        11_000.96, abs=5e-3
    )
    dearer = wright_total(np.array([70, 45, 30]), 300, departments[1]).sum()
    assert dearer == pytest.approx(11_240.09, abs=5e-3)
    assert dearer - wright_total(departments[0], 300, departments[1]).sum() == pytest.approx(
        239.1312, abs=5e-5
    )
    exact = sum(crawford_total(a, 300, s) for a, s in zip(*departments, strict=True))
    assert exact == pytest.approx(14_242.75, abs=5e-3)


def test_the_misprints_of_the_source_are_not_reproduced():
    """X5: m - .05 and (ln T - ln t) / (ln n - 1) are printed, m - .5 and / ln n - 1 computed; the
    Rd page's 5202.998 is the vignette's 5202.988.
    """
    b = exponent(0.85)
    printed = 100 / (1 + b) * (125.5 ** (1 + b) - 0.95 ** (1 + b))
    right = crawford_total_approximate(100, 125, 0.85)
    assert abs(printed - right) > 30
    assert right == pytest.approx(5202.9883, abs=5e-5)
    assert abs(right - 5202.998) > 5e-3
    total = wright_total(100, 125, 0.85)
    misread = 2 ** ((np.log(total) - np.log(100)) / (np.log(125) - 1))
    assert natural_slope(total, 100, 125) == pytest.approx(0.85, rel=1e-12)
    assert misread > 1


@given(slopes, st.integers(1, 60), st.integers(0, 400))
def test_an_exact_total_is_the_sum_of_its_units(slope, since, more):
    """Crawford's total adds up unit hours one by one, and so does Wright's, from any unit on."""
    units = np.arange(since, since + more + 1)
    crawford = crawford_unit(7, units, slope, known=since).sum()
    assert crawford_total(7, units[-1], slope, since=since) == pytest.approx(crawford, rel=1e-11)
    wright = wright_unit(7, units, slope).sum()
    assert wright_total(7, units[-1], slope, since=since) == pytest.approx(wright, rel=1e-9)
    average = wright_average(7, units[-1], slope) * units[-1]
    assert wright_total(7, units[-1], slope) == pytest.approx(average, rel=1e-12)


@given(slopes, st.floats(1, 1e5))
def test_a_doubling_takes_the_slope_off(slope, unit):
    """Crawford's unit 2n takes ``slope`` of unit n; so does Wright's average over twice as many."""
    assert crawford_unit(9, 2 * unit, slope) == pytest.approx(
        slope * crawford_unit(9, unit, slope), rel=1e-12
    )
    assert wright_average(9, 2 * unit, slope) == pytest.approx(
        slope * wright_average(9, unit, slope), rel=1e-12
    )


@given(st.floats(0.55, 0.99), st.lists(st.integers(1, 900), min_size=2, max_size=9, unique=True))
def test_a_slope_is_found_again_in_the_hours_it_made(slope, units):
    """Least squares on the logarithms is exact where the hours lie on a curve."""
    hours = crawford_unit(30, np.array(units), slope)
    assert fitted_slope(units, hours) == pytest.approx(slope, rel=1e-6)


@pytest.mark.parametrize(
    ("units", "hours", "words"),
    [
        ([3, 3], [2, 2], "two different units"),
        ([1, 2, 3], [2, 1], "two different units"),
        ([0, 2], [2, 1], "numbered from 1"),
        ([1, 2], [2, 0], "more than 0 hours"),
    ],
)
def test_nothing_is_fitted_to_nothing(units, hours, words):
    """The error says what a fit needs."""
    with pytest.raises(ValueError, match=words):
        fitted_slope(units, hours)


@given(slopes, starts, models, st.none() | st.integers(5_001, 9_000))
def test_months_take_what_their_units_take(slope, before, model, plateau):
    """Unit by unit or by month, in months of any size, hours are the same in all."""
    learning = Learning(slope=slope, units_before=before, model=model, plateau=plateau)
    units = np.array([1.0, 7.0, 0.0, 30.0, 4_950.0, 12.0])[:, None]
    each = learning.by_unit(Plain, int(units.sum()))
    assert each[0, 0] == pytest.approx(1, rel=1e-12)
    of_month = np.array(
        [part.mean() for part in np.split(each, np.cumsum(units[:-1]).astype(int)) if len(part)]
    )
    found = learning.by_month(Plain, units)[units > 0]
    np.testing.assert_allclose(found, of_month, rtol=1e-8)


class Plain:
    """Draws of one certain path."""

    @staticmethod
    def value(number, _key):
        """The number itself."""
        return number


def test_months_without_units_cost_what_the_next_unit_would():
    """An empty month has the next unit's factor, and moves nobody along the curve."""
    learning = Learning(slope=0.8, units_before=0)
    factor = learning.by_month(Plain, np.array([[0.0], [1.0], [0.0], [2.0]]))
    second, third = 0.8, 3 ** np.log2(0.8)
    np.testing.assert_allclose(factor[:, 0], [1, 1, second, (second + third) / 2], rtol=1e-12)


def test_experience_flattens_the_curve():
    """A team of 999 units takes (1,000 + k) / 1,000 to the b for the next: E18a's 94.9 of 100."""
    learning = Learning(slope=0.85, units_before=99)
    assert 100 * learning.by_unit(Plain, 26)[25, 0] == pytest.approx(94.90257, abs=6e-6)


def test_beyond_the_plateau_nobody_gets_faster():
    """From the unit of the plateau on every unit takes its hours; before it nothing changes."""
    free = Learning(slope=0.8, units_before=2).by_unit(Plain, 40)
    held = Learning(slope=0.8, units_before=2, plateau=10).by_unit(Plain, 40)
    np.testing.assert_array_equal(held[:8], free[:8])
    np.testing.assert_array_equal(held[8:], np.broadcast_to(free[7], (32, 1)))


def test_a_slope_of_one_is_no_learning():
    """Every unit takes what the first takes."""
    learning = Learning(slope=1, units_before=0)
    np.testing.assert_array_equal(learning.by_unit(Plain, 30), 1)
    np.testing.assert_allclose(learning.by_month(Plain, np.full((5, 1), 90.3)), 1, rtol=1e-12)


def test_the_second_unit_is_distributed_as_the_slope(draws):
    """With no experience the second unit's factor is the slope itself: its marginal is the one
    declared; one slope a path.
    """
    learning = Learning(slope={"low": 0.7, "mode": 0.85, "high": 0.95}, units_before=0)
    found = learning.by_unit(draws, 4)
    assert found.shape == (4, draws.paths)
    assert kstest(found[1], triang(0.6, 0.7, 0.25).cdf).pvalue > 1e-4
    np.testing.assert_allclose(found[3], found[1] ** 2, rtol=1e-12)
    months = learning.by_month(draws, np.full((2, 1), 2.0))
    np.testing.assert_allclose(months[0], (1 + found[1]) / 2, rtol=1e-9)


def test_a_plateau_that_is_reached_already_is_refused():
    """A team past its plateau learns nothing."""
    with pytest.raises(ValidationError, match=r"plateau \(50\) must be above units_before \(80\)"):
        Learning(slope=0.9, units_before=80, plateau=50)
