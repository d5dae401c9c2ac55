"""How a KPI that is read over several months is averaged, and that the paper says so."""

import numpy as np
import pytest
from tests.pieces import WEIGHTS

from scenarios.clauses.kpi_bonus import KpiBonus
from scenarios.clauses.payout import PayoutCurve
from scenarios.clauses.service_credits import ServiceCredits
from scenarios.deal import Deal, Definition
from scenarios.pricing.hybrid import Hybrid
from scenarios.pricing.per_result import PerResult, Result
from scenarios.promises import exact, exact_world, example_world
from scenarios.settling import settle
from scenarios.wording.term_sheet import term_sheet

BY_MONTH = {kpi: Definition(averaged="by month") for kpi in WEIGHTS}
BY_UNITS = {kpi: Definition(averaged="by completed units") for kpi in WEIGHTS}
CREDITS = ServiceCredits(at_risk=0.1, weights=WEIGHTS, measured_every=3)
CURVE = PayoutCurve(threshold=0.9, at_threshold=0.2, stretch=1.1, at_stretch=2)
BONUS = KpiBonus(weights=WEIGHTS, curves=(CURVE,), pool=100, measured_every=6)


def deal(**options):
    """Two clauses that read the KPIs over a quarter and half a year."""
    targets = {"csat": 4.3, "answer_hours": 7.0}
    return Deal("Averages", Hybrid(base=1_000), (CREDITS, BONUS), targets=targets, **options)


def uneven(world, months):
    """The world with units completed in these months of every quarter only."""
    units = np.where(np.isin(world.month % 3, months), 100.0, 0.0)
    series = {**world.series, "completed": units}
    for name in ("reported.csat", "reported.answer_hours"):
        series[name] = world[name] * np.ones((1, world.paths))
    return type(world)(
        series=series, paths=world.paths, end=world.end, lower_is_better=world.lower_is_better
    )


@pytest.mark.parametrize("months", [(0,), (1, 2)])
def test_by_month_the_units_completed_make_no_difference(months):
    """What a deal owes by simple means is the same whenever units were completed; weighted it is
    not.
    """
    world = example_world()
    plain, weighted = deal(definitions=BY_MONTH), deal(definitions=BY_UNITS)
    for one, alike in ((plain, True), (weighted, False)):
        fees = settle(one, world).fee, settle(one, uneven(world, months)).fee
        assert np.array_equal(*fees) is alike


def test_the_default_is_by_completed_units():
    """Left out, it is as if it had been written."""
    world = example_world()
    fees = [settle(one, world).fee for one in (deal(), deal(definitions=BY_UNITS))]
    np.testing.assert_array_equal(*fees)
    assert not np.array_equal(fees[0], settle(deal(definitions=BY_MONTH), world).fee)


def test_decimals_agree_with_floats():
    """The simple mean of decimals is the simple mean of floats."""
    one, world = deal(definitions=BY_MONTH), example_world()
    exactly = settle(exact(one), exact_world(world)).fee.astype(float)
    np.testing.assert_allclose(settle(one, world).fee, exactly, rtol=1e-9)


def test_two_deals_in_one_world_do_not_share_an_average():
    """The averages that a world keeps are kept by how they are formed."""
    world = example_world()
    first = settle(deal(), world).fee
    settle(deal(definitions=BY_MONTH), world)
    np.testing.assert_array_equal(settle(deal(), world).fee, first)


def test_a_pricing_model_reads_the_same_average():
    """A result that a KPI reaches is read as the contract defines the KPI."""
    result = Result(name="better", amount=10, kpi="csat", level=4.35)
    pricing = PerResult(results=(result,), measured_every=3)
    units = uneven(example_world(), (2,))
    paid = [
        settle(Deal("Result", pricing, definitions=given), units).fee
        for given in ({}, {"csat": Definition(averaged="by month")})
    ]
    assert not np.array_equal(*paid)


def test_the_paper_says_how_a_kpi_is_averaged():
    """Weighted as ever, and of which KPIs it is the simple mean; each definition says it too."""
    told = term_sheet(deal()).markdown()
    assert "over several months is their average, weighted by completed units." in told
    one = {"answer_hours": Definition(averaged="by month", means="hours to an answer")}
    told = term_sheet(deal(definitions=one)).markdown()
    assert "completed units, but of answer hours the simple mean of the months." in told
    assert "hours to an answer; over several months the simple mean of the months" in told
