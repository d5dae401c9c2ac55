"""The third example, an online shop: its table with uncertainty off, worked out by hand."""

import numpy as np
import pytest

from scenarios.checks.definitions import check_definitions
from scenarios.engine.simulate import simulate
from scenarios.engine.worlds import Worlds
from scenarios.io.load import load
from scenarios.resources import resource
from scenarios.settling import settle

CENT = 0.005
MATURE = {"Hourly": 22_400, "Hybrid": 15_680, "Value share": 6_000 + 0.5 * 46_000}
"""A mature month: 40 h at 150, 80 at 110, 80 at 95; 70 % of it; base and half the value."""
FEES = {"Hourly": 806_400, "Hybrid": 564_480 + 245_700, "Value share": 216_000 + 612_500}
"""36 months: Hybrid's bonus is 27,000 a quarter x (0.5 x 9 + 0.2 x 8 + 0.2 x 10 + 0.1 x 10)."""
OWN = {"Hourly": 144_000, "Hybrid": 108_000, "Value share": 72_000}
COST = {"Hourly": 403_200, "Hybrid": 403_200 + 18_000, "Value share": 403_200 + 36_000}
QUARTERS = {"conversion": 9, "churn": 8, "order_value": 10, "page_load": 10}
"""Quarters of 12 on target: means of straight lines against the targets of three years."""


@pytest.fixture(scope="module")
def shop():
    """The online shop."""
    return load(resource("scenarios", "online-shop.yaml"))


@pytest.fixture(scope="module")
def world(shop):
    """Its one path with uncertainty off."""
    return Worlds(shop, seed=0).certain()


def test_what_growth_is_worth(world):
    """Straight lines: 32,000 a month by month 18, 6,000 by 24, 8,000 by 12; 1,225,000 in all."""
    t = np.arange(36)
    lines = ((32_000, 18), (6_000, 24), (8_000, 12))
    expected = sum(worth * np.minimum(t / last, 1) for worth, last in lines)
    np.testing.assert_allclose(world["value"][:, 0], expected, atol=CENT)
    assert world["value"][-1, 0] == pytest.approx(46_000, abs=CENT)
    assert float(world["value"].sum()) == pytest.approx(1_225_000, abs=CENT)


@pytest.mark.parametrize("deal", FEES)
def test_36_months_of_the_online_shop(deal, shop, world):
    """Fees, the shop's own staff, and the agency's cost with what it takes over."""
    ledger = settle(shop.deals[deal], world)
    assert float(ledger.fee.sum()) == pytest.approx(FEES[deal], abs=CENT)
    assert float(ledger.total("buyer_cost").sum()) == pytest.approx(OWN[deal], abs=CENT)
    assert float(ledger.total("provider_cost").sum()) == pytest.approx(COST[deal], abs=CENT)
    assert float(ledger.fee[-2, 0]) == pytest.approx(MATURE[deal], abs=CENT)


@pytest.mark.parametrize("kpi", QUARTERS)
def test_the_quarters_on_target(kpi, shop, world):
    """The bonus of the hybrid deal is earned in so many of 12 quarters, by KPI."""
    targets = np.array(shop.deals["Hybrid"].targets[kpi])[world.year]
    met = world.meets(kpi, targets, 3)[2::3]
    assert int(met.sum()) == QUARTERS[kpi]


def test_only_the_share_of_value_gives_the_agency_a_reason(shop):
    """By the hour the agency leaves KPIs alone; the more of the fee hangs on them, the more it
    does for them.
    """
    worlds = Worlds(shop.case("incentives_work"), seed=3)
    better = [worlds.under(deal).reaction.better for deal in shop.deals.values()]
    assert better[0] == 0 < better[1] < better[2] < 1


def test_the_six_rows_of_the_online_shop(shop):
    """Hourly buys hours alone; a share of value buys none, and makes good much of a loss."""
    table = simulate(shop, paths=400, seed=3).hours_against_outcomes()
    bought = table.xs("what you buy").droplevel("unit")
    assert bought["Hourly"].tolist() == pytest.approx([1, 0])
    assert bought.loc["moves with hours", "Value share"] == pytest.approx(0, abs=1e-9)
    quality = table.xs("quality control").droplevel("unit").loc["of the buyer's loss, made good"]
    assert quality["Hourly"] == 0 < quality["Hybrid"] < quality["Value share"] < 0.5
    risk = table.xs("execution risk").droplevel("unit").iloc[0]
    assert risk["Hourly"] == pytest.approx(2)  # rates are twice the cost
    assert risk["Hybrid"] == pytest.approx(1.4)


def test_the_value_share_lives_from_conversion(shop):
    """Where conversion and churn hardly move, the agency may lose money by the share of value."""
    run = simulate(shop.case("worst"), paths=1_000, seed=3)
    chances = {name: float((run.total(name, "contribution") < 0).mean()) for name in run.names}
    assert chances["Hourly"] == chances["Hybrid"] == 0
    assert 0.1 < chances["Value share"] < 0.6


def test_every_number_of_the_online_shop_has_a_source(shop):
    """Each number of the file has a comment beside it; the definitions leave nothing open but what
    is said to be left to be found.
    """
    words = {found.words for found in check_definitions(shop)}
    assert len(words) == 2
    assert all("price review" in one or "no way out" in one for one in words)
    sourced = ("demand", "delivery", "kpis", "value", "management", "approved_budget")
    assert all(any(path.startswith(start) for path in shop.sources) for start in sourced)
