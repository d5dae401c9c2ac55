import numpy as np
import pytest
from pydantic import ValidationError

from scenarios.drivers import Automation

CEILING = {"low": 0.25, "mode": 0.5, "high": 0.66}


def automation(**fields):
    """Automation of half the units, live from month 3."""
    given = {"ceiling": 0.5, "go_live": 3, "midpoint": 12, "rise": 12}
    return Automation(**given | fields)


def test_with_maturity_the_curve_runs_from_zero_to_the_ceiling(draws):
    """Nothing at go-live, the whole ceiling at maturity and after, never falling between."""
    share = automation(mature=24).adoption(draws, 36)[:, 0]
    np.testing.assert_array_equal(share[:4], 0)
    np.testing.assert_array_equal(share[24:], 0.5)
    assert (np.diff(share[3:25]) > 0).all()


def test_without_maturity_it_is_the_plain_logistic_curve(draws):
    """From go-live on: ceiling / (1 + exp(-k (t - midpoint))) with k = ln 81 / rise."""
    share = automation().adoption(draws, 36)[:, 0]
    months = np.arange(36)
    expected = 0.5 / (1 + 81 ** (-(months - 12) / 12)) * (months >= 3)
    np.testing.assert_allclose(share, expected, rtol=1e-12)


def test_rise_is_the_time_from_ten_to_ninety_percent(draws):
    """Half a rise before the midpoint the curve is at 10 %, half a rise after it at 90 %."""
    share = automation(ceiling=1, midpoint=18).adoption(draws, 36)[:, 0]
    np.testing.assert_allclose(share[[12, 18, 24]], [0.1, 0.5, 0.9], rtol=1e-12)


def test_an_uncertain_ceiling_scales_the_curve(draws, agree):
    """The mature share has the ceiling's own mean and variance (triangular)."""
    low, mode, high = CEILING.values()
    share = automation(ceiling=CEILING, mature=24).adoption(draws, 36)
    agree.mean(share[30], (low + mode + high) / 3)
    cross = low * mode + low * high + mode * high
    agree.variance(share[30], (low**2 + mode**2 + high**2 - cross) / 18)


def test_an_uncertain_curve_stays_between_zero_and_the_ceiling(draws):
    """However the midpoint and the rise fall, nobody automates more than the ceiling."""
    given = automation(
        midpoint={"mean": 12, "sd": 6}, rise={"median": 12, "log_sd": 0.5}, mature=24
    )
    share = given.adoption(draws, 36)
    assert share.min() == 0
    assert share.max() == 0.5


def test_a_month_ahead_is_the_same_curve_shifted(draws):
    """Automating a month sooner moves every cost and share one month to the left."""
    given = automation(mature=24, running_cost=2_800, one_off=60_000)
    for series in (given.adoption, given.running, given.invested):
        np.testing.assert_allclose(series(draws, 36, 1)[:-1], series(draws, 36)[1:], rtol=1e-12)


def test_running_cost_starts_and_the_one_off_falls_at_go_live(draws):
    """Running cost from go-live on; the investment once."""
    given = automation(running_cost=2_800, one_off=60_000)
    np.testing.assert_array_equal(given.running(draws, 6)[:, 0], [0, 0, 0, 2800, 2800, 2800])
    np.testing.assert_array_equal(given.invested(draws, 6)[:, 0], [0, 0, 0, 60_000, 0, 0])


def test_maturity_comes_after_go_live():
    """An order that cannot be is refused with both numbers."""
    with pytest.raises(ValidationError, match=r"mature \(3\) must come after go_live \(3\)"):
        automation(mature=3)


def test_a_curve_without_a_rise_is_refused_or_a_step(draws):
    """A rise of 0 months is a switch or an error in words, never a division by zero."""
    try:
        given = automation(rise=0)
    except ValidationError:
        return
    share = given.adoption(draws, 36)[:, 0]
    np.testing.assert_array_equal(share[[0, 30]], [0, 0.5])


def test_a_late_steep_curve_is_zero_until_it_comes(draws):
    """A steep curve far in the future is 0 now, without overflow."""
    share = automation(midpoint=400, rise=1).adoption(draws, 36)
    np.testing.assert_array_equal(share, 0)
