"""What the steps of an indexation promise, and what it refuses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import worlds

from scenarios.clauses.indexation import Indexation
from scenarios.deal import Deal
from scenarios.pricing.hourly import Hourly
from scenarios.promises import example_world
from scenarios.settling import settle
from scenarios.wording.sentence import sentence


def price(clause, world, rate=20.0):
    """The agent's price in force, (months, paths)."""
    ledger = settle(Deal("Prices", Hourly(rate=rate), (clause,)), world)
    return np.broadcast_to(ledger.prices["agent"], (world.months, world.paths))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"counted_from": 13, "agreed_at": 1.0}, "counted_from and agreed_at both say"),
        ({"first_month": 1}, "first step in contract month 1 needs an older index"),
        ({"counted_from": 13}, "first step in contract month 13 needs an older index"),
        ({"first_month": 6, "counted_from": 6}, "first step in contract month 6 needs an older"),
    ],
)
def test_a_first_step_needs_an_older_index(fields, words):
    """A first step that could measure no change, or two starting points, are refused."""
    with pytest.raises(ValueError, match=words):
        Indexation(index="wages", **fields)


@given(worlds(), st.sampled_from([1, 3, 6]))
def test_by_step_without_limits_is_base_fixed(world, every):
    """Where nothing is cut off, the steps add up to the change since the start."""
    told = {"index": "wages", "every": every, "share": 0.7, "plus": 0.001}
    by_step, plain = (
        price(Indexation(**told, method=method), world)
        for method in ("base-fixed by step", "base-fixed")
    )
    np.testing.assert_allclose(by_step, plain, rtol=1e-12)


@given(worlds(), st.floats(0, 0.05))
def test_no_step_exceeds_its_cap_and_the_bank_ends_at_the_index(world, cap):
    """By step, no step adds more than the cap of the first price; what is banked is no more than
    what brings the price to its index.
    """
    told = {"index": "wages", "every": 1, "method": "base-fixed by step"}
    banked = Indexation(**told, cap=cap, excess="carried forward")
    prices, level = price(banked, world), world["index.wages"]
    assert (np.diff(prices, axis=0) <= 20 * cap + 1e-9).all()
    assert (prices <= 20 * level / level[0] + 1e-9).all()
    free = price(Indexation(**told, cap=10.0, excess="carried forward"), world)
    np.testing.assert_allclose(free, 20 * level / level[0] + 0 * free, rtol=1e-12)


@given(worlds(), st.sampled_from([0, 2]), st.sampled_from(["chained", "base-fixed"]))
def test_an_indexed_price_has_whole_cents(world, decimals, method):
    """In each month of a step and after it."""
    told = {"index": "wages", "every": 2, "first_month": 2, "method": method}
    prices = price(Indexation(**told, price_decimals=decimals), world, rate=21.37)[1:]
    np.testing.assert_allclose(prices, np.round(prices, decimals), rtol=1e-12)


def test_nothing_is_paid_for_a_price_of_nothing():
    """A price of 0 stays 0, rounded or not."""
    world = example_world()
    told = {"index": "wages", "every": 2, "price_decimals": 2}
    assert not price(Indexation(**told), world, rate=0.0).any()


def test_the_paper_says_when_the_first_step_is_and_what_it_counts_from():
    """And which cents a price is rounded to, 0 decimals included."""
    told = {"first_month": 25, "counted_from": 13, "price_decimals": 0}
    text = sentence(Indexation(index="cpi", method="base-fixed by step", **told))
    assert "The first step is in contract month 25." in text
    assert "stand for the index of contract month 13." in text
    assert "first contract month" not in text
    assert "rounded to 0 decimals of the currency" in text
