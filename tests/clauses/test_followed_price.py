"""Rates that follow a price of the pricing model."""

import numpy as np
import pytest

from scenarios.clauses.change_requests import ChangeRequests
from scenarios.clauses.exit_assistance import ExitAssistance
from scenarios.clauses.indexation import Indexation
from scenarios.clauses.volume_bands import AdditionalBand, VolumeBands
from scenarios.deal import Deal
from scenarios.errors import SettlementError
from scenarios.pricing.hourly import Hourly
from scenarios.pricing.outcome import PerOutcome
from scenarios.promises import example_world
from scenarios.settling import settle
from scenarios.wording.sentence import sentence

FOLLOWERS = [
    ChangeRequests(rate=80),
    ExitAssistance(months=3, hours=100, rate=60),
    VolumeBands(baseline=9_000, additional=(AdditionalBand(rate=3),)),
]
NAMES = [type(clause).__name__ for clause in FOLLOWERS]


def line(clause, *before):
    """What the clause adds to the fee, after other clauses, in a contract of twelve months."""
    world = example_world()
    deal = Deal("D", Hourly(rate=20), (*before, clause), months=12)
    return settle(deal, world)[clause.label()].amounts["fee"]


@pytest.mark.parametrize("clause", FOLLOWERS, ids=NAMES)
def test_a_rate_follows_what_indexation_makes_of_a_price(clause):
    """Month by month its line is that of the fixed rate, times what the price has become."""
    indexed = Indexation(index="wages", every=4)
    world = example_world()
    prices = settle(Deal("D", Hourly(rate=20), (indexed,)), world).prices["agent"]
    fixed, follows = line(clause, indexed), line(clause.replace(follows="agent"), indexed)
    np.testing.assert_allclose(follows, fixed * prices / 20, rtol=1e-12)
    assert (follows != fixed).any()


@pytest.mark.parametrize("clause", FOLLOWERS, ids=NAMES)
def test_a_price_that_stays_moves_no_rate(clause):
    """Without a revision the rate is the fixed one, bit for bit."""
    np.testing.assert_array_equal(line(clause.replace(follows="agent")), line(clause))


def test_a_price_followed_is_one_that_is_charged():
    """An unknown price, or one that starts at nothing, says so."""
    world, clause = example_world(), ChangeRequests(rate=80, follows="unit")
    with pytest.raises(SettlementError, match="no price named unit; the prices are agent, lead"):
        settle(Deal("D", Hourly(rate=20), (clause,)), world)
    with pytest.raises(SettlementError, match="the price unit is 0 in the first month"):
        settle(Deal("D", PerOutcome(price=(0, 5)), (clause,)), world)


@pytest.mark.parametrize("clause", FOLLOWERS, ids=NAMES)
def test_the_paper_says_which_price_is_followed(clause):
    """Only where one is."""
    assert "the price of agent" in sentence(clause.replace(follows="agent"))
    assert "follow" not in sentence(clause)
