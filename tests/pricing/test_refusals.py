"""What the pricing models refuse, and in what words."""

import numpy as np
import pytest
from pydantic import ValidationError

import scenarios as sc
from scenarios.deal import Deal
from scenarios.errors import ScenarioError, SettlementError
from scenarios.pricing import PRICING
from scenarios.pricing.hourly import Hourly
from scenarios.pricing.outcome import PerOutcome
from scenarios.pricing.value_share import ValueShare
from scenarios.settling import settle
from scenarios.world import World

DESIGN = {"name": "design", "share": 0.4, "month": 1}
TIERS = [{"price": 6, "up_to": 100}, {"price": 4}]
CONTRADICTIONS = [
    ("hourly", {"rate": 20, "handling": 0.05}, "materials: at cost"),
    ("hourly", {"rate": 20, "overtime": 0.5}, "greater than or equal to 1"),
    ("hybrid", {"base": 9, "minimum": 5, "maximum": 4}, r"maximum \(4\) must not be below"),
    ("per_outcome", {}, "needs one of price, tiers and by_kind"),
    ("per_outcome", {"price": 6, "tiers": TIERS}, "and not two of them"),
    ("per_outcome", {"price": 6, "tiering": "all units"}, "there are none: give tiers"),
    ("per_outcome", {"by_kind": {"automated": 1}}, "a price for automated and assisted"),
    ("fixed_price", {}, "needs one of price"),
    ("fixed_price", {"price": 9, "per_month": 1}, "needs one of price"),
    ("fixed_price", {"price": 9, "milestones": [DESIGN]}, "must sum to 1, not 0.4"),
    ("fixed_price", {"per_month": 9, "milestones": [DESIGN]}, "need a price in all"),
    (
        "fixed_price",
        {"price": 9, "milestones": [DESIGN, {"name": "end", "amount": 5, "month": 2}]},
        "every milestone a share of the price, or every one an amount",
    ),
    (
        "fixed_price",
        {"price": 9, "milestones": [DESIGN, {**DESIGN, "share": 0.6}]},
        "each milestone needs a name of its own; they are design, design",
    ),
    (
        "fixed_price",
        {"price": 9, "milestones": [{"name": "design", "share": 1, "month": 1, "units": 5}]},
        "either the month in which it is due or the units",
    ),
    (
        "fixed_price",
        {"price": 9, "milestones": [{"name": "design", "month": 1}]},
        "either a share or an amount",
    ),
    ("per_result", {"results": []}, "at least 1 item"),
    ("per_result", {"results": [{"name": "fast", "amount": 5}]}, "a kpi with its level, or units"),
    (
        "per_result",
        {"results": [{"name": "fast", "amount": 5, "kpi": "wait"}]},
        "kpi and level go together",
    ),
    (
        "per_result",
        {"results": [{"name": "all", "amount": 5, "units": n} for n in (1, 2)]},
        "each result needs a name of its own",
    ),
    (
        "value_share",
        {"share": 0.2, "base_fee": 9, "maximum": 8},
        r"maximum \(8\) must not be below minimum or base_fee \(9\)",
    ),
]


@pytest.mark.parametrize(("kind", "given", "words"), CONTRADICTIONS, ids=str)
def test_a_contradiction_is_refused_in_words(kind, given, words):
    """The message says what does not go together, and what to write instead."""
    with pytest.raises(ValidationError, match=words):
        PRICING[kind].model_validate(given)


def test_a_share_of_value_needs_a_value():
    """Where the scenario says no worth of a unit, the message names the number that is missing."""
    world = World({"verified": np.ones((1, 1))}, paths=1, end=1)
    with pytest.raises(SettlementError, match=r"value\.verified_unit"):
        settle(Deal("Value", ValueShare(share=0.2)), world)


def test_overtime_needs_hours_of_overtime():
    """Where the scenario works no overtime, the message says which series is missing."""
    world = World({"hours.agent": np.ones((1, 1))}, paths=1, end=1)
    with pytest.raises(SettlementError, match=r"overtime\.agent"):
        settle(Deal("Overtime", Hourly(rate=20, overtime=1.5)), world)


def test_a_price_by_kind_needs_the_kinds_to_be_counted():
    """Of months that happened, the message names the column of units that automation handled."""
    deal = Deal("Kinds", PerOutcome(by_kind={"automated": 1, "assisted": 5}), months=12)
    with pytest.raises(ScenarioError, match=r"also verified\.automated"):
        sc.settle(deal, {"verified": [900]})
    settled = sc.settle(deal, {"verified": [900, 0], "verified.automated": [300, 0]})
    assert settled.ledger.fee[:, 0].tolist() == [3_300, 0]
