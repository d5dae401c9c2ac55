"""What a month owes depends on nothing that comes later, and on no other path."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.strategies import TERMS, WRITTEN, alike, clauses, deals, fitting, pricing, worlds

from scenarios.clauses import CLAUSES
from scenarios.clauses.volume_bands import VolumeBands
from scenarios.deal import Deal
from scenarios.pricing.fixed_price import FixedPrice
from scenarios.promises import check_clause, example_world
from scenarios.settling import settle
from scenarios.term import Clause

STOPPING = [kind for kind in WRITTEN if CLAUSES[kind].stops is not Clause.stops]
"""Clauses that can end the contract early."""


def stopping(*must):
    """Deals with any of the clauses that can end the contract early, and these others."""
    return st.sampled_from(STOPPING).flatmap(lambda kind: deals(must=(kind, *must)))


def last_active(ledger):
    """Each path's last month before the replacement's cost begins, (paths,)."""
    over = ledger["after the end"].amounts["buyer_cost"] > 0
    return np.where(over.any(axis=0), over.argmax(axis=0) - 1, ledger.months)


@given(deals(), worlds(), st.integers(1, 30))
def test_fewer_months_given_are_the_same_first_months(deal, world, months):
    """Settled on the first months only, a deal owes what it owes in them, stops included."""
    assume(months < world.months)
    assert not alike(settle(deal, world.head(months)), settle(deal, world), months)


@given(stopping(), worlds(), st.integers(1, 29), st.floats(0.1, 5))
def test_a_month_ignores_the_next(deal, world, month, shake):
    """Whatever happens from a month on changes no line of an earlier month."""
    assume(month < world.months)

    def later(array):
        other = array.copy()
        other[month:] *= shake
        return other

    assert not alike(settle(deal, world.each(later)), settle(deal, world), month)


@given(deals(), worlds(paths=3), st.integers(0, 2))
def test_a_path_settles_alone_as_it_does_among_others(deal, world, path):
    """One path taken out of the block owes the same, bit for bit."""

    def only(array):
        return array[:, path : path + 1].copy() if array.shape[1] > 1 else array.copy()

    alone = settle(deal, world.each(only, paths=1))
    among = settle(deal, world)
    for line in among:
        for book, amounts in line.amounts.items():
            column = np.broadcast_to(amounts, (world.months, 3))[:, path]
            if line.name not in alone.names:  # nobody stops on this path
                assert not column.any()
                continue
            np.testing.assert_array_equal(alone[line.name].amounts[book][:, 0], column)


@given(stopping(), worlds())
def test_a_stop_is_a_fixed_point(deal, world):
    """Settled again with the stop already known, nothing changes."""
    ledger = settle(deal, world)
    assume("after the end" in ledger.names)
    assert not alike(settle(deal, world.stopped(last_active(ledger))), ledger)


@given(stopping("holdback"), worlds())
def test_after_the_stop_only_what_survives(deal, world):
    """Past a path's last month every line is zero, unless its term survives."""
    ledger = settle(deal, world)
    assume("after the end" in ledger.names)
    over = world.month > last_active(ledger)
    survivors = {term.label() for term in deal.terms if term.survives} | {"after the end"}
    assert "holdback" in survivors
    for line in ledger:
        name = line.name.rstrip(" 0123456789")
        for amounts in line.amounts.values():
            assert name in survivors or not (amounts * over).any(), line.name


@given(st.data(), worlds())
def test_every_term_keeps_its_promises_anywhere(data, world):
    """Whatever its numbers and whatever the world, no term breaks a promise."""
    deal = data.draw(deals(most=2))
    term = fitting(data.draw(clauses() | pricing()), deal.pricing)
    assert check_clause(term, deal=deal, world=world) == []


@pytest.mark.parametrize("kind", ["relationship_failure", "provider_insolvency"])
def test_an_average_fee_below_zero_is_none_in_whole_decimals_too(kind):
    """Where credits exceed the fee, an average of what is left is none, exactly."""
    credited = VolumeBands(baseline=1e6, reduced=({"rate": 4.0, "down_to": 0.1},), deadband=0)
    deal = Deal("Credited", FixedPrice(price=10_043.0), [credited])
    for fields in TERMS[kind].EXAMPLES:
        term = CLAUSES[kind].model_validate(fields)
        assert check_clause(term, deal=deal, world=example_world(2, 1)) == []
