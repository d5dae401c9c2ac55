"""A target that changes move, and a fee on the cost that is compared with it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import worlds

from scenarios.clauses.target_cost_share import ShareRange, TargetCostShare
from scenarios.deal import Deal
from scenarios.pricing.hybrid import Hybrid
from scenarios.settling import settle
from scenarios.wording.sentence import sentence

HALF = {"target": 400_000.0, "ranges": (ShareRange(share=0.5),)}
CHANGES = {"costs": ("labour", "change requests")}


def shared(world, **told):
    """The provider's share, (months, paths)."""
    deal = Deal("D", Hybrid(base=40_000), (TargetCostShare(**HALF | told),))
    return settle(deal, world)["target cost share"].amounts["fee"]


def test_a_target_that_changes_move_is_compared_with_their_cost():
    """A change that lifts the target and costs nothing would be a gain for nothing."""
    with pytest.raises(ValueError, match="add change requests to costs"):
        TargetCostShare(**HALF, change_rate=80.0)


@given(worlds(), st.floats(1, 60), st.sampled_from(["contract", "contract year", "month"]))
def test_changes_at_the_cost_assessed_move_no_share(world, rate, settled):
    """Where a change costs what the target rose by, the share is that of the work without it."""
    world = replace(world, series={**world.series, "cost.changes": world["changes"] * rate})
    without = shared(world, costs=("labour",), settled=settled)
    moved = shared(world, **CHANGES, change_rate=rate, settled=settled)
    np.testing.assert_allclose(moved, without, rtol=1e-9, atol=1e-4)


@given(worlds(), st.floats(0, 0.5))
def test_a_fee_on_cost_is_a_fee_on_the_target_when_cost_is_on_it(world, fee):
    """Cost and target raised by the same fee are shared as much as without it, and that fee more;
    a fee on the cost alone never helps the provider.
    """
    plain = shared(world, target=400_000.0)
    both = shared(world, target=400_000.0 * (1 + fee), fee_percentage=fee)
    np.testing.assert_allclose(both, plain * (1 + fee), rtol=1e-9, atol=1e-4)
    assert (shared(world, fee_percentage=fee) <= plain + 1e-4).all()


def test_the_paper_names_the_fee_and_the_rate_of_changes():
    """Both only where they are agreed."""
    text = sentence(
        TargetCostShare(**HALF, **CHANGES, fee_percentage=0.08, change_rate=80.0), "GBP"
    )
    assert "from its open books, with a fee of 8 % on it, is compared" in text
    assert "and rises by 80.00 GBP for each hour of change requests." in text
    assert "open books, is compared" in sentence(TargetCostShare(**HALF))
