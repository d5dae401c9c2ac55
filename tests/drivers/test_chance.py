import numpy as np
import pytest
from scipy.special import ndtr
from scipy.stats import poisson

from scenarios.drivers.chance import AGES, a_month, by_age, count, found, happens

OFF = np.zeros((6, 1))
"""What a scenario with uncertainty off draws."""


def test_twelve_months_of_a_constant_hazard_are_the_chance_a_year():
    """Who escapes each month with the monthly chance escapes the year with one less the yearly."""
    np.testing.assert_allclose((1 - a_month(0.3)) ** 12, 0.7, rtol=1e-12)
    assert [a_month(0), a_month(1)] == [0, 1]


def test_what_has_a_chance_happens_that_often(draws, agree):
    """The share of months in which it happens is its chance; at 0 never, at 1 always."""
    z = draws.normals("event", 2)
    agree.mean(happens(z, 0.2)[0].astype(float), 0.2)
    assert not happens(z, 0).any()
    assert happens(z, 1).all()


def test_with_uncertainty_off_only_the_likely_happens():
    """A chance of a half or less never comes true, one above a half always does."""
    assert not happens(OFF, 0.5).any()
    assert happens(OFF, 0.51).all()


@pytest.mark.parametrize("mean", [0.3, 7.0])
def test_a_count_is_poisson(draws, agree, mean):
    """Mean and variance are the same number, and counts are whole."""
    counts = count(draws.normals("count", 1), mean)
    agree.mean(counts[0], mean)
    agree.variance(counts[0], mean)
    np.testing.assert_array_equal(counts, np.floor(counts))


def test_nobody_is_counted_where_nothing_is_expected(draws):
    """A mean of 0 counts 0."""
    assert not count(draws.normals("count", 1), 0.0).any()


def test_with_uncertainty_off_a_count_is_its_mean():
    """The expected number, which need not be whole."""
    np.testing.assert_array_equal(count(OFF, 0.3), OFF + 0.3)


def test_a_sample_finds_a_binomial_share(draws, agree):
    """Of 50 with 4 % wrong it finds 4 % on average, with variance p (1 - p) / n."""
    share = found(draws.normals("sample", 1), 50, 0.04)[0]
    agree.mean(share, 0.04)
    agree.variance(share, 0.04 * 0.96 / 50)
    np.testing.assert_allclose(share * 50, np.round(share * 50))
    np.testing.assert_array_equal(found(OFF, 50, 0.04), OFF + 0.04)


def test_what_comes_later_comes_whole():
    """One month's 63 units return over six months, halving where the mean delay is a month."""
    units = np.array([[63.0], [0], [0], [0], [0], [0], [0]])
    parts = by_age(units, 1)
    assert len(parts) == AGES
    np.testing.assert_allclose(sum(parts)[:, 0], [32, 16, 8, 4, 2, 1, 0])
    np.testing.assert_allclose(parts[2][:, 0], [0, 0, 8, 0, 0, 0, 0])


def test_without_delay_all_comes_at_once():
    """A mean delay of 0 months puts everything in the same month."""
    parts = by_age(np.array([[5.0], [7.0]]), 0)
    np.testing.assert_array_equal(parts[0][:, 0], [5, 7])
    assert not np.any(parts[1:])


def test_a_short_mean_delay_is_the_mean_age():
    """Where hardly anything is cut off, the mean age is the declared mean."""
    parts = by_age(np.array([[1.0]] + [[0.0]] * 5), 0.2)
    mean_age = sum(age * part.sum() for age, part in enumerate(parts))
    assert mean_age == pytest.approx(0.2, abs=1e-3)


@pytest.mark.parametrize("mean", [0, 0.03, 0.7, 4, 60, 2_500])
def test_a_count_is_the_textbooks_quantile(draws, mean):
    """Each count is the least whose chance of at most that many reaches the normal's."""
    z = draws.normals("it", 2)[:, :5_000]
    z[0, :4] = -6, 6, -4, 4
    np.testing.assert_array_equal(count(z, mean), poisson.ppf(ndtr(z), mean))


def test_a_count_takes_a_mean_of_its_own_on_each_path(draws):
    """Means that differ by month and path are counted each by itself, in the whole shape."""
    z = draws.normals("it", 3)[:, :2_000]
    mean = 20 * np.exp(draws.normals("level", 1)[:, :2_000])
    np.testing.assert_array_equal(count(z, mean), poisson.ppf(ndtr(z), mean))
