"""Numbers that say "nothing" change nothing, bit for bit."""

import numpy as np
import pytest
from hypothesis import given, settings
from tests.strategies import deals, fitting, worlds

from scenarios.clauses import (
    CommittedProductivity,
    Coordination,
    FeeCap,
    FeeFloor,
    GainShare,
    Holdback,
    Indexation,
    Investment,
    MinimumCommitment,
    NotToExceed,
    ServiceCredits,
)
from scenarios.deal import settle
from scenarios.ledger import BOOKS
from scenarios.term import STAGES

WEIGHTS = {"csat": 0.5, "answer_hours": 0.5}
HUGE = 1e300
NEUTRAL = [
    CommittedProductivity(annual=0),
    CommittedProductivity(annual=0, on="hours"),
    Coordination(buyer=0),
    FeeCap(monthly=HUGE, annual=HUGE, total=HUGE),
    FeeFloor(monthly=0, annual=0),
    GainShare(buyer_share=0, baseline=50_000, rate=20),
    GainShare(buyer_share=1, baseline=0, rate=20),
    Holdback(share=0, months=3),
    Holdback(share=0.1, months=0),
    Indexation(index="wages", share=0),
    Indexation(index="wages", floor=0, cap=0),
    Indexation(index="wages", every=600),
    Investment(buyer_share=0),
    MinimumCommitment(annual=0),
    MinimumCommitment(annual=500_000, share=0),
    NotToExceed(amount=HUGE),
    NotToExceed(amount=HUGE, then="stop work"),
    ServiceCredits(at_risk=0, weights=WEIGHTS),
    ServiceCredits(at_risk=0.1, weights={}),
    ServiceCredits(at_risk=0.1, weights=WEIGHTS, pool=0, cap_per="contract year"),
]


@pytest.mark.parametrize("clause", NEUTRAL, ids=repr)
@settings(max_examples=15)
@given(deal=deals(most=3), world=worlds())
def test_a_neutral_clause_changes_nothing(clause, deal, world):
    """Put first in its stage, where fees are not negative, it leaves every book as it was."""
    clause = fitting(clause, deal.pricing)
    stage = STAGES.index(clause.stage)
    before = sum(STAGES.index(other.stage) < stage for other in deal.clauses)
    clauses = (*deal.clauses[:before], clause, *deal.clauses[before:])
    ledger, plain = settle(deal.replace(clauses=clauses), world), settle(deal, world)
    for book in BOOKS:
        np.testing.assert_array_equal(ledger.total(book), plain.total(book))
    assert not any(amounts.any() for amounts in ledger[clause.label()].amounts.values())
