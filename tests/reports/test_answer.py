"""Who carries the uncertainty, and who pays when a backlog takes a month longer."""

import pandas as pd
import pytest
from tests.reports.conftest import Seen
from tests.small import small

import scenarios as sc
from scenarios.deal import Deal
from scenarios.pricing import PRICING
from scenarios.reports import sections, words
from scenarios.reports.sections.answer import month_more
from scenarios.resources import resource

UNITS = {"name": "half", "amount": 900.0, "units": 5.0}
BUYER, PROVIDER = "the buyer pays it", "the provider bears it"
TOLD = [
    ("hourly", {"rate": 20}, BUYER),
    ("hourly", {"rate": 20, "billing": "contracted"}, ""),
    ("per_outcome", {"price": 6}, PROVIDER),
    ("per_outcome", {"price": 6, "base_fee": 9}, ""),
    ("hybrid", {"per_unit": 6}, PROVIDER),
    ("hybrid", {"rate": 9, "per_unit": 6}, "both share it"),
    ("hybrid", {"rate": 9, "per_unit": 6, "maximum": 9_000}, ""),
    ("fixed_price", {"price": 9_000}, PROVIDER),
    ("fixed_price", {"milestones": [UNITS]}, PROVIDER),
    ("per_result", {"results": [UNITS]}, PROVIDER),
    ("value_share", {"share": 0.2}, ""),
    (
        "glide_path",
        {"start": {"hourly": {"rate": 9}}, "end": {"per_outcome": {"price": 6}}, "weights": [0.5]},
        "",
    ),
]


@pytest.mark.parametrize(("kind", "given", "told"), TOLD, ids=str)
def test_who_pays_a_month_more_is_said_where_it_is_plain(kind, given, told):
    """Hours worked are the buyer's, fixed and outcome prices the provider's; else nothing is said.

    A minimum, a maximum or headcount that is paid anyway make it a longer story.
    """
    assert month_more(Deal("Longer", PRICING[kind].model_validate(given))) == told


def per_unit(**deals):
    """A table by deal of the P10, P50 and P90 of the buyer's cost and the provider's result."""
    parties = ("buyer all-in", "provider contribution")
    columns = pd.MultiIndex.from_product([parties, ("P10", "P50", "P90")])
    table = pd.DataFrame(list(deals.values()), index=list(deals), columns=columns)
    table.attrs["currency"] = "USD"
    return table


def test_who_carries_the_uncertainty_is_said_where_a_deal_moves_it():
    """The buyer's cost is calm where the provider's result is not: one carries what the other
    does not.
    """
    table = per_unit(Hourly=[30, 50, 70, 9, 10, 11], Outcome=[49, 50, 51, -5, 10, 25])
    told = words.who_carries_it(table, {"Hourly": 0, "Outcome": 0.2}, "part")
    assert told.startswith("Under Hourly the buyer carries the uncertainty: each part costs it 30")
    assert "under Outcome the provider does" in told


def test_nobody_is_said_to_carry_what_no_deal_moves():
    """Ranges of the buyer that are about as wide move no risk: the cheapest, the dearest and where
    the provider's result varies most are told instead.
    """
    share = [5.2, 5.5, 5.9, 2.1, 2.4, 2.7]
    table = per_unit(Hourly=[5.6, 5.9, 6.2, 2.4, 2.5, 2.6], Share=share)
    told = words.who_carries_it(table, {"Hourly": 0, "Share": 0}, "order")
    assert told.startswith("No deal takes the uncertainty off the buyer: under Share, the cheapest")
    assert "varies most under Share, 2.10 to 2.70" in told
    assert "the provider does" not in told


def test_risk_that_a_deal_itself_makes_goes_from_both_parties():
    """A fee that is at risk varies for the buyer who pays it and for the provider who gets it: a
    fixed one takes the uncertainty off both, and nobody is said to carry it, or to be left with it.
    """
    table = per_unit(Fixed=[22, 22, 22, 12, 12, 12], Risky=[10, 10, 20, 0, 0, 10])
    assert words.who_carries_it(table, {"Fixed": 0, "Risky": 0}, "ticket") == (
        "Fixed spares the buyer uncertainty that the provider does not take up: each ticket costs "
        "the buyer 22 to 22 USD all in (P10 to P90), under Risky 10 to 20; the provider's "
        "contribution is 12 to 12, under Risky 0 to 10. It comes with the terms of Risky, such as "
        "a fee at risk, a bonus or an index."
    )


def test_a_fee_at_risk_is_no_uncertainty_that_stays_with_the_buyer():
    """Half of a monthly 2,000 hangs on a KPI; a contracted bill hangs on nothing."""
    at_risk = {"base": 2000, "at_risk": 0.5, "weights": {"q": 1.0}, "measured_every": 12}
    deals = {
        "Fixed": {"pricing": {"hourly": {"rate": 22, "billing": "contracted"}}},
        "Risky": {"pricing": {"hybrid": at_risk}, "targets": {"q": 4.0}},
    }
    scenario = small(kpis={"q": {"kind": "score", "level": 4, "sd": 1}}, deals=deals)
    told = "".join(map(str, sections.answer(sc.simulate(scenario, paths=500))))
    assert "Fixed spares the buyer uncertainty that the provider does not take up" in told
    assert "No deal takes the uncertainty off" not in told


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({}, "What a late part costs the buyer's own business is not counted."),
        ({"waiting_unit": 40.0}, "what a late part costs its own business, 40 USD a month each."),
    ],
)
def test_what_being_late_costs_the_buyer_is_no_price_s_to_bear(value, said):
    """An outcome price takes the further hours off the buyer and not what a late unit costs it."""
    scenario = small(
        months=24,
        demand={"backlog": {"unit": "part", "units": 10, "hours_per_unit": 100}},
        delivery={"team": "fixed", "roles": {"one": {"people": 1, "hours": 100, "cost": 10}}},
        outcomes={},
        value=value,
        deals={"Outcome": {"pricing": {"per_outcome": {"price": 3_000}}}},
    )
    parts = sections.answer(sc.simulate(scenario, paths=4, seed=1))
    text = Seen("".join(part for part in parts if isinstance(part, str))).text
    assert f"under Outcome the provider bears it. {said}" in text or (
        f"under Outcome the provider bears it. Under every deal the buyer bears besides {said}"
        in text
    )


def test_what_a_case_changes_is_said_with_its_months():
    """A path is levels by month, from 1; any other list is from where to where."""
    told = words.changes({"kpis.csat.path": [[6, 4.0], [18, 4.5]], "value.waiting_unit": 8_000})
    assert told == "kpis.csat.path = 4 in month 6 and 4.5 in month 18, value.waiting_unit = 8,000"


def test_cents_stand_beside_no_thousands():
    """An end that is small among thousands is told in whole money; a unit's price in cents."""
    scenario = sc.load(resource("scenarios", "support-desk.yaml"))
    parts = sections.answer(sc.simulate(scenario, paths=400, seed=1))
    table = Seen("".join(part for part in parts if isinstance(part, str))).tables[0]
    assert not any("." in cell for row in table for cell in row)
    shop = sc.load(resource("scenarios", "online-shop.yaml"))
    parts = sections.answer(sc.simulate(shop, paths=400, seed=1))
    table = Seen("".join(part for part in parts if isinstance(part, str))).tables[0]
    assert all("." in row[1] for row in table[1:])


def test_a_year_of_a_budget_has_no_cents():
    """What little is left of a backlog in its last year stands beside hundreds of thousands."""
    scenario = sc.load(resource("scenarios", "software-team.yaml"))
    parts = sections.budgets(sc.simulate(scenario, paths=400, seed=1))
    tables = Seen("".join(part for part in parts if isinstance(part, str))).tables
    rows = [row for table in tables for row in table if row[0] != "chance over"]
    assert rows
    assert not any("." in cell for row in rows for cell in row)
