import numpy as np

from scenarios.drivers import Index, Management


def test_a_certain_index_compounds(draws):
    """Three percent a year is 1 at the start and 1.03 a year later."""
    level = Index(annual=0.03).simulate(draws, 25, "cpi")
    assert level.shape == (25, 1)
    np.testing.assert_allclose(level[[0, 12, 24], 0], [1, 1.03, 1.0609], rtol=1e-12)


def test_a_volatile_index_keeps_its_mean_growth(draws, agree):
    """The random walk starts at 1 and leaves the mean at the declared growth."""
    level = Index(annual=0.03, volatility=0.08).simulate(draws, 25, "cpi")
    np.testing.assert_array_equal(level[0], 1)
    agree.mean(level[12], 1.03)
    agree.mean(level[24], 1.03**2)


def test_volatility_is_the_log_sd_after_a_year(draws, agree):
    """After twelve months the logarithm has the declared sd, after two years root two of it."""
    level = np.log(Index(annual=0.03, volatility=0.08).simulate(draws, 25, "cpi"))
    agree.variance(level[12], 0.08**2)
    agree.variance(level[24], 2 * 0.08**2)


def test_steps_of_the_walk_are_independent(draws, agree):
    """One year's change says nothing about the next."""
    level = np.log(Index(annual=0, volatility=0.08).simulate(draws, 25, "cpi"))
    agree.correlation(level[12], level[24] - level[12], 0)


def test_an_uncertain_growth_is_drawn_once_a_path(draws, agree):
    """Each path keeps its own growth; its mean is the declared one."""
    level = Index(annual={"mean": 0.03, "sd": 0.01}).simulate(draws, 25, "cpi")
    agree.mean(level[12], 1.03)
    np.testing.assert_allclose(level[24], level[12] ** 2, rtol=1e-12)


def test_management_is_load_times_growth(draws, agree):
    """The factor on planned coordination starts at the load and grows by the year."""
    load = {"low": 0.8, "mode": 1.0, "high": 1.4}
    factor = Management(load=load, growth=0.1).simulate(draws, 13)
    agree.mean(factor[0], 3.2 / 3)
    np.testing.assert_allclose(factor[12], factor[0] * 1.1, rtol=1e-12)
    assert Management().simulate(draws, 2).tolist() == [[1], [1]]
