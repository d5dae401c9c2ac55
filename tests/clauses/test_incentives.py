"""Incentive formulas on plain numbers: published tables, and published mistakes not repeated."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.strategies import TERMS

from scenarios.clauses.cost_plus_incentive import CostPlusIncentive
from scenarios.clauses.fixed_price_incentive import FixedPriceIncentive
from scenarios.clauses.open_book import buyer_shares
from scenarios.clauses.target_cost_share import ShareRange, TargetCostShare
from scenarios.promises import exact

E01 = FixedPriceIncentive(
    target_cost=60_000, target_profit=15_000, ceiling_price=100_000, share_over=0.6
)
COSTS = [60_000, 70_000, 80_000, 90_000, 97_500, 100_000, 101_667, 110_000, 120_000]
PRICES = [75_000, 81_000, 87_000, 93_000, 97_500, 99_000, 100_000, 100_000, 100_000]
PROFITS = [15_000, 11_000, 7_000, 3_000, 0, -1_000, -1_667, -10_000, -20_000]


def test_the_published_fpif_table_comes_out():
    """Price and profit at nine actual costs, and the PTA (E01: docstoc 18627204, scribd)."""
    np.testing.assert_allclose(E01.price_at(np.array(COSTS, float)), PRICES, atol=0.5)
    np.testing.assert_allclose(E01.profit_at(np.array(COSTS, float)), PROFITS, atol=0.5)
    assert E01.point_of_total_assumption == pytest.approx(101_667, abs=0.5)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((2_000_000, 200_000, 2_450_000, 0.8), 2_312_500),
        ((380_000, 20_000, 410_000, 0.7), 394_285.71),
        ((100, 10, 120, 0), 100),
    ],
)
def test_a_point_of_total_assumption_comes_out(numbers, expected):
    """E02 (Wikipedia), E06 (tutorsglobe); a buyer who bears no overrun assumes none of it."""
    cost, profit, ceiling, share = numbers
    contract = FixedPriceIncentive(
        target_cost=cost, target_profit=profit, ceiling_price=ceiling, share_over=share
    )
    assert contract.point_of_total_assumption == pytest.approx(expected, abs=0.005)


@given(TERMS["fixed_price_incentive"].DRAWN, st.floats(0, 2_000_000))
def test_beyond_the_point_of_total_assumption_the_price_is_the_ceiling(contract, cost):
    """Up to it the price is below the ceiling, from it on it is the ceiling."""
    point = contract.point_of_total_assumption
    room = 1e-6 * contract.ceiling_price
    assert contract.price_at(cost) <= contract.ceiling_price
    if contract.share_over > 1e-3:
        assert contract.price_at(point) == pytest.approx(contract.ceiling_price, abs=room)
        assert (contract.price_at(cost) < contract.ceiling_price - room) <= (cost < point)


def test_a_target_price_is_target_cost_and_target_profit():
    """X1 (blog.jtsolution.com) prints a target price of 63,000 for 60,000 + 6,000, and a PTA of
    62,857 that follows only from 63,000 (ceiling 65,000 and 70/30 computed from it).
    """
    numbers = {"target_cost": 60_000, "ceiling_price": 65_000, "share_over": 0.7}
    with pytest.raises(ValidationError, match=r"65,000\) is below the target price \(66,000"):
        FixedPriceIncentive(**numbers, target_profit=6_000)
    consistent = FixedPriceIncentive(**numbers, target_profit=3_000)
    assert consistent.target_price == 63_000
    assert consistent.point_of_total_assumption == pytest.approx(62_857.14, abs=0.005)


def test_the_ceiling_price_is_not_the_point_of_total_assumption():
    """X2 (tutorsglobe) calls the ceiling the PTA: one is a price, the other a cost below it."""
    contract = FixedPriceIncentive(
        target_cost=380_000, target_profit=20_000, ceiling_price=410_000, share_over=0.7
    )
    assert contract.point_of_total_assumption < contract.ceiling_price


def test_a_cost_reimbursable_contract_has_no_point_of_total_assumption():
    """X6 (pmzilla) calls a PTA example cost-reimbursable: without a ceiling there is none."""
    contract = CostPlusIncentive(target_cost=1_000, target_fee=100, share_over=0.8, min_fee=0)
    assert not hasattr(contract, "point_of_total_assumption")
    assert contract.price_at(10_000.0) == 10_000


def test_the_range_of_incentive_effectiveness_comes_out():
    """E08b: between 150 and 240 the fee moves, beyond it no longer."""
    contract = CostPlusIncentive(
        target_cost=200, target_fee=16, share_over=0.85, share_under=0.8, min_fee=10, max_fee=26
    )
    assert contract.range_of_incentive_effectiveness == pytest.approx((150, 240))
    assert [contract.fee_at(cost) for cost in (149.0, 150.0, 200.0, 240.0, 241.0)] == (
        pytest.approx([26, 26, 16, 10, 10])
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"share_over": 0.8}, (None, None)),
        ({"share_over": 1.0, "share_under": 1.0}, (200, 200)),
        ({"share_over": 0.8, "min_fee": 10}, (None, 230)),
    ],
)
def test_a_side_without_a_limit_or_an_incentive_has_no_end_or_no_width(fields, expected):
    """Without a limit the range has no end; where the buyer bears all it ends at the target."""
    contract = CostPlusIncentive(target_cost=200, target_fee=16, **fields)
    assert contract.range_of_incentive_effectiveness == tuple(
        None if end is None else pytest.approx(end) for end in expected
    )


def test_three_points_give_the_shares_and_the_limits():
    """Through (150, 26), (200, 16), (240, 10), the ends of E08b, run 80/20 and 85/15."""
    points = ((150.0, 26.0), (200.0, 16.0), (240.0, 10.0))
    assert buyer_shares(*points) == pytest.approx((0.8, 0.85))
    contract = CostPlusIncentive.from_points(*points, settled="contract year")
    assert (contract.share_under, contract.share_over) == pytest.approx((0.8, 0.85))
    assert [contract.fee_at(cost) for cost, _ in points] == pytest.approx([26, 16, 10])
    assert contract.range_of_incentive_effectiveness == pytest.approx((150, 240))
    with pytest.raises(ValueError, match="each must be above the one before"):
        buyer_shares((200, 26), (150, 16), (240, 10))


@given(st.floats(0, 3), TERMS["target_cost_share"].DRAWN)
def test_pain_and_gain_meet_at_the_target(part, shared):
    """At target nothing moves; below it the provider gains at most the saving, above it pays."""
    target = 1_000.0
    share = shared.share_at(part * target, target)
    assert shared.share_at(target, target) == 0
    low, high = sorted((0, (1 - part) * target))
    assert low - 1e-9 <= share <= high + 1e-9


def test_formulas_take_decimals():
    """The same formulas on Decimals are exact to the last digit."""
    assert exact(E01).price_at(Decimal("70000.01")) == Decimal("81000.006")
    ranges = (ShareRange(share=0.5),)
    shared = exact(TargetCostShare(target=1.0, ranges=ranges))
    assert shared.share_at(Decimal("0.9"), Decimal(1)) == Decimal("0.05")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"ranges": [{"share": 0.5, "up_to": 1.2}]}, "the last has none"),
        ({"ranges": [{"share": 0.5}, {"share": 1.0}]}, "every range but the last needs up_to"),
        (
            {"ranges": [{"share": 0.5, "up_to": 1.2}, {"share": 1, "up_to": 1}, {"share": 1}]},
            "ranges must rise",
        ),
        ({"ranges": [{"share": 0.5}], "reserve": 0.25}, "one target and no reserve"),
        ({"ranges": [{"share": 0.5}], "target": (1.0, 2.0)}, "one target and no reserve"),
        ({"ranges": [{"share": 0.5}], "target_units": 0}, "must be above 0"),
        ({"ranges": []}, "at least 1 item"),
    ],
)
def test_ranges_that_contradict_each_other_are_refused(fields, words):
    """The words say what is wrong and what to do."""
    with pytest.raises(ValidationError, match=words):
        TargetCostShare.model_validate({"target": 1_000.0} | fields)


@pytest.mark.parametrize("fees", [{"min_fee": 101}, {"max_fee": 99}])
def test_a_target_fee_outside_its_limits_is_refused(fees):
    """The target fee lies between the least and the most."""
    with pytest.raises(ValidationError, match=r"target fee \(100\) must lie between"):
        CostPlusIncentive(target_cost=1_000, target_fee=100, share_over=0.8, **fees)
