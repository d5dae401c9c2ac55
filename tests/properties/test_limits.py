"""Caps cap, floors hold, credits stay within what is at risk."""

import numpy as np
from hypothesis import given
from tests.strategies import FEE_ONLY, deals, worlds

from scenarios.settling import settle

SLACK = 1e-9
"""Rounding allowed, as a share of all fees."""


def before(deal, world, kind):
    """The ledger up to the first clause of this kind, and that clause."""
    place = next(n for n, clause in enumerate(deal.clauses) if clause.keyword() == kind)
    return settle(deal.replace(clauses=deal.clauses[:place]), world), deal.clauses[place]


def after(deal, world, kind):
    """The ledger up to and with the first clause of this kind, that clause, and rounding."""
    place = next(n for n, clause in enumerate(deal.clauses) if clause.keyword() == kind)
    ledger = settle(deal.replace(clauses=deal.clauses[: place + 1]), world)
    return ledger, deal.clauses[place], SLACK * (1 + np.abs(ledger.fee).sum())


@given(deals(*FEE_ONLY, most=3, must=("fee_cap",)), worlds())
def test_a_capped_fee_is_never_above_its_cap(deal, world):
    """By month, by contract year and in all, at every month on the way."""
    ledger, cap, slack = after(deal, world, "fee_cap")
    for limit, every in ((cap.monthly, 1), (cap.annual, 12), (cap.total, None)):
        if limit is not None:
            assert (world.running(ledger.fee, every) <= limit + slack).all()
    unlimited, _ = before(deal, world, "fee_cap")
    cut = world.running(unlimited.fee - ledger.fee, None)
    assert (cut >= -slack).all()


@given(deals(*FEE_ONLY, most=3, must=("not_to_exceed",)), worlds())
def test_a_ceiling_is_never_exceeded(deal, world):
    """The cumulative fee stays at or below the ceiling in every month."""
    ledger, ceiling, slack = after(deal, world, "not_to_exceed")
    assert (world.running(ledger.fee) <= ceiling.amount + slack).all()


@given(deals("gain_share", "fee_cap", most=2, must=("fee_floor",)), worlds())
def test_a_floored_fee_is_never_below_its_floor(deal, world):
    """In every month that runs, and in proportion at the close of each contract year."""
    ledger, floor, slack = after(deal, world, "fee_floor")
    world = world.until(world.end if deal.months is None else deal.months)
    runs = np.broadcast_to(world.month < world.end, ledger.fee.shape)
    if floor.monthly is not None:
        assert (ledger.fee[runs] >= floor.monthly - slack).all()
    if floor.annual is not None:
        lacking = floor.annual * world.elapsed(12) / 12 - world.running(ledger.fee, 12)
        assert (lacking[world.closes(12)[:, 0]] <= slack).all()


@given(deals("gain_share", "fee_cap", most=2, must=("fee_collar",)), worlds())
def test_a_collared_fee_stays_between_its_limits(deal, world):
    """Never above the upper one on the way, and at each close at least the lower, in proportion."""
    ledger, collar, slack = after(deal, world, "fee_collar")
    world = world.until(world.end if deal.months is None else deal.months)
    every = {"month": 1, "contract year": 12, "contract": world.end}[collar.per]
    fee = world.running(ledger.fee, every)
    assert (fee <= collar.high + slack).all()
    lacking = collar.low * world.elapsed(every) / every - fee
    assert (lacking[world.closes(every)[:, 0]] <= slack).all()


@given(deals("coordination", "investment", most=1, must=("minimum_commitment",)), worlds())
def test_a_full_minimum_commitment_is_reached_at_each_close(deal, world):
    """Where the whole shortfall is paid, a contract year's charges are at least its minimum."""
    full = tuple(
        clause.replace(
            share=1, annual=300_000, total=None, relief=None, baseline_units=None, surplus_years=0
        )
        if clause.keyword() == "minimum_commitment"
        else clause
        for clause in deal.clauses
    )
    ledger, _, slack = after(deal.replace(clauses=full), world, "minimum_commitment")
    world = world.until(world.end if deal.months is None else deal.months)
    lacking = 300_000 * world.elapsed(12) / 12 - world.running(ledger.fee, 12)
    assert (lacking[world.closes(12)[:, 0]] <= slack).all()


@given(deals("coordination", "indexation", most=2, must=("service_credits",)), worlds())
def test_credits_never_exceed_the_amount_at_risk(deal, world):
    """By measuring period, or cumulated within the contract year, or both; and no more is ever
    earned back than was credited: without earn-back in cash no month's credits are negative.
    """
    ledger, clause = before(deal, world, "service_credits")
    whole, _, slack = after(deal, world, "service_credits")
    given_back = -whole["service credits"].amounts["fee"]
    every = 12 if clause.cap_per == "contract year" else clause.measured_every
    at_risk = world.running(ledger.fee * clause.at_risk, every)
    if clause.earn_back is None or clause.earn_back.paid_as == "bank":
        assert (given_back >= -slack).all()
    assert (world.running(given_back) >= -slack).all()
    assert (world.running(given_back, every) <= at_risk + slack).all()
    if clause.annual_at_risk is not None:
        of_the_year = world.running(np.maximum(ledger.fee, 0) * clause.annual_at_risk, 12)
        assert (world.running(given_back, 12) <= of_the_year + slack).all()


@given(deals("coordination", most=1, must=("gain_share",)), worlds())
def test_a_gain_share_never_raises_the_fee(deal, world):
    """Only gains are shared: no saving, no transfer."""
    ledger, _, _ = after(deal, world, "gain_share")
    assert (ledger["gain share"].amounts["fee"] <= 0).all()
