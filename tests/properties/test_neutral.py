"""Numbers that say "nothing" change nothing, bit for bit."""

import numpy as np
import pytest
from hypothesis import given, settings
from tests.strategies import TERMS, deals, fitting, worlds

from scenarios.ledger import BOOKS
from scenarios.settling import settle
from scenarios.term import STAGES

NEUTRAL = [clause for told in TERMS.values() for clause in getattr(told, "NEUTRAL", [])]


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
