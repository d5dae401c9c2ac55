from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.deal import Deal
from scenarios.pricing.outcome import PerOutcome
from scenarios.promises import exact
from scenarios.rounding import RULES, Rounding
from scenarios.settling import settle
from scenarios.world import World

amounts = st.decimals(allow_nan=False, allow_infinity=False, places=5)


@pytest.mark.slow
def test_a_million_settled_amounts_with_every_tie_differ_nowhere_from_decimal():
    """Every half cent from 0 to 5,000 is due once, posted by the engine: no difference."""
    units = np.array([Decimal(number) / 100 for number in range(1_000_000)], dtype=object)
    world = World(
        {"verified": units.reshape(1_000, 1_000)},
        paths=1_000,
        end=1_000,
        zero=Decimal(0),
        happened=True,
    )
    fee = settle(exact(Deal("Halves", PerOutcome(price=0.5))), world).fee
    half, cent = Decimal("0.5"), Decimal("0.01")
    expected = [(half * unit).quantize(cent, rounding=ROUND_HALF_UP) for unit in units]
    assert (fee.ravel() == np.array(expected, dtype=object)).all()


def plainly(amount, rule):
    """The amount in whole cents by fractions alone: no decimal arithmetic."""
    cents = Fraction(amount) * 100
    whole, over = divmod(abs(cents), 1)
    up = {
        "half up": over >= Fraction(1, 2),
        "half down": over > Fraction(1, 2),
        "half even": over > Fraction(1, 2) or (over == Fraction(1, 2) and whole % 2 == 1),
        "down": False,
    }[rule]
    return (whole + up) * (1 if cents >= 0 else -1)


@given(amounts | st.integers(-10_000, 10_000).map(lambda n: Decimal(n) / 1000))
def test_every_rule_is_what_fractions_say(amount):
    """Whole cents by each rule equal an independent computation, for any size of amount."""
    for rule in RULES:
        assert Fraction(Rounding(rule=rule).one(amount)) * 100 == plainly(amount, rule)


def test_the_decimals_are_the_currencys():
    """A currency without cents rounds to whole units."""
    assert Rounding(decimals=0).one(Decimal("10.5")) == Decimal(11)
