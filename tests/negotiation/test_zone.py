import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import scenarios as sc

MONEY = st.integers(-1_000_000, 1_000_000)


@given(MONEY, MONEY, MONEY)
def test_a_price_only_divides_the_surplus(seller, buyer, price):
    """At any price both gains add up to the surplus; within the zone neither is below 0."""
    zone = sc.bargaining_zone(seller, buyer)
    gains = zone.gains_at(price)
    assert gains.seller + gains.buyer == zone.surplus
    assert zone.holds(price) == (gains.seller >= 0 and gains.buyer >= 0)


@given(MONEY, MONEY, st.floats(0, 1))
def test_the_price_at_a_share_gives_that_share(seller, buyer, share):
    """Where there is a zone the seller gains its share of it."""
    assume(seller <= buyer)
    zone = sc.bargaining_zone(seller, buyer)
    gains = zone.gains_at(zone.price_at(share))
    assert gains.seller == pytest.approx(share * zone.surplus, abs=1e-6)


@given(st.integers(0, 1_000), st.integers(0, 1_000), st.floats(0.05, 0.95))
def test_the_share_is_nash_s_power(seller, surplus, power):
    """The price at a share is Nash's solution where all of the surplus to either is an option."""
    assume(surplus > 0)
    zone = sc.bargaining_zone(seller, seller + surplus)
    ends = {price: (price, -price) for price in (zone.seller_reserve, zone.buyer_reserve)}
    without = (zone.seller_reserve, -zone.buyer_reserve)
    agreed = sc.bargain(ends, without, power=power, lotteries=True)
    assert agreed.worth[0] == pytest.approx(zone.price_at(power))


def test_without_a_zone_there_is_no_price():
    """An error names both reservation prices."""
    with pytest.raises(sc.ScenarioError, match=r"asks 600\.00 at least.*pays 520\.00 at most"):
        sc.bargaining_zone(600, 520).price_at()


def test_what_cannot_be_is_refused():
    """A share beyond 1 and a price that is not finite are errors."""
    with pytest.raises(sc.ScenarioError, match=r"from 0 to 1: given 1\.5"):
        sc.bargaining_zone(1, 2).price_at(1.5)
    with pytest.raises(sc.ScenarioError, match="buyer's reservation price must be finite"):
        sc.bargaining_zone(1, float("nan"))


@pytest.mark.parametrize("side", ["buyer", "seller"])
def test_at_the_reservation_price_a_party_stands_as_with_its_best_alternative(side):
    """Worth less price, or price plus worth: none of the alternatives is better."""
    prices, more = {"a": 10.0, "b": 14.0, "c": 9.0}, {"b": 6.0, "c": -3.0}
    found = sc.reservation_price(prices, more, side=side)
    way = -1 if side == "buyer" else 1
    stands = {name: way * price + more.get(name, 0) for name, price in prices.items()}
    assert way * found.price == max(stands.values()) == stands[found.alternative]


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({"prices": {}}, "at least one alternative"),
        ({"worth_more": {"bb": 1}}, "did you mean 'b'"),
        ({"prices": {"a": float("inf")}}, "'a' must be finite"),
        ({"side": "byer"}, "did you mean 'buyer'"),
    ],
)
def test_a_reservation_price_that_cannot_be_is_refused(how, told):
    """An error says what was given and what is allowed."""
    with pytest.raises(sc.ScenarioError, match=told):
        sc.reservation_price(**({"prices": {"a": 1.0, "b": 2.0}} | how))
