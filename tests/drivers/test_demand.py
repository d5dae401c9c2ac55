import numpy as np
import pytest
from pydantic import ValidationError
from scipy.stats import nbinom

from scenarios.drivers import Volume
from scenarios.drivers.demand import autoregression

SEASONS = (2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.5)


def volume(**fields):
    """A volume of 1,000 tickets a month."""
    return Volume(**{"unit": "ticket", "per_month": 1_000} | fields)


def test_a_certain_volume_is_its_trend(draws):
    """Growth compounds monthly, so that a year later it is exactly the year's growth."""
    units = volume(growth=0.21).simulate(draws, 25, 1)
    assert units.shape == (25, 1)
    np.testing.assert_allclose(units[[0, 6, 12, 24], 0], [1000, 1100, 1210, 1464.1], rtol=1e-12)


@pytest.mark.parametrize("first", [1, 12])
def test_seasonal_factors_go_by_the_calendar_and_average_one(draws, first):
    """January's factor falls in January whenever the contract starts; a year keeps its total."""
    units = volume(seasonality=SEASONS).simulate(draws, 12, first)[:, 0]
    calendar = np.roll(units, first - 1)
    np.testing.assert_allclose(calendar / calendar[1], SEASONS, rtol=1e-12)
    assert units.sum() == pytest.approx(12_000)


def test_seasonality_needs_twelve_months():
    """Eleven factors are no year."""
    with pytest.raises(ValidationError, match="at least 12"):
        volume(seasonality=SEASONS[:11])


def test_noise_keeps_the_mean_and_has_the_stated_dispersion(draws, agree):
    """Lognormal noise: each month's mean is the trend, its logarithm has sd ``volatility``."""
    units = volume(growth=0.1, volatility=0.3, autocorrelation=0.6).simulate(draws, 25, 1)
    for month in (0, 12, 24):
        agree.mean(units[month], 1000 * 1.1 ** (month / 12))
        agree.variance(np.log(units[month]), 0.3**2)


@pytest.mark.parametrize("carried", [0, 0.7])
def test_deviations_carry_over_as_stated(draws, agree, carried):
    """The logarithm's autocorrelation is phi after a month and phi cubed after three."""
    noise = np.log(volume(volatility=0.2, autocorrelation=carried).simulate(draws, 12, 1))
    agree.correlation(noise[4], noise[5], carried)
    agree.correlation(noise[4], noise[7], carried**3)


@pytest.mark.parametrize(
    ("counts", "overdispersion"), [("poisson", 0), ("negative binomial", 0.02)]
)
def test_counts_are_whole_and_scatter_as_declared(draws, agree, counts, overdispersion):
    """Whole units around the trend; the variance is m, or m + a m squared."""
    given = volume(per_month=200, growth=0.1, counts=counts, overdispersion=overdispersion)
    units = given.simulate(draws, 13, 1)
    assert np.all(units == np.rint(units))
    for month, mean in ((0, 200), (12, 220)):
        agree.mean(units[month], mean)
        agree.variance(units[month], mean + overdispersion * mean**2)
    agree.correlation(units[3], units[4], 0)


def test_counts_have_the_distribution_they_are_named_after(draws):
    """A count's share of months at or below each number is the textbook's (2 dof a number)."""
    units = volume(per_month=20, counts="negative binomial", overdispersion=0.1).simulate(
        draws, 1, 1
    )[0]
    for number in (5, 15, 20, 25, 40):
        expected = nbinom.cdf(number, 10, 10 / 30)
        error = (expected * (1 - expected) / len(units)) ** 0.5
        assert abs((units <= number).mean() - expected) < 5 * error


def test_counts_around_a_level_that_carries_over_keep_its_mean_and_correlation(draws, agree):
    """Var N = Var L + E L + a E L squared, and months covary as their levels do."""
    given = volume(
        per_month=100,
        volatility=0.2,
        autocorrelation=0.7,
        counts="negative binomial",
        overdispersion=0.05,
    )
    units = given.simulate(draws, 3, 1)
    level = 100**2 * np.expm1(0.2**2)
    square = level + 100**2
    variance = level + 100 + 0.05 * square
    agree.mean(units[1], 100)
    agree.variance(units[1], variance)
    agree.correlation(units[0], units[1], 100**2 * np.expm1(0.7 * 0.2**2) / variance)


@pytest.mark.parametrize(
    "fields",
    [
        {"counts": "negative binomial"},
        {"overdispersion": 0.1},
        {"counts": "poisson", "overdispersion": 0.1},
    ],
)
def test_an_overdispersion_belongs_to_a_negative_binomial_count(fields):
    """The one without the other is an error that says what to write."""
    with pytest.raises(ValidationError, match=r"needs an overdispersion above 0, such as 0\.02"):
        volume(**fields)


def test_an_uncertain_level_and_growth_keep_their_means(draws, agree):
    """Each path has one level and one growth; their means are the declared ones."""
    given = volume(per_month={"mean": 1_000, "sd": 100}, growth={"mean": 0.1, "sd": 0.05})
    units = given.simulate(draws, 13, 1)
    assert units.shape == (13, draws.paths)
    agree.mean(units[0], 1000)
    agree.mean(units[12] / units[0], 1.1)
    agree.variance(units[12] / units[0], 0.05**2)


def test_a_fully_carried_deviation_never_changes():
    """With autocorrelation 1 the first month's deviation stays for good."""
    noise = autoregression(np.random.default_rng(0).standard_normal((5, 8)), 1)
    np.testing.assert_array_equal(noise, np.broadcast_to(noise[0], (5, 8)))


def test_months_without_a_season_leave_the_means_of_the_others(draws, agree):
    """No units in the summer; of a year's 12,000 each other month has its share on average."""
    seasons = (2, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 3)
    units = volume(seasonality=seasons, volatility=0.3).simulate(draws, 12, 1)
    for month, factor in enumerate(seasons):
        if factor:
            agree.mean(units[month], 1_000 * factor)
        else:
            assert not units[month].any()


def test_a_year_without_any_season_is_refused():
    """Twelve zeros cannot be scaled to a mean of 1."""
    with pytest.raises(ValidationError, match="all twelve factors are 0"):
        volume(seasonality=(0,) * 12)
