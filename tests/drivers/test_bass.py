import numpy as np
import pytest

from scenarios.drivers import Bass
from scenarios.drivers.bass import bass, bass_discrete, bass_peak, fit_bass
from scenarios.uncertain import NoDraws

DOCTOR = [0.1, 3.0, 5.2, 7.0, 5.25, 4.9, 3.0, 2.4, 1.9, 1.3, 0.8, 0.6]
"""Weekly box office of "The Doctor" (lindo.com); the known answer E20."""


def test_the_doctor_is_fitted_as_published():
    """Printed p .074, q .49, m 34.85 (Anderson, Sweeney, Williams); computed to more digits."""
    fit = fit_bass(DOCTOR)
    assert fit.innovation == pytest.approx(0.07357, abs=5e-6)
    assert fit.imitation == pytest.approx(0.49288, abs=5e-6)
    assert fit.market == pytest.approx(34.8146, abs=5e-5)
    assert fit.squared_error == pytest.approx(14.4961, abs=5e-5)


def test_a_fit_finds_what_made_the_data():
    """Adoptions of a discrete Bass process give back its three coefficients."""
    made = np.diff(500 * bass_discrete(20, 0.02, 0.4)[:, 0])
    fit = fit_bass(made)
    np.testing.assert_allclose([fit.innovation, fit.imitation, fit.market], [0.02, 0.4, 500])


@pytest.mark.parametrize("adopted", [[1, 2, 3], [1, 2, -1, 3], [1, 2, float("nan"), 4], [0] * 5])
def test_what_cannot_be_fitted_is_an_error(adopted):
    """Too few periods, negative or missing numbers, or nobody who adopts."""
    with pytest.raises(ValueError, match=r"at least four finite|nothing to fit"):
        fit_bass(adopted)


def test_the_curve_solves_its_differential_equation():
    """dF/dt = (p + q F)(1 - F), from nothing to all."""
    time = np.linspace(0, 60, 60_001)
    share = bass(time, 0.03, 0.38)
    slope = np.gradient(share, time)
    np.testing.assert_allclose(slope[1:-1], ((0.03 + 0.38 * share) * (1 - share))[1:-1], atol=1e-7)
    assert share[0] == 0
    assert share[-1] == pytest.approx(1, abs=1e-9)


def test_most_adopt_at_the_published_peak():
    """Peak at ln(q/p) / (p+q) of height (p+q)^2 / 4q."""
    when, height = bass_peak(0.03, 0.38)
    time = np.linspace(0, 30, 300_001)
    slope = np.gradient(bass(time, 0.03, 0.38), time)
    assert time[slope.argmax()] == pytest.approx(when, abs=1e-3)
    assert slope.max() == pytest.approx(height, rel=1e-6)
    with pytest.raises(ValueError, match="imitation"):
        bass_peak(0.4, 0.3)


def test_in_steps_the_numbers_are_others():
    """One step takes p, a second (p + q p)(1 - p) more; the closed formula gives less."""
    steps = bass_discrete(2, 0.1, 0.5)[:, 0]
    np.testing.assert_allclose(steps, [0, 0.1, 0.1 + 0.15 * 0.9])
    assert abs(bass(2, 0.1, 0.5) - steps[2]) > 0.01


def test_nobody_innovates_nobody_adopts():
    """Without a first adopter there is nobody to imitate, however long the time."""
    assert bass([0, 10, 1e6], 0, 0.4).tolist() == [0, 0, 0]


@pytest.mark.parametrize("steps", ["continuous", "discrete"])
def test_a_years_coefficients_are_spread_over_its_months(steps):
    """Without imitation adoption is 1 - e^-p a year, or 1 - (1 - p/12)^12 in monthly steps."""
    given = Bass(innovation=0.3, imitation=0, steps=steps)
    share = given.adopted(NoDraws(), np.arange(-2, 25)[:, None])[:, 0]
    year = {"continuous": 1 - np.exp(-0.3), "discrete": 1 - (1 - 0.3 / 12) ** 12}[steps]
    assert share[:3].tolist() == [0, 0, 0]
    assert share[14] == pytest.approx(year)


def test_uncertain_coefficients_are_drawn_once_a_path(draws):
    """Each path has its own p and q; in steps as in the formula."""
    wide = {"innovation": {"p10": 0.01, "p90": 0.05}, "imitation": {"mean": 0.4, "sd": 0.1}}
    since = np.arange(12)[:, None]
    for steps in ("continuous", "discrete"):
        share = Bass(**wide, steps=steps).adopted(draws, since)
        assert share.shape == (12, draws.paths)
        assert np.all(np.diff(share, axis=0) >= 0)
        assert np.ptp(share[-1]) > 0.01
