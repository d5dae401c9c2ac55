"""What clauses on KPIs and resolutions refuse, and what they promise whatever their numbers."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from tests.pieces import WEIGHTS, shares
from tests.strategies import PRICED, WRITTEN, worlds

from scenarios.clauses.audit_clawback import AuditClawback
from scenarios.clauses.credit_account import EarnBack
from scenarios.clauses.kpi_bonus import KpiBonus
from scenarios.clauses.kpi_rebaselining import KpiRebaselining
from scenarios.clauses.kpi_review import KpiReview
from scenarios.clauses.resolution_definition import ResolutionDefinition
from scenarios.clauses.service_credits import ServiceCredits
from scenarios.clauses.service_points import ServicePoints
from scenarios.clauses.termination_for_failure import TerminationForFailure
from scenarios.deal import Deal
from scenarios.errors import SettlementError
from scenarios.pricing.glide_path import GlidePath
from scenarios.pricing.hourly import Hourly
from scenarios.pricing.hybrid import Hybrid
from scenarios.pricing.outcome import PerOutcome
from scenarios.promises import exact, exact_world, example_world
from scenarios.settling import settle
from scenarios.world import World

TARGETS = {"csat": 4.3, "answer_hours": 7.0}
CREDITS = {"at_risk": 0.1, "weights": WEIGHTS}
CURVE = {"threshold": 0.8, "at_threshold": 0.5}
BONUS = {"weights": WEIGHTS, "pool": 100.0}
TABLE = [{"points": 4, "share": 0.02}]
DRIVER = {"kpis": ["csat"], "driver": "demand", "trigger": 0.1}


def csat(*levels):
    """Levels of failure of csat, each (level, times)."""
    return [{"kpi": "csat", "worse_than": level, "times": times} for level, times in levels]


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        (ServiceCredits, {**CREDITS, "levels": csat((4, 2), (4.2, 3), (4.1, 4))}, "mild to severe"),
        (ServiceCredits, {**CREDITS, "levels": csat((4.2, 3), (4, 2))}, "must not count less"),
        (ServiceCredits, {**CREDITS, "annual_at_risk": 0.1}, "is never reached"),
        (
            ServiceCredits,
            {**CREDITS, "annual_at_risk": 0.05, "cap_per": "contract year"},
            "at_risk is that cap already",
        ),
        (EarnBack, {"share": 1, "after": 3, "bank_expires": 6}, "cash does not lapse"),
        (ServicePoints, {"points": {"csat": 1}, "table": TABLE * 2}, "must rise from step to step"),
        (
            ServicePoints,
            {"points": {"csat": 1}, "table": TABLE, "ratchet": [{"above": 9, "times": 1.2}] * 2},
            "bands must rise from one to the next",
        ),
        (
            ServicePoints,
            {"points": {"csat": 1}, "table": TABLE, "measured_every": 6, "added_up_over": 3},
            "added up over 3 months but KPIs are read every 6",
        ),
        (
            ServicePoints,
            {"points": {"wait": 1}, "table": TABLE, "levels": csat((4.2, 2))},
            "no KPI with levels named 'csat'",
        ),
        (KpiBonus, {**BONUS, "curves": [CURVE], "weights": {"csat": 0.6}}, "weights sum to 0.6"),
        (KpiBonus, {**BONUS, "curves": [CURVE], "pool_share": 0.1}, "either pool or pool_share"),
        (KpiBonus, {**BONUS, "curves": [CURVE, CURVE]}, "two curves for the same KPI"),
        (KpiBonus, {**BONUS, "curves": [{**CURVE, "kpi": "csat"}]}, "no payout curve for a KPI"),
        (KpiBonus, {**BONUS, "curves": [{**CURVE, "stretch": 1.2}]}, "give both or neither"),
        (
            KpiBonus,
            {**BONUS, "curves": [{**CURVE, "stretch": 1, "at_stretch": 2}]},
            "stretch is 1, which is the target itself",
        ),
        (
            KpiBonus,
            {**BONUS, "curves": [CURVE], "table": [{"score": 0.9}, {"score": 0.6}]},
            "scores must rise",
        ),
        (TerminationForFailure, {}, "says no failure"),
        (TerminationForFailure, {"kpis": ["csat"], "misses": 3}, "give all three or none"),
        (
            TerminationForFailure,
            {"kpis": ["csat"], "misses": 5, "within": 3},
            "5 misses cannot be in 3 readings",
        ),
        (TerminationForFailure, {"credits_above": 0.5}, "needs at_risk"),
        (
            TerminationForFailure,
            {"critical": ["csat"], "measured_every": 3, "cure": 2},
            "no reading every 3 months",
        ),
        (KpiRebaselining, {**DRIVER, "over": 13}, "average over 13 months is not there after 12"),
        (KpiReview, {"from_month": 3}, "needs new weights or new targets"),
    ],
)
def test_a_contradiction_is_said_in_words(kind, fields, words):
    """A clause whose numbers contradict each other says which, and what to write."""
    with pytest.raises(ValueError, match=words):
        kind.model_validate(fields)


@pytest.mark.parametrize(
    ("pricing", "clause", "words"),
    [
        (
            Hourly(rate=20),
            ServiceCredits(**CREDITS, levels=csat((4.1, 2), (4.2, 3))),
            "of csat more is better, so its levels must fall",
        ),
        (
            Hourly(rate=20),
            ServiceCredits(**CREDITS, earn_back=EarnBack(share=1, after=1, critical=("cast",))),
            "no critical KPI named 'cast'",
        ),
        (Hourly(rate=20), ResolutionDefinition(duplicates=0.1), "no units are billed here"),
        (
            PerOutcome(price=5),
            ResolutionDefinition(reopened_within=1),
            "counts verified units, .* write counted: verified",
        ),
        (
            GlidePath(
                start=PerOutcome(price=5), end=PerOutcome(price=4, counts="claimed"), weights=(0.5,)
            ),
            ResolutionDefinition(counted="verified"),
            "counts claimed units, .* both models of a glide path must count the same units",
        ),
        (Hourly(rate=20), AuditClawback(tolerance=0), "give this clause a price"),
        (Hourly(rate=20), KpiReview(from_month=2, weights={"wait": 1.0}), "'wait'"),
        (Hourly(rate=20), KpiRebaselining(**{**DRIVER, "kpis": ("wait",)}), "'wait'"),
    ],
)
def test_a_clause_that_does_not_fit_says_what_it_needs(pricing, clause, words):
    """What shows only beside the pricing model and the world is an error that says what to do."""
    with pytest.raises(SettlementError, match=words):
        settle(Deal("Wrong", pricing, (clause,), targets=TARGETS), example_world())


@pytest.mark.parametrize("elasticity", [0.5, -0.7, -1.0, 2.0])
@pytest.mark.parametrize("reference", [None, 2.0])
def test_without_a_driver_to_compare_targets_stay(elasticity, reference):
    """Where the driver or its reference is 0, no power of their ratio is taken; in decimals too."""
    demand = np.array([0.0, 0, 4, 9, 0, 0])[:, None]
    world = World(series={"demand": demand}, paths=1, end=6)
    fields = {**DRIVER, "elasticity": elasticity, "reference": reference}
    clause = KpiRebaselining(**fields, over=1, every=1)
    deal = Deal("Powers", Hybrid(base=100), (clause,), targets={"csat": 8})
    expected = np.full(6, 8.0)
    if reference is not None:
        expected[3:5] = 8 * np.array([2.0, 4.5]) ** elasticity
    for ledger in (settle(deal, world), settle(exact(deal), exact_world(world))):
        np.testing.assert_allclose(ledger.targets["csat"][:, 0].astype(float), expected, rtol=1e-12)


def test_a_review_cannot_scale_a_target_of_zero():
    """No factor makes another target of 0: the message says where to write it instead."""
    review = KpiReview(from_month=2, targets={"csat": 4.0})
    deal = Deal("Zero", Hourly(rate=20), (review,), targets={"csat": 0.0})
    with pytest.raises(SettlementError, match="by contract year in the deal instead"):
        settle(deal, example_world())


def test_a_curve_is_needed_for_a_kpi_that_a_review_brings():
    """A KPI that a review gives a weight has no payout without a curve."""
    bonus = KpiBonus(weights={"csat": 1.0}, curves=({**CURVE, "kpi": "csat"},), pool=100)
    review = KpiReview(from_month=2, weights={"answer_hours": 1.0})
    deal = Deal("Review", Hourly(rate=20), (review, bonus), targets=TARGETS)
    with pytest.raises(SettlementError, match="no payout curve for a KPI named 'answer_hours'"):
        settle(deal, example_world())


@given(PRICED["per_outcome"], PRICED["per_outcome"], shares, worlds())
def test_an_audit_claws_back_no_more_than_the_units_cost(start, end, weight, world):
    """If every claim of every month is wrong, all that was paid for units comes back, and no more:
    base fees and minimums stay.
    """
    all_wrong = np.ones((world.months, 1))
    world = replace(world, series={**world.series, "audit.error": all_wrong})
    glide = GlidePath(start=start, end=end, weights=(weight,))
    ledger = settle(Deal("Audited", glide, (AuditClawback(tolerance=0),)), world)
    clawback = -ledger["audit clawback"].amounts["fee"]
    variable = ledger["variable fee"].amounts["fee"]
    assert (clawback <= variable + 1e-6).all()
    if not (start.minimum or end.minimum):
        np.testing.assert_allclose(clawback, variable, rtol=1e-9, atol=1e-6)


@given(WRITTEN["service_credits"], worlds())
def test_earn_back_never_exceeds_the_credits(clause, world):
    """Whatever is earned back, the buyer never pays for credits, and a bank pays nothing out."""
    deal = Deal("Credits", Hybrid(base=50_000), (clause,), targets=TARGETS)
    credited = -settle(deal, world)["service credits"].amounts["fee"]
    unearned = clause.replace(earn_back=None)
    plain = -settle(deal.replace(clauses=(unearned,)), world)["service credits"].amounts["fee"]
    assert (np.cumsum(credited, axis=0) >= -1e-6).all()
    assert (np.cumsum(plain - credited, axis=0) >= -1e-6).all()


@given(WRITTEN["kpi_bonus"], worlds())
def test_a_pool_at_risk_is_never_a_bonus(clause, world):
    """Unless a higher score is stated, at risk the provider at most keeps its fee."""
    clause = clause.replace(form="at risk", score_cap=None)
    deal = Deal("At risk", Hybrid(base=50_000), (clause,), targets=TARGETS)
    assert (settle(deal, world)["KPI bonus"].amounts["fee"] <= 1e-9).all()


@given(WRITTEN["audit_clawback"], worlds())
def test_a_clawback_stops_at_its_minimum(clause, world):
    """A month's fee above the minimum is not taken below it, and one below it is left alone."""
    deal = Deal("Audit", PerOutcome(price=5), (clause.replace(minimum=20_000),))
    ledger = settle(deal, world)
    before = ledger.fee - ledger["audit clawback"].amounts["fee"]
    assert (ledger.fee >= np.minimum(before, 20_000) - 1e-6).all()
