"""Ceilings, collars, commitments and bands: notices, sibling clauses and refused contradictions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.strategies import TERMS, deals, worlds

from scenarios.clauses.fee_cap import FeeCap
from scenarios.clauses.fee_collar import FeeCollar
from scenarios.clauses.fee_floor import FeeFloor
from scenarios.clauses.gain_share import GainShare
from scenarios.clauses.minimum_commitment import MinimumCommitment
from scenarios.clauses.not_to_exceed import NotToExceed
from scenarios.clauses.volume_bands import VolumeBands
from scenarios.deal import Deal
from scenarios.pricing.hourly import Hourly
from scenarios.settling import settle
from scenarios.world import World


def notices(ceiling, fees):
    """The months in which a notice is due."""
    hours = np.array(fees, float)[:, None]
    world = World({"hours.agent": hours}, paths=1, end=len(fees))
    due = ceiling.notices(world, settle(Deal("Bill", Hourly(rate=1)), world))
    return None if due is None else np.flatnonzero(due[:, 0]).tolist()


def test_a_notice_is_due_once_when_the_fee_first_passes_its_share():
    """85 of 100 reached is not passed; a credit that takes it below makes no second notice."""
    assert notices(NotToExceed(amount=100), [50, 35, 5, 20, 0]) == [2]
    assert notices(NotToExceed(amount=100), [90, -30, 35, 20]) == [0]
    assert notices(NotToExceed(amount=100, notice=0.5), [30, 30]) == [1]
    assert notices(NotToExceed(amount=100), [10, 10]) == []
    assert notices(NotToExceed(amount=100, notice=0), [90, 90]) is None


@given(deals("service_credits", "investment", most=2), worlds(), TERMS["fee_collar"].DRAWN)
def test_a_collar_is_a_cap_and_then_a_floor(deal, world, collar):
    """In one clause or in two, the fee is the same."""
    field = {"month": "monthly", "contract year": "annual", "contract": "total"}[collar.per]
    both = (FeeCap(**{field: collar.high}), FeeFloor(**{field: collar.low}))
    in_one = settle(deal.replace(clauses=(*deal.clauses, collar)), world)
    in_two = settle(deal.replace(clauses=(*deal.clauses, *both)), world)
    np.testing.assert_allclose(in_one.fee, in_two.fee, rtol=1e-12, atol=1e-6)


@given(TERMS["volume_bands"].DRAWN, st.floats(0, 20_000), st.floats(0, 20_000))
def test_more_units_never_cost_less(bands, one, other):
    """By either convention, and within the deadband nothing changes."""
    fewer, more = sorted((one, other))
    charges = [charge(bands, units) for units in (fewer, more)]
    assert charges[0] <= charges[1] + 1e-6
    assert charge(bands, first(bands.baseline)) == 0


def first(baseline):
    """The baseline of the first contract year."""
    return baseline[0] if isinstance(baseline, tuple) else baseline


def charge(bands, units):
    """What a month with so many units adds to the fee."""
    counted = np.array([[float(units)]])
    world = World({bands.counts: counted, "hours.agent": counted}, paths=1, end=1)
    bands = bands.replace(follows=None)
    return float(settle(Deal("Bands", Hourly(rate=0), (bands,)), world).fee[0, 0])


BAND = {"baseline": 1_000, "additional": [{"rate": 35}]}


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        (FeeCollar, {"low": 2, "high": 1}, r"low \(2\) must not be above high \(1\)"),
        (FeeCap, {}, "needs monthly, annual or total"),
        (FeeFloor, {}, "needs monthly, annual or total"),
        (MinimumCommitment, {}, "either annual or total"),
        (MinimumCommitment, {"annual": 1, "total": 1}, "either annual or total"),
        (MinimumCommitment, {"total": 1, "make_up_years": 1}, "no contract years to carry"),
        (MinimumCommitment, {"total": 1, "surplus_years": 1}, "no contract years to carry"),
        (MinimumCommitment, {"annual": 1, "relief": 0.1}, "give both or neither"),
        (MinimumCommitment, {"annual": 1, "relief": 0.1, "baseline_units": 0}, "above 0"),
        (GainShare, {"buyer_share": 0.5, "baseline": 1}, "a rate is needed"),
        (
            GainShare,
            {"buyer_share": [0.5, 1], "baseline": 1, "rate": 1, "settled": "contract"},
            "give one buyer_share",
        ),
        (VolumeBands, {"baseline": 1_000}, "at least one band"),
        (VolumeBands, BAND | {"reduction_factor": 0.5}, "belongs to the convention"),
        (
            VolumeBands,
            BAND | {"additional": [{"up_to": 1.1, "rate": 35}]},
            "must rise from 1.1 times the baseline",
        ),
        (
            VolumeBands,
            BAND | {"additional": [{"rate": 35}, {"rate": 30}]},
            "only the last may have none",
        ),
        (
            VolumeBands,
            BAND | {"reduced": [{"rate": 35}, {"down_to": 0.5, "rate": 30}]},
            "must fall from 0.9 of the baseline",
        ),
    ],
)
def test_numbers_that_contradict_each_other_are_refused(kind, fields, words):
    """The words say what was given, what is allowed or what to do."""
    with pytest.raises(ValidationError, match=words):
        kind.model_validate(fields)
