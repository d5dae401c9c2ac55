import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.calibrate.months import WEEKS, monthly


def test_months_are_months():
    """What was fitted on months stays as it is."""
    sd, carried = monthly(np.array([0.2]), np.array([0.7]), "month")
    assert (sd.item(), carried.item()) == (0.2, 0.7)


def test_independent_weeks_average_out():
    """Two moments of a month lie in one week with chance 1 - u, u weeks apart: over a month of L
    weeks that makes (L - 1/3) / L² of a week's variance, and 1/6 / L² shared with the next month.
    """
    sd, carried = (x.item() for x in monthly(np.array([1e-3]), np.array([0.0]), "week"))
    assert sd**2 / 1e-6 == pytest.approx((WEEKS - 1 / 3) / WEEKS**2, rel=1e-3)
    assert carried == pytest.approx(1 / 6 / (WEEKS - 1 / 3), rel=1e-3)


def test_what_never_fades_stays():
    """A deviation that stays for good is the same in a week and in a month."""
    sd, carried = (x.item() for x in monthly(np.array([0.4]), np.array([1.0]), "week"))
    assert sd == pytest.approx(0.4)
    assert carried == pytest.approx(1)


@pytest.mark.parametrize("logarithmic", [True, False])
def test_months_made_of_simulated_weeks_agree(logarithmic):
    """Weeks simulated and added up to months have the sd and the autocorrelation of the formula."""
    random = np.random.default_rng(3)
    months, paths, sd, carried = 8, 40_000, 0.5, 0.8
    noise = random.standard_normal((40, paths)) * sd
    noise[1:] *= np.sqrt(1 - carried**2)
    for week in range(1, 40):
        noise[week] += carried * noise[week - 1]
    weeks = np.exp(noise) if logarithmic else noise
    start = random.random(paths)
    totals = np.zeros((months, paths))
    for month in range(months):
        first, last = start + month * WEEKS, start + (month + 1) * WEEKS
        for week in range(40):
            part = np.clip(np.minimum(week + 1, last) - np.maximum(week, first), 0, None)
            totals[month] += part / WEEKS * weeks[week]
    expected = [
        x.item()
        for x in monthly(np.array([sd]), np.array([carried]), "week", logarithmic=logarithmic)
    ]
    if logarithmic:
        mean = totals.mean()
        variance = np.log1p(totals.var() / mean**2)
        covariance = np.log1p(((totals[1:] - mean) * (totals[:-1] - mean)).mean() / mean**2)
    else:
        variance, covariance = totals.var(), (totals[1:] * totals[:-1]).mean()
    assert np.sqrt(variance) == pytest.approx(expected[0], rel=0.02)
    assert covariance / variance == pytest.approx(expected[1], abs=0.02)


@given(st.floats(0, 2), st.floats(0, 1), st.booleans())
def test_months_are_calmer_than_weeks(sd, carried, logarithmic):
    """A month deviates at most as widely as a week, and its autocorrelation lies in 0 and 1."""
    month, kept = monthly(np.array([sd]), np.array([carried]), "week", logarithmic=logarithmic)
    assert 0 <= month.item() <= sd * (1 + 1e-9)
    assert 0 <= kept.item() <= 1
