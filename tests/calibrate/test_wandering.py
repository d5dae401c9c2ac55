"""Levels that wander and shift: what is predicted from them, and what a scenario holds of them."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal
from tests.calibrate.logs import log
from tests.calibrate.test_autoregression import GAPS, deviations, series

from scenarios import calibrate
from scenarios.calibrate import autoregression
from scenarios.calibrate.filtering import Filter, Movement
from scenarios.calibrate.grids import KINDS, weighed
from scenarios.calibrate.outlook import held
from scenarios.calibrate.tails import heavy


def shifted(random, months=48, at=36, sd=0.1, by=-1.5):
    """White noise about a level that moves once, (months,)."""
    return 5 + sd * random.standard_normal(months) + by * (np.arange(months) >= at)


def of_heavy(given, kind):
    """Evidence with heavy tails less that without."""
    shares, added = heavy(given, kind)
    plain, tailed = (weighed(model, kind) for model in (Filter(given), Filter(given, shares)))
    return tailed.evidence + added - plain.evidence


def test_the_likelihood_of_a_walk_is_that_of_the_joint_normal():
    """Level, growth, noise, and steps of which each has a variance of its own."""
    given = series(GAPS, noise=0.01)
    shares = np.array([1.0, 4.0, 1.0, 0.5, 1.0, 2.0, 1.0, 1.0])
    after = np.tril(np.ones((len(GAPS),) * 2), -1)  # a step is part of every later deviation
    covariance = given.design @ given.spread @ given.design.T
    covariance += after @ np.diag(0.2**2 * shares) @ after.T + np.diag(given.noise + 0.1**2)
    seen = np.isfinite(given.values)
    expected = multivariate_normal.logpdf(
        given.values[seen], (given.design @ given.centre)[seen], covariance[np.ix_(seen, seen)]
    )
    found = Filter(given, shares).log_likelihood(Movement(1.0, 0.2, 0.1))
    assert found == pytest.approx(expected, rel=1e-9)


def test_a_scenario_holds_what_a_year_of_a_walk_is_expected_to_do():
    """Variances of 1 to 12 steps are 6.5 on average, and a change has one: 1 - 1 / 13 is left."""
    walk, noisy, white, fading = (np.array(x) for x in ((1.0,), (1.0,), (0.0,), (0.6,)))
    one, none = np.ones(1), np.zeros(1)
    found = held(walk, one, none, 12)
    assert found.deviation == pytest.approx(np.sqrt(6.5))
    assert found.autocorrelation == pytest.approx(1 - 1 / 13)
    assert found.kept == 1
    found = held(noisy, one, 2 * one, 12)
    assert found.deviation == pytest.approx(np.sqrt(6.5 + 4))
    assert found.autocorrelation == pytest.approx(1 - (1 + 2 * 4) / (2 * 10.5))
    found = held(white, one, none, 12)
    assert (found.deviation, found.autocorrelation) == (1, 0)
    found = held(fading, 0.8 * one, none, 10_000)
    assert found.deviation == pytest.approx(1, abs=1e-4)
    assert found.autocorrelation == pytest.approx(0.6, abs=1e-4)


def test_after_a_shift_the_new_level_is_predicted():
    """A year at a new level: what is expected lies there, and a scenario begins there."""
    found = autoregression.fit(series(shifted(np.random.default_rng(2)), ahead=6))
    assert np.quantile(found.ahead[:, -1], 0.5) == pytest.approx(3.5, abs=0.25)
    assert np.quantile(found.ahead[:, -1], 0.9) < 4.3
    assert np.median(found.terms[:, 0]) == pytest.approx(3.5, abs=0.25)


def test_noise_about_a_level_is_predicted_from_all_of_it():
    """The last of 48 months of white noise lies far off: hardly anything of it is expected on."""
    values = shifted(np.random.default_rng(2), by=0.0)
    values[-1] = 5.3
    found = autoregression.fit(series(values, ahead=6))
    assert np.quantile(found.ahead[:, -1], 0.5) == pytest.approx(values.mean(), abs=0.06)
    assert np.median(found.autocorrelation) < 0.3


def test_a_shift_shows_in_the_tails_and_plain_noise_does_not():
    """One step is far larger than all others: its variance is; normal steps have no tails."""
    random = np.random.default_rng(4)
    given = series(np.cumsum(random.standard_normal(60) * 0.1) + 3.0 * (np.arange(60) >= 30))
    shares, _ = heavy(given, "wandering")
    assert np.argmax(shares) == 29  # between the 30th value and the next
    assert shares[29] > 20 * np.median(shares)
    assert of_heavy(given, "wandering") > 10
    calm = series(np.cumsum(random.standard_normal(200) * 0.1))
    assert of_heavy(calm, "wandering") < 0


def test_walks_and_fading_deviations_are_told_apart():
    """120 months: the kind that made them is the likelier one. A walk is hardly likelier than
    deviations that fade within years, noise about a level far more so than a walk.
    """
    random = np.random.default_rng(8)
    walk = series(np.cumsum(random.standard_normal(120) * 0.15))
    fading = series(deviations(120, 0.5, 0.3, random))
    stays, wanders = (weighed(Filter(walk), kind).evidence for kind in KINDS)
    assert wanders > stays
    stays, wanders = (weighed(Filter(fading), kind).evidence for kind in KINDS)
    assert stays - wanders > np.log(5)


@pytest.mark.slow
def test_volumes_that_walk_and_volumes_that_stay_lie_inside_as_often_as_promised():
    """Six walks and six volumes of white noise: intervals of 80 % hold 65 to 95 %, and the fit
    beats each rival that says how sure it is.
    """
    random = np.random.default_rng(13)
    logs = [
        log({"units": np.round(500 * np.exp(noise))}, dated=False)
        for _ in range(6)
        for noise in (
            np.cumsum(random.standard_normal(36) * 0.1),
            0.2 * random.standard_normal(36),
        )
    ]
    for kind in (logs[::2], logs[1::2]):
        found = calibrate.backtest(*kind)
        assert 0.65 < found.coverage < 0.95
    assert {"last", "last with errors", "mean"} <= set(calibrate.backtest(*logs).beaten)
