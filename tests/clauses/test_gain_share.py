"""Shares of a saving that are counted from its own start."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import worlds

from scenarios.clauses.gain_share import GainShare
from scenarios.deal import Deal
from scenarios.pricing.hybrid import Hybrid
from scenarios.settling import settle
from scenarios.wording.sentence import sentence

TOLD = {"baseline": 60_000.0, "rate": 22.0}
OF_EACH = {"shares_by": "year of each saving"}


def shared(world, **told):
    """What the fee falls by, (months, paths)."""
    deal = Deal("D", Hybrid(base=50_000), (GainShare(**TOLD, **told),))
    return -settle(deal, world)["gain share"].amounts["fee"]


@pytest.mark.parametrize(
    "fields", [{"settled": "contract year"}, {"recovered_first": "by the buyer"}]
)
def test_shares_of_each_saving_are_settled_by_month(fields):
    """Netted over months, or after an investment, a saving has no start of its own."""
    with pytest.raises(ValueError, match="by the year of each saving are settled by month"):
        GainShare(**TOLD, **OF_EACH, **fields, buyer_share=(0.5, 1))


@given(worlds(), st.floats(0, 1))
def test_one_share_is_the_same_however_years_are_counted(world, share):
    """Where the share never changes, no age matters, bit for bit."""
    np.testing.assert_array_equal(
        shared(world, buyer_share=share, **OF_EACH), shared(world, buyer_share=share)
    )


@given(worlds())
def test_no_saving_is_older_than_the_contract(world):
    """With a share that rises by the year, a saving's own years are never ahead of the contract's;
    between the first share and the last, and alike in the first twelve months.
    """
    by_saving, by_contract = (
        shared(world, buyer_share=(0.25, 0.5, 1), **more) for more in (OF_EACH, {})
    )
    whole = shared(world, buyer_share=1)
    slack = 1e-9 * (1 + whole)
    assert (by_saving <= by_contract + slack).all()
    assert (by_saving >= 0.25 * whole - slack).all()
    np.testing.assert_array_equal(by_saving[:12], by_contract[:12])


def test_the_paper_says_whose_years_are_counted():
    """Only where they are those of each saving."""
    text = sentence(GainShare(**TOLD, **OF_EACH, buyer_share=(0.5, 1)))
    assert "counted for each saving by itself, from the month in which it is first" in text
    assert "first reached" not in sentence(GainShare(**TOLD, buyer_share=(0.5, 1)))
