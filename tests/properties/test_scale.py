"""The size of the money, the grain of the tiers, and the kind of number change no answer."""

from typing import Any, get_args

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.pieces import rates
from tests.strategies import TERMS, deals, worlds

from scenarios.clauses import CLAUSES
from scenarios.deal import Deal
from scenarios.declared import Declared
from scenarios.ledger import BOOKS
from scenarios.pricing import PRICING
from scenarios.pricing.outcome import PerOutcome, Tier
from scenarios.promises import exact, exact_world
from scenarios.quantities import Quantity
from scenarios.settling import settle
from scenarios.world import World

tiers = TERMS["per_outcome"].tiers
MONEY_SERIES = (
    "loss",
    "market.",
    "cost.",
    "coordination.",
    "value",
    "consequence",
    "replacement.",
)


def units_of(annotation):
    """The units that stand anywhere in an annotation."""
    if isinstance(annotation, Quantity):
        return {annotation.unit}
    return set().union(*map(units_of, get_args(annotation)))


def is_money(field):
    """Whether a field's numbers are amounts of money, or money per something."""
    units = units_of(field.annotation).union(*map(units_of, field.metadata))
    return any(unit.startswith("money") for unit in units)


def times(declared: Declared, k: int) -> Any:
    """The same declaration with all its money times k."""
    changes = {}
    for name, field in type(declared).model_fields.items():
        value = getattr(declared, name)
        if is_money(field):
            changes[name] = scaled(value, k)
        elif isinstance(value, Declared):
            changes[name] = times(value, k)
        elif isinstance(value, tuple) and value and isinstance(value[0], Declared):
            changes[name] = tuple(times(member, k) for member in value)
    return declared.replace(**changes)


def scaled(value, k):
    if isinstance(value, dict):
        return {name: amount * k for name, amount in value.items()}
    if isinstance(value, tuple):
        return tuple(amount * k for amount in value)
    return None if value is None else value * k


def richer(world, k):
    """The same world with all its money times k."""
    series = {n: a * k if n.startswith(MONEY_SERIES) else a for n, a in world.series.items()}
    return World(series, world.paths, world.end, world.lower_is_better, world.month_hours)


@given(deals(), worlds(), st.sampled_from([2, 64]))
def test_all_money_times_k_gives_payments_times_k(deal, world, k):
    """In another currency the same contract owes the same; by powers of two bit for bit."""
    clauses = tuple(times(clause, k) for clause in deal.clauses)
    more = deal.replace(pricing=times(deal.pricing, k), clauses=clauses)
    ledger, plain = settle(more, richer(world, k)), settle(deal, world)
    for book in BOOKS:
        np.testing.assert_array_equal(ledger.total(book), plain.total(book) * k)


def test_every_amount_of_money_is_scaled():
    """No money field is missed: each clause but those of shares and names has one."""
    bare = {
        kind
        for kind, term in {**CLAUSES, **PRICING}.items()
        if not any(map(is_money, term.model_fields.values()))
    }
    assert bare == {
        "ai_pass_through",
        "automation_review",
        "award_term",
        "committed_productivity",
        "currency_adjustment",
        "disputed_amounts",
        "early_payment_discount",
        "escrow",
        "glide_path",
        "indexation",
        "interim_payment",
        "investment",
        "kpi_rebaselining",
        "kpi_review",
        "late_payment_interest",
        "milestone_payments",
        "most_favoured_customer",
        "payment_terms",
        "per_result",
        "price_review",
        "relationship_failure",
        "resolution_definition",
        "service_credits",
        "service_points",
        "termination_for_failure",
        "value_added_tax",
        "volume_bands",
    }


def fee(pricing, units):
    """The fee of a month with so many verified units."""
    world = World({"verified": np.array([[float(units)]])}, paths=1, end=1)
    return float(settle(Deal("Tiers", pricing), world).fee[0, 0])


@given(tiers(), st.floats(0, 15_000))
def test_graduated_tiers_are_continuous(given_tiers, units):
    """One unit more never costs more than the dearest price: no cliff at a tier's end."""
    pricing = PerOutcome(tiers=given_tiers)
    dearest = max(tier.price for tier in pricing.tiers)
    for at in (units, *(tier.up_to for tier in pricing.tiers[:-1])):
        step = fee(pricing, at + 1e-3) - fee(pricing, at)
        assert -1e-6 <= step <= dearest * 1e-3 + 1e-6


@given(tiers(), st.floats(0, 15_000), st.floats(0.01, 0.99), st.data())
def test_splitting_a_tier_at_an_equal_price_changes_nothing(given_tiers, units, at, data):
    """A tier cut in two tiers of its own price charges the same."""
    whole = PerOutcome(tiers=given_tiers)
    place = data.draw(st.integers(0, len(whole.tiers) - 1))
    low = whole.tiers[place - 1].up_to if place else 0
    cut = whole.tiers[place]
    limit = low + at * ((low + 5_000 if cut.up_to is None else cut.up_to) - low)
    assume(low < limit and (cut.up_to is None or limit < cut.up_to))
    pieces = (Tier(price=cut.price, up_to=limit), cut)
    split = whole.replace(tiers=(*whole.tiers[:place], *pieces, *whole.tiers[place + 1 :]))
    np.testing.assert_allclose(fee(split, units), fee(whole, units), rtol=1e-12, atol=1e-9)


@given(rates, st.floats(0, 15_000))
def test_a_single_tier_is_a_price(price, units):
    """One tier without an end charges what the flat price charges."""
    assert fee(PerOutcome(tiers=(Tier(price=price),)), units) == fee(PerOutcome(price=price), units)


@given(deals(), worlds())
def test_decimals_give_the_same_numbers(deal, world):
    """Settled in Decimal, as an invoice is, every book comes out the same to 1e-9 of the fees."""
    ledger, exactly = settle(deal, world), settle(exact(deal), exact_world(world))
    assert ledger.names == exactly.names
    for book in BOOKS:
        total = ledger.total(book)
        size = max(1.0, float(np.abs(total).sum()), float(np.abs(ledger.fee).sum()))
        np.testing.assert_allclose(
            exactly.total(book).astype(float), total, rtol=1e-9, atol=1e-12 * size
        )
