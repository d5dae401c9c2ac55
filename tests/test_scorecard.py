from decimal import Decimal

import numpy as np
import pytest

from scenarios.scorecard import BEYOND, Scorecard
from scenarios.world import World, rounded


@pytest.mark.parametrize("number", [float, Decimal])
def test_no_defects_at_all_is_as_good_as_it_gets(number):
    """Where less is better, nothing left reaches any target; nothing asked for is reached by it."""
    actual = np.array([[number(0)], [number(20)]])
    world = World(
        {"reported.defects": actual}, paths=1, end=2, lower_is_better=frozenset({"defects"})
    )
    card = Scorecard(targets={"defects": np.array([[number(10)]])})
    assert card.attainment(world, "defects").ravel().tolist() == [BEYOND, number(1) / 2]
    card = Scorecard(targets={"defects": np.array([[number(0)]])})
    assert card.attainment(world, "defects").ravel().tolist() == [1, 0]


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [(4.015, 2, 4.02), (4.025, 2, 4.02), (0.0035, 3, 0.004), (0.0025, 3, 0.002), (98.95, 1, 99.0)],
)
def test_floats_round_as_decimals_do(value, decimals, expected):
    """A tie as a person writes it goes to the even neighbour, whatever its binary fraction is."""
    assert rounded(np.array([value]), decimals)[0] == expected
    exactly = rounded(np.array([Decimal(repr(value))], dtype=object), decimals)[0]
    assert exactly == Decimal(repr(expected))
