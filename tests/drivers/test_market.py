import numpy as np

from scenarios.drivers import MarketPrice


def test_a_certain_market_price_compounds(draws):
    """A price of 20 that falls by 10 % a year is 18 a year later."""
    price = MarketPrice(price=20, annual=-0.1).simulate(draws, 13, "agent")
    assert price.shape == (13, 1)
    np.testing.assert_allclose(price[[0, 12], 0], [20, 18])


def test_a_volatile_market_price_keeps_its_mean(draws, agree):
    """It starts at the price, and its mean stays on the declared growth."""
    price = MarketPrice(price=20, annual=-0.1, volatility=0.2).simulate(draws, 25, "agent")
    np.testing.assert_array_equal(price[0], 20)
    agree.mean(price[24], 20 * 0.9**2)
    agree.variance(np.log(price[12]), 0.2**2)


def test_market_prices_move_apart(draws, agree):
    """Each name has streams of its own; an uncertain price is drawn once a path."""
    given = MarketPrice(price={"mean": 20, "sd": 2}, volatility=0.2)
    one, two = (given.simulate(draws, 13, name) for name in ("agent", "lead"))
    agree.mean(one[0], 20)
    agree.variance(one[0], 2**2)
    agree.correlation(one[0], two[0], 0)
    agree.correlation(np.log(one[12] / one[0]), np.log(two[12] / two[0]), 0)
