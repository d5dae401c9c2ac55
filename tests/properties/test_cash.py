"""Clauses on payment move when money is paid, and nothing else."""

import numpy as np
from hypothesis import assume, given
from tests.strategies import WRITTEN, deals, worlds

from scenarios.clauses import CLAUSES
from scenarios.settling import settle

CASH = [kind for kind in WRITTEN if CLAUSES[kind].stage == "cash"]
"""Clauses that shift when money is paid."""
EARNED = ("payment_terms", "holdback", "escrow", "milestone_payments")
"""Those that act on what would be paid, and under which nothing is paid before it is earned."""
LATER = 220
"""More months than three delays, one after the other."""


def longer(world):
    """The same world with months after the contract's end, enough for every delay."""
    return world.each(lambda array: np.concatenate([array, np.repeat(array[-1:], LATER, axis=0)]))


@given(deals(*CASH, most=2, must=("not_to_exceed",)), worlds())
def test_in_the_end_all_is_paid(deal, world):
    """With months enough after the contract, nothing is outstanding and no deposit is left."""
    ledger = settle(deal, longer(world))
    size = 1 + np.abs(ledger.fee).sum(axis=0)
    assert (np.abs(ledger.outstanding) <= 1e-9 * size).all()
    assert (np.abs(ledger.total("escrow").sum(axis=0)) <= 1e-9 * size).all()


@given(deals(*CASH, most=3), worlds())
def test_the_fee_stays_as_it_is(deal, world):
    """A clause on payment moves neither the fee nor either party's own outlays."""
    ledger, plain = settle(deal, world), settle(deal.replace(clauses=()), world)
    for book in ("fee", "buyer_cost", "provider_cost", "benefit"):
        np.testing.assert_array_equal(ledger.total(book), plain.total(book))


@given(deals(*EARNED, most=3), worlds())
def test_balances_are_never_negative(deal, world):
    """Where no fee is negative, nothing is paid before it is earned, no payment is negative, and no
    deposit is overdrawn.
    """
    ledger = settle(deal, world)
    assume((ledger.fee >= 0).all())  # what is at risk in a quarter may be more than its last fee
    slack = 1e-9 * (1 + np.abs(ledger.fee).sum())
    assert (ledger.cash >= -slack).all()
    assert (np.cumsum(-ledger.total("cash"), axis=0) >= -slack).all()
    assert (np.cumsum(ledger.total("escrow"), axis=0) >= -slack).all()


@given(deals(most=0, must=("gain_share", "holdback", "escrow")), worlds())
def test_nothing_is_held_or_deposited_of_a_refund(deal, world):
    """Where savings make the fee negative, neither balance goes below zero."""
    ledger = settle(deal, world)
    slack = 1e-9 * (1 + np.abs(ledger.fee).sum())
    for name in ("holdback", "escrow"):
        assert (np.cumsum(-ledger[name].amounts["cash"], axis=0) >= -slack).all()


@given(deals("holdback", "escrow", most=2, must=("escrow",)), worlds())
def test_escrow_leaves_the_buyer_s_payments_as_they_are(deal, world):
    """What the buyer pays in each month, deposits included, is what it pays without the escrow."""
    (place,) = [n for n, c in enumerate(deal.clauses) if c.keyword() == "escrow"][-1:]
    last = deal.replace(clauses=deal.clauses[: place + 1])
    with_it, without = settle(last, world), settle(last.without(place), world)
    slack = 1e-9 * (1 + np.abs(without.fee).sum())
    np.testing.assert_allclose(with_it.paid, without.paid, rtol=0, atol=slack)
