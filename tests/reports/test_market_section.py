"""Prices stand beside published figures of the same service, and of no other."""

from tests.reports.conftest import Seen
from tests.small import small

import scenarios as sc
from scenarios.reports import sections
from scenarios.resources import resource


def told(scenario):
    """The section's table as rows of cells, and all of its text."""
    parts = sections.market(sc.simulate(scenario, paths=2, seed=1))
    seen = Seen("".join(parts))
    return [row for one in seen.tables for row in one], seen.text


def of(unit, rate, **sections_of):
    """A scenario with one hourly deal of this unit."""
    demand = {"volume": {"unit": unit, "per_month": 100}}
    deals = {"Hourly": {"pricing": {"hourly": {"rate": rate}}}}
    return small(**{"demand": demand, "deals": deals} | sections_of)


def test_a_rate_stands_beside_rates_of_the_same_service():
    """22 for a ticket's hour lies in the upper third of 15 to 25, beside support rates only."""
    rows, text = told(of("ticket", 22.0))
    assert [row[1] for row in rows] == [
        "Hourly",
        "22.00: upper third",
        "22.00: above the range",
        "22.00: middle third",
    ]
    assert "support" in rows[1][0]
    assert "development" not in text


def test_a_rate_of_no_known_service_stands_beside_none():
    """A campaign's hour is neither support nor software: that is said."""
    rows, text = told(of("campaign", 95.0))
    assert rows == []
    assert "no figure is published: the hourly rate (Hourly)." in text


def test_a_role_says_its_service():
    """Of an agency's card the developer is software; the strategist and the marketer are not."""
    rows, text = told(sc.load(resource("scenarios", "online-shop.yaml")))
    rates = [row for row in rows if "USD per hour" in row[0]]
    assert [row[1] for row in rates] == [
        "developer 110.00: above the range",
        "developer 110.00: above the range",
        "developer 110.00: lower third",
    ]
    assert all("development" in row[0] for row in rates)
    assert "the hourly rate of strategist (Hourly and Hybrid)" in text
    assert "support" not in text


def test_other_money_is_not_placed():
    """A rate in EUR is not read as one in USD."""
    rows, text = told(of("ticket", 22.0, currency="EUR"))
    assert rows == []
    assert "in USD and this scenario is in EUR" in text


def test_a_deal_without_such_a_price_has_no_section():
    """A fixed price has no published figure to stand beside."""
    deals = {"Fixed": {"pricing": {"fixed_price": {"price": 9_000}}}}
    assert sections.market(sc.simulate(small(deals=deals), paths=2, seed=1)) == []
