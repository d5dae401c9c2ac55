import numpy as np
import pytest

import scenarios as sc
from scenarios.results.who_keeps_it import MEASURES, on_every_path

ROW = {name: place for place, name in enumerate(MEASURES)}
KEPT = "buyer keeps"


@pytest.fixture(params=["Hourly", "Hybrid", "Outcome", "Per agent"])
def reference(request, desk):
    """The desk with each deal in turn as the one whose bill measures the saving."""
    scenario = desk.scenario.replace(reference=request.param)
    return sc.simulate(scenario, paths=500, seed=3)


def measures(run, deal):
    """The measures of one deal on every path, by name."""
    found = on_every_path(run)[run.names.index(deal)]
    return {name: found[place] for name, place in ROW.items()}


def test_nothing_vanishes_on_any_path(reference):
    """Buyer's saving + provider against start + costs taken over = fall in the cost to serve."""
    for deal in reference.names:
        m = measures(reference, deal)
        accounted = m[KEPT] + m["against start"] + m["taken over"]
        np.testing.assert_allclose(
            accounted, m["fall in cost to serve"], rtol=1e-9, atol=1e-6, err_msg=deal
        )


def test_the_saving_is_split_between_the_two(reference):
    """What the buyer keeps and what the provider keeps add up to the saving, on every path."""
    for deal in reference.names:
        m = measures(reference, deal)
        np.testing.assert_allclose(m[KEPT] + m["provider keeps"], m["saving"], atol=1e-6)


def test_the_published_saving_of_17_000(desk):
    """With uncertainty off the bill falls from 55,000 to 38,000, whichever deal keeps it."""
    table = desk.who_keeps_it()
    np.testing.assert_allclose(table["saving", "uncertainty off"], 17_000)
    np.testing.assert_allclose(table.loc["Hourly", (KEPT, "uncertainty off")], 17_000)
    np.testing.assert_allclose(
        table.loc["Per agent", ("provider keeps", "uncertainty off")], 17_000
    )
    assert table.attrs["mature month"] == 24


def test_the_table_is_the_measures_quantiles(desk):
    """P10, P50 and P90 are numpy's over the paths; uncertainty off is the certain world's."""
    table = desk.who_keeps_it()
    m = measures(desk, "Hybrid")
    certain = sc.simulate(desk.scenario.certain(), paths=1)
    off = measures(certain, "Hybrid")
    for name in ROW:
        row = table.loc["Hybrid", name]
        expected = np.quantile(m[name], (0.1, 0.5, 0.9))
        np.testing.assert_allclose(row[["P10", "P50", "P90"]], expected, rtol=1e-12)
        assert row["uncertainty off"] == pytest.approx(off[name][0])


def test_who_bills_headcount_has_every_reason_to_automate(desk):
    """By headcount the provider keeps the whole joint gain; by hours it loses by automating."""
    incentive = desk.incentives()
    assert incentive.loc["Per agent", "incentive"] == pytest.approx(1)
    assert incentive.loc["Hourly", "incentive"] < 0
    np.testing.assert_allclose(
        incentive["buyer gain"] + incentive["provider gain"], incentive["joint gain"]
    )
    joint = incentive["joint gain"]
    np.testing.assert_allclose(joint, joint.iloc[0], rtol=1e-9)


def test_without_automation_there_is_nothing_to_keep(team):
    """The error says what to describe."""
    with pytest.raises(sc.ScenarioError, match="section automation"):
        team.who_keeps_it()


def test_a_deal_that_ends_before_maturity_keeps_nothing_of_a_mature_month(desk):
    """Months in which a deal no longer runs do not count as paid nothing."""
    scenario = desk.scenario.replace(after_the_end={"per_unit": 5.5})
    short = scenario.deals["Outcome"].replace(months=24)
    table = sc.simulate(scenario, [short], paths=50).who_keeps_it()
    assert table["buyer pays"].isna().all(axis=None)
    assert table["buyer keeps"].isna().all(axis=None)
    assert table["provider gain"].notna().all(axis=None)
    longer = scenario.deals["Outcome"].replace(months=30)
    row = sc.simulate(scenario, [longer], paths=50).who_keeps_it().loc["Outcome"]
    assert row["buyer pays", "uncertainty off"] == pytest.approx(41_040)


@pytest.mark.parametrize("then", ["stop work", "complete at cost"])
def test_a_ceiling_of_the_reference_does_not_change_the_saving(desk, then):
    """What automation saves a mature month is measured on a bill that no ceiling cuts short."""
    hourly = desk.scenario.deals["Hourly"]
    ceiling = sc.NotToExceed(amount=900_000, then=then)
    capped = hourly.replace(clauses=(*hourly.clauses, ceiling))
    scenario = desk.scenario.replace(
        deals=desk.scenario.deals | {"Hourly": capped}, after_the_end={"per_unit": 5.5}
    )
    table = sc.simulate(scenario, paths=50).who_keeps_it()
    np.testing.assert_allclose(table["saving", "uncertainty off"], 17_000)


def test_nothing_vanishes_where_people_leave_and_others_are_bought_in(desk):
    """With replacements, subcontractors, newcomers, learning and shared coordination the identity
    still holds on every path.
    """
    scenario = desk.scenario.change(
        {
            "delivery.roles.agent.leavers": 0.4,
            "delivery.workforce": {
                "shrinkage": 0.3,
                "starting_productivity": 0.5,
                "replacement_cost": 9_000,
                "subcontracted": {"low": 0.0, "mode": 0.2, "high": 0.3},
                "premium": 0.15,
            },
            "delivery.effort": {"learning": {"slope": 0.9, "units_before": 50_000}},
            "management.channels": {"hours": 0.05, "cost": 30},
        }
    )
    deals = {
        name: deal.replace(
            clauses=[
                clause.replace(buyer_share=0.25, provider_share=0.75)
                if isinstance(clause, sc.Coordination)
                else clause
                for clause in deal.clauses
            ]
        )
        for name, deal in scenario.deals.items()
    }
    run = sc.simulate(scenario.replace(deals=deals), paths=500, seed=3)
    world = run.worlds(0)
    assert all(world[name].any() for name in ("cost.subcontract", "cost.staffing"))
    for deal in run.names:
        m = measures(run, deal)
        accounted = m[KEPT] + m["against start"] + m["taken over"]
        np.testing.assert_allclose(accounted, m["fall in cost to serve"], rtol=1e-9, atol=1e-6)
