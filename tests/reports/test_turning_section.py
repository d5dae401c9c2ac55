"""The section that says how bad a stress must get until the cheapest deal loses."""

import pytest
from tests.reports.conftest import Seen
from tests.small import small

import scenarios as sc
from scenarios import ScenarioError
from scenarios.reports import sections
from scenarios.sensitivity import stress
from scenarios.sensitivity.stress import every_turning

DEALS = {
    "Hourly": {"pricing": {"hourly": {"rate": 20}}},
    "Headcount": {"pricing": {"hourly": {"rate": 22, "billing": "contracted"}}},
}


def test_each_stress_says_until_when_the_cheapest_stays_so():
    """Hours worked at 20 beat heads at 22 until a unit takes more hours, and by more where volume
    falls; dearer wages move neither bill and tell nothing, and what has nothing to change, such as
    automation, is left out. A whole block of futures is looked at.
    """
    parts = sections.turning(sc.simulate(small(deals=DEALS), paths=4, seed=1))
    seen = Seen("".join(parts))
    header, *rows = seen.tables[0]
    assert header == ["stress", "Hourly, the cheapest, stays cheaper than Headcount, the next"]
    assert [row[0] for row in rows] == ["key people leave"]
    assert rows[0][1].startswith("until a unit takes ")
    table, rest = seen.text.split("even where:")
    assert "volume falls by 99 %." in rest
    assert "cost of an hour" not in rest
    assert "5,000 futures" in table
    assert "once key people have left" in table
    assert "automation" not in seen.text


def test_one_deal_alone_loses_to_none():
    """Without another deal there is no order to turn."""
    alone = {"Hourly": DEALS["Hourly"]}
    assert sections.turning(sc.simulate(small(deals=alone), paths=4, seed=1)) == []


def priced(deals, **sections_):
    """The section of a run of these deals."""
    run = sc.simulate(small(deals=deals, **sections_), paths=4, seed=1)
    return Seen("".join(sections.turning(run))).text


def test_deals_that_cost_the_same_have_no_cheapest():
    """Two of the same words, a third that is dearer: no order that a stress could turn."""
    assert priced(DEALS | {"Twin": DEALS["Hourly"]}) == ""


def test_a_lead_that_is_chance_names_no_cheapest():
    """Volume that varies by half month by month hides 0.1 % between hours worked and heads."""
    near = DEALS | {"Headcount": {"pricing": {"hourly": {"rate": 20.02, "billing": "contracted"}}}}
    varies = {"volume": {"unit": "ticket", "per_month": 100, "volatility": 0.5}}
    said = priced(near, demand=varies)
    assert "too close to call on 5,000 futures" in said
    assert "the cheapest, stays" not in said
    assert "the cheapest, stays cheaper" in priced(near)


def test_the_deals_of_the_run_are_stressed_and_not_those_written():
    """A deal priced anew under its name, or added under another, is stressed as it was priced:
    16 an hour for heads beats 20 until volume falls by a little more than a fifth from month 6 on.
    """
    run = sc.simulate(small(deals=DEALS), paths=4, seed=1)
    cheap = run.deal("Headcount").replace(pricing=sc.Hourly(rate=16.0, billing="contracted"))
    for new in (cheap, cheap.replace(name="New")):
        seen = Seen("".join(sections.turning(run.reprice(new))))
        header, *rows = seen.tables[0]
        assert header[1].startswith(f"{new.name}, the cheapest, stays cheaper than Hourly")
        assert ["volume falls", "until volume falls by 40 %"] in rows


def test_why_a_stress_is_left_out_is_known_and_a_fault_is_no_reason(monkeypatch):
    """What does not apply has its reason; what fails while it is simulated raises."""
    scenario = small(deals=DEALS)
    _, left_out = every_turning(scenario, deal="Hourly", against="Headcount", paths=1)
    assert "nothing is automated" in left_out["automation_late"]
    run = sc.simulate(scenario, paths=4, seed=1)

    def fails(*_, **__):
        raise ScenarioError("a clause failed")

    monkeypatch.setattr(stress, "simulate", fails)
    with pytest.raises(ScenarioError, match="a clause failed"):
        sections.turning(run)


def test_a_severity_that_the_scenario_settles_is_left_out_with_its_reason():
    """What a replacement costs is written: how dear an insolvency is turns nothing."""
    scenario = small(deals=DEALS, months=24, after_the_end={"per_unit": 15.0})
    _, left_out = every_turning(scenario, deal="Hourly", against="Headcount", paths=1)
    assert "dearer changes nothing" in left_out["provider_insolvent"]
