"""Nothing is created between the parties, and nothing gets lost."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.strategies import FEE_ONLY, clauses, deals, fitting, worlds

from scenarios.ledger import BOOKS
from scenarios.settling import settle


@given(deals(*FEE_ONLY), worlds())
def test_transfers_leave_the_joint_surplus_as_it_is(deal, world):
    """Whatever the buyer pays the provider gets: fee-only clauses move no other book."""
    plain = settle(deal.replace(clauses=()), world)
    ledger = settle(deal, world)
    for book in ("buyer_cost", "provider_cost", "benefit", "cash"):
        np.testing.assert_array_equal(ledger.total(book), plain.total(book))
    for line in list(ledger)[len(list(plain)) :]:
        assert line.name == "after the end" or set(line.amounts) == {"fee"}


@given(deals(), worlds())
def test_what_the_buyer_pays_is_what_the_provider_gets(deal, world):
    """Both parties' results add up to the joint surplus, in which the fee does not appear."""
    ledger = settle(deal, world)
    benefit, own, outlay = (ledger.total(b) for b in ("benefit", "buyer_cost", "provider_cost"))
    buyer, provider = benefit - ledger.fee - own, ledger.fee - outlay
    np.testing.assert_allclose(buyer + provider, benefit - own - outlay, rtol=0, atol=1e-6)


@given(deals(), worlds())
def test_lines_add_up_to_totals(deal, world):
    """The lines of a book sum to its total, each posted under a name of its own."""
    ledger = settle(deal, world)
    assert len(set(ledger.names)) == len(ledger.names)
    for book in BOOKS:
        lines = sum(line.amounts.get(book, 0) for line in ledger)
        np.testing.assert_allclose(lines + ledger.zeros(), ledger.total(book), rtol=1e-12, atol=0)


@given(st.data(), worlds(), st.integers(2, 4))
def test_repeated_lines_are_numbered(data, world, times):
    """A clause written several times has as many lines: the second is numbered 2."""
    deal = data.draw(deals(most=0))
    clause = fitting(data.draw(clauses()), deal.pricing)
    deal = deal.replace(clauses=(clause,) * times)
    names = [name for name in settle(deal, world).names if name.startswith(clause.label())]
    label = clause.label()
    assert names == [label, *(f"{label} {n}" for n in range(2, times + 1))]


@given(deals("holdback", "fee_cap", "indexation", must=("holdback",)), worlds())
def test_what_is_held_back_is_released_or_outstanding(deal, world):
    """Cash never runs ahead of fees, what is held is never negative, and no unit is lost."""
    ledger = settle(deal, world)
    shift = ledger.total("cash")
    held = -np.cumsum(shift, axis=0)
    size = 1 + np.abs(ledger.fee).sum(axis=0)
    if sum(clause.share for clause in deal.clauses if clause.keyword() == "holdback") <= 1:
        assert (held >= -1e-12 * size).all()
    np.testing.assert_allclose(shift.sum(axis=0) + ledger.outstanding, 0, atol=1e-6)
    np.testing.assert_allclose(ledger.cash, ledger.fee + shift, rtol=1e-12, atol=1e-6)


@given(deals(most=0, must=("holdback",)), worlds(), st.integers(1, 10))
def test_all_that_is_held_back_is_released_in_the_end(deal, world, end):
    """Where the months given reach past the last release, nothing is outstanding."""
    (holdback,) = deal.clauses
    ends = min(end, world.end, world.months)
    ledger = settle(deal.replace(months=ends), world)
    if world.months >= ends + holdback.months:
        size = 1 + np.abs(ledger.fee).sum(axis=0)
        assert (np.abs(ledger.outstanding) <= 1e-12 * size).all()
