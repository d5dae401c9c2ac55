import numpy as np
import pytest
from scipy.stats import multivariate_normal

from scenarios.calibrate import autoregression
from scenarios.calibrate.filtering import Filter, Series


def series(values, ahead=0, noise=0.0, growth=0.25):
    """A series with a level and a growth a year, by month."""
    values = np.asarray(values, dtype=float)
    later = np.arange(len(values) + ahead) - len(values)
    return Series(
        values,
        np.broadcast_to(noise, len(values)),
        np.column_stack([np.ones(len(later)), later / 12]),
        np.array([np.nanmean(values), 0.0]),
        np.diag([100.0, growth**2]),
    )


def deviations(months, carried, sd, random):
    """A stationary AR(1), (months,)."""
    noise = random.standard_normal(months) * sd
    noise[1:] *= np.sqrt(1 - carried**2)
    for month in range(1, months):
        noise[month] += carried * noise[month - 1]
    return noise


def joint(given, carried, innovation):
    """Mean and covariance of every period, written out; no filter."""
    rows = given.design
    apart = np.abs(np.subtract.outer(np.arange(len(rows)), np.arange(len(rows))))
    covariance = rows @ given.spread @ rows.T
    covariance += innovation**2 / (1 - carried**2) * carried**apart
    return rows @ given.centre, covariance


GAPS = [5.0, 5.2, np.nan, 4.9, 5.1, np.nan, np.nan, 5.4]


@pytest.mark.parametrize("noise", [0.0, 0.01])
def test_the_likelihood_is_that_of_the_joint_normal(noise):
    """Level, growth, AR(1) and luck are one normal; periods without a value drop out."""
    given = series(GAPS, noise=noise)
    mean, covariance = joint(given, 0.6, 0.2)
    covariance += np.diag(given.noise)
    seen = np.isfinite(given.values)
    expected = multivariate_normal.logpdf(
        given.values[seen], mean[seen], covariance[np.ix_(seen, seen)]
    )
    assert Filter(given).log_likelihood(0.6, 0.2) == pytest.approx(expected, rel=1e-9)


def test_predictions_are_those_of_the_joint_normal():
    """What is expected of later periods is the normal's conditional mean and variance."""
    given = series(GAPS, ahead=3)
    mean, covariance = joint(given, 0.6, 0.2)
    seen = np.append(np.isfinite(given.values), np.zeros(3, dtype=bool))
    later = np.arange(len(mean)) >= len(GAPS)
    weights = np.linalg.solve(covariance[np.ix_(seen, seen)], covariance[np.ix_(seen, later)])
    end = Filter(given).end(0.6, 0.2)
    values = given.values[np.isfinite(given.values)]
    np.testing.assert_allclose(end.mean, mean[later] + weights.T @ (values - mean[seen]))
    left = covariance[np.ix_(later, later)] - covariance[np.ix_(later, seen)] @ weights
    np.testing.assert_allclose(end.variance, np.diag(left))


def test_long_series_give_back_their_numbers():
    """From 600 months of an AR(1) about a trend its numbers come back, within four errors."""
    random = np.random.default_rng(11)
    values = 6 + 0.1 * (np.arange(600) - 600) / 12 + deviations(600, 0.7, 0.2, random)
    found = autoregression.fit(series(values))
    for draws, truth in (
        (found.autocorrelation, 0.7),
        (found.deviation, 0.2),
        (found.terms[:, 0], 6),
        (found.terms[:, 1], 0.1),
    ):
        assert abs(np.median(draws) - truth) < 4 * draws.std()
    assert found.autocorrelation.std() < 0.05
    assert found.deviation.std() < 0.02


@pytest.mark.slow
@pytest.mark.parametrize("months", [8, 36])
def test_intervals_hold_the_truth_as_often_as_they_say(months):
    """Of 80 % intervals about four in five hold the number, and the months to come."""
    random = np.random.default_rng(7)
    inside = []
    for _ in range(60):
        level, growth = 6 + random.normal(), random.normal(0, 0.25)
        truth = level + growth * (np.arange(months + 3) - months) / 12
        values = truth + deviations(months + 3, 0.5, 0.2, random)
        found = autoregression.fit(series(values[:months], ahead=3), 800)
        known = [(found.terms[:, 0], level), (found.terms[:, 1], growth), (found.deviation, 0.2)]
        known += list(zip(found.ahead.T, values[months:], strict=True))
        inside.append([np.quantile(d, 0.1) <= x <= np.quantile(d, 0.9) for d, x in known])
    # Four standard errors of a share of 0.8 among 60 are 0.21.
    np.testing.assert_array_less(0.59, np.mean(inside, axis=0))
    assert 0.7 < np.mean(inside) < 0.92


def test_luck_is_not_taken_for_a_deviation():
    """Noise whose variance is known leaves no deviation over, once there is enough of it."""
    random = np.random.default_rng(5)
    values = 3 + random.normal(0, 0.3, 200)
    told = np.median(autoregression.fit(series(values, noise=0.09)).deviation)
    untold = np.median(autoregression.fit(series(values)).deviation)
    assert told < 0.12
    assert untold == pytest.approx(0.3, abs=0.06)


def test_the_same_series_gives_the_same_draws():
    """A fit is a function of the series: no global random state, no chance."""
    values = [5.0, 5.3, 4.8, 5.1, 5.2, 5.0]
    one, other = (autoregression.fit(series(values, ahead=2)) for _ in range(2))
    np.testing.assert_array_equal(one.terms, other.terms)
    np.testing.assert_array_equal(one.ahead, other.ahead)
