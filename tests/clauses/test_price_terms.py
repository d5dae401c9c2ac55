"""What clauses on prices refuse, and what they promise whatever their numbers."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from tests.strategies import WRITTEN, worlds

from scenarios.clauses.automation_review import AutomationReview
from scenarios.clauses.currency_adjustment import CurrencyAdjustment
from scenarios.clauses.indexation import Indexation
from scenarios.clauses.most_favoured_customer import MostFavouredCustomer
from scenarios.clauses.price_review import PriceReview
from scenarios.deal import Deal
from scenarios.errors import SettlementError
from scenarios.pricing.hourly import Hourly
from scenarios.pricing.hybrid import Hybrid
from scenarios.promises import example_world
from scenarios.settling import settle

HYBRID = Hybrid(base=20_000, rate={"agent": 20, "lead": 30}, per_unit=6)
HALF = ({"reached": 0.5},)
AGREED = ({"reached": 0.5, "price": 5.0},)


def price(clause, world, name="unit"):
    """The price in force after the clause, and the one on the paper, (months, paths)."""
    ledger = settle(Deal("Prices", HYBRID, (clause,)), world)
    paper = HYBRID.prices(world)[name]
    return np.broadcast_to(ledger.prices[name], (world.months, world.paths)), paper


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        (Indexation, {}, "either index or basket"),
        (Indexation, {"index": "a", "basket": {"b": 1.0}}, "either index or basket"),
        (Indexation, {"basket": {"a": 0.6, "b": 0.3}}, "sum to 0.9; they must sum to 1"),
        (Indexation, {"index": "a", "floor": 0.05, "cap": 0.03}, "must not be above cap"),
        (Indexation, {"index": "a", "decimals": -1}, "decimals is -1; it must be 0 or more"),
        (
            Indexation,
            {"index": "a", "method": "base-fixed", "excess": "carried forward"},
            "no excess to carry forward",
        ),
        (CurrencyAdjustment, {"rate": "fx", "band": 0.1, "limit": 0.05}, "limit above the band"),
        (AutomationReview, {"price": "unit", "milestones": HALF}, "needs share"),
        (AutomationReview, {"price": "unit", "milestones": AGREED, "share": 0.5}, "no price"),
        (
            AutomationReview,
            {"price": "unit", "milestones": HALF, "lowered": "to the agreed price"},
            "needs a price at each milestone",
        ),
        (
            AutomationReview,
            {"price": "unit", "milestones": HALF * 2, "share": 0.5},
            "milestones must rise: 0.5 stands after 0.5",
        ),
        (
            AutomationReview,
            {"price": "unit", "milestones": HALF, "share": 0.5, "overstated": 0.1},
            "an audit finds the real share",
        ),
    ],
)
def test_contradictions_are_refused(kind, fields, words):
    """A declaration that says two things, or half a thing, says what it needs."""
    with pytest.raises(ValueError, match=words):
        kind.model_validate(fields)


@pytest.mark.parametrize(
    "clause",
    [
        Indexation(index="wages", prices=("copper",)),
        PriceReview(price="copper", benchmark="unit"),
        MostFavouredCustomer(price="copper", comparable="unit"),
        CurrencyAdjustment(rate="fx", prices=("copper",)),
        AutomationReview(price="copper", milestones=HALF, share=0.5),
    ],
)
def test_a_price_that_is_not_charged_is_named(clause):
    """A clause about an unknown price says which prices there are."""
    deal = Deal("Hours", Hourly(rate=20), (clause,))
    with pytest.raises(SettlementError, match="no price named copper; the prices are agent, lead"):
        settle(deal, example_world())


@pytest.mark.parametrize("name", ["agent", "base"])
def test_a_saving_per_unit_is_not_taken_off_another_price(name):
    """A rate or a base fee cannot fall by money per unit."""
    clause = AutomationReview(price=name, milestones=HALF, share=0.5)
    with pytest.raises(SettlementError, match=f"{name} is not a price per unit"):
        settle(Deal("Hybrid", HYBRID, (clause,)), example_world())


@given(WRITTEN["automation_review"], worlds())
def test_an_automation_review_never_raises_a_price(clause, world):
    """Month by month the price stays or falls, and never below 0."""
    prices, paper = price(clause, world)
    steps = np.diff(prices, axis=0)
    assert (steps <= 1e-12 * paper).all()
    assert (prices >= 0).all()
    assert (prices <= paper).all()


def test_months_that_happened_hold_what_was_claimed():
    """What we expect the provider to overstate moves simulated prices, and no invoice."""
    fields = {"price": "unit", "milestones": ({"reached": 0.2},), "share": 0.5}
    claimed = AutomationReview(**fields, measured="claimed")
    expected = claimed.replace(overstated=-0.5)
    simulated, happened = example_world(), replace(example_world(), happened=True)
    assert not np.array_equal(price(claimed, simulated)[0], price(expected, simulated)[0])
    np.testing.assert_array_equal(price(claimed, happened)[0], price(expected, happened)[0])
    audited = AutomationReview(**fields)
    np.testing.assert_array_equal(price(claimed, simulated)[0], price(audited, simulated)[0])


@given(WRITTEN["price_review"], worlds())
def test_a_review_changes_no_more_than_agreed(clause, world):
    """Downwards only no price rises, and no review moves it by more than its limit."""
    prices, _ = price(clause, world, "agent")
    steps = prices[1:] / prices[:-1] - 1
    if clause.direction == "downwards only":
        assert (steps <= 1e-12).all()
    if clause.most is not None and clause.most < 1:
        assert (np.abs(steps) <= clause.most + 1e-12).all()


@given(worlds())
def test_no_customer_pays_less(world):
    """From the date of breach, the price in force is never above the comparable one."""
    clause = MostFavouredCustomer(price="unit", comparable="unit")
    prices, paper = price(clause, world)
    lowest = np.minimum(world["market.unit"], paper)
    np.testing.assert_allclose(prices, np.broadcast_to(lowest, prices.shape), rtol=1e-14)


@given(worlds())
def test_a_full_currency_clause_keeps_the_price_in_the_cost_currency(world):
    """Without a band, what the price buys of the cost currency is the same in every month."""
    prices, paper = price(CurrencyAdjustment(rate="fx", every=1), world)
    rate = world["index.fx"]
    np.testing.assert_allclose(prices * rate, paper * rate[0] + 0 * prices, rtol=1e-12)
