import numpy as np
import pytest
from scipy.stats import multivariate_normal
from scipy.stats import norm as normal
from scipy.stats import t as student

from scenarios.calibrate import autoregression
from scenarios.calibrate.autoregression import _Model
from scenarios.calibrate.filtering import Filter, Movement, Series
from scenarios.calibrate.grids import Grid


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
    assert Filter(given).log_likelihood(Movement(0.6, 0.2)) == pytest.approx(expected, rel=1e-9)


def alone(kind, movement, *, ahead=3, heavy=False):
    """A model of GAPS whose only movement is this one, and what it draws 20,000 times of it."""
    given = series(GAPS, ahead=ahead, noise=0.01)
    form = 1 - np.sqrt(1 - movement.carried)
    log_sd = np.log(movement.innovation + movement.noise)
    if kind == "wandering":
        form = movement.noise / (movement.innovation + movement.noise)
    one = Grid(kind, np.array([form]), np.array([log_sd]), np.ones(1), (0.0, 0.0), 0.0)
    model = _Model(Filter(given), one, heavy=heavy, evidence=0.0)
    return given, model.drawn(np.zeros(20_000, dtype=int), np.random.default_rng(6))


@pytest.mark.parametrize(
    ("kind", "movement"),
    [("stationary", Movement(0.6, 0.2)), ("wandering", Movement(1.0, 0.2, 0.3))],
)
def test_predictions_are_those_of_the_joint_normal(kind, movement):
    """What is drawn of later periods has the normal's conditional mean and variance, noise
    included and luck not, within four standard errors.
    """
    given, (moves, _, ahead) = alone(kind, movement)
    np.testing.assert_allclose(moves, np.tile(movement, (20_000, 1)), rtol=1e-12)
    mean = given.design @ given.centre
    if kind == "stationary":
        _, covariance = joint(given, 0.6, 0.2)
    else:  # a walk has taken as many steps as periods have passed
        steps = np.arange(len(mean))
        covariance = given.design @ given.spread @ given.design.T
        covariance += 0.2**2 * np.minimum.outer(steps, steps)
    luck = np.append(given.noise, np.zeros(3))
    covariance += np.diag(luck + movement.noise**2)
    seen = np.append(np.isfinite(given.values), np.zeros(3, dtype=bool))
    later = np.arange(len(mean)) >= len(GAPS)
    weights = np.linalg.solve(covariance[np.ix_(seen, seen)], covariance[np.ix_(seen, later)])
    expected = mean[later] + weights.T @ (given.values[seen[: len(GAPS)]] - mean[seen])
    left = covariance[np.ix_(later, later)] - covariance[np.ix_(later, seen)] @ weights
    variance = np.diag(left)
    off = (ahead.mean(axis=0) - expected) / np.sqrt(variance / len(ahead))
    np.testing.assert_array_less(np.abs(off), 4)
    off = (ahead.var(axis=0) / variance - 1) / np.sqrt(2 / len(ahead))
    np.testing.assert_array_less(np.abs(off), 4)


@pytest.mark.parametrize("heavy", [False, True])
def test_what_is_new_has_the_tails_of_its_model(heavy):
    """Half and one in a hundred lie beyond the quantiles of a normal, or of Student's t with four
    degrees of freedom, within four standard errors; a scenario is told the t's standard deviation,
    the root of two times its scale.
    """
    given, (moves, states, ahead) = alone("stationary", Movement(0.6, 0.2), heavy=heavy)
    new = (ahead[:, 1] - states[:, :-1] @ given.design[-2] - 0.6 * states[:, -1]) / 0.2
    law = student(4) if heavy else normal()
    for beyond in (0.5, 0.01):
        error = np.sqrt(beyond * (1 - beyond) / len(new))
        share = np.mean(np.abs(new) > law.ppf(1 - beyond / 2))
        assert abs(share - beyond) < 4 * error, beyond
    np.testing.assert_allclose(moves[:, 1], 0.2 * np.sqrt(2 if heavy else 1), rtol=1e-12)


def test_a_surprise_is_an_error_over_what_was_expected_of_it():
    """One-step errors are those of the joint normal, whitened; of level and growth the first two
    values are found, so that nothing can surprise in them.
    """
    given = series(GAPS, noise=0.01)
    mean, covariance = joint(given, 0.6, 0.2)
    seen = np.flatnonzero(np.isfinite(given.values))
    root = np.linalg.cholesky((covariance + np.diag(given.noise))[np.ix_(seen, seen)])
    expected = np.full(len(GAPS), np.nan)
    expected[seen] = np.linalg.solve(root, given.values[seen] - mean[seen])
    expected[seen[:2]] = np.nan
    found = Filter(given).surprise(Movement(0.6, 0.2))
    np.testing.assert_allclose(found, expected, rtol=1e-6)


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
        # A deviation of which half stays is a sixth of itself, on average over a year.
        level += (values - truth)[months - 1] * 0.5 / 6
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
