import numpy as np
import pytest

import scenarios as sc
from scenarios.engine.streams import BLOCK


@pytest.mark.parametrize(
    "line",
    ["all_in", "contribution", "paid", "fee", "gain share", "hours", "automation", "kpi.csat"],
)
def test_the_fan_is_the_quantiles_of_the_months(desk, line):
    """P10, P50, P90 and mean of each month are numpy's over the run's own worlds."""
    parts = []
    for block in range(2):
        world = desk.worlds(block)
        ledger = sc.settle(desk.deal("Hybrid"), world)
        fee, own = ledger.total("fee"), ledger.total("buyer_cost")
        values = {
            "all_in": fee + own,
            "contribution": fee - ledger.total("provider_cost"),
            "paid": fee + ledger.total("cash"),
            "fee": fee,
        }.get(line)
        if values is None:
            values = ledger[line].amounts["fee"] if line in ledger.names else world[line]
        parts.append(np.broadcast_to(values, (36, world.paths)))
    months = np.concatenate(parts, axis=1)[:, : desk.paths]
    table = desk.monthly(line, "Hybrid")
    np.testing.assert_allclose(
        table[["P10", "P50", "P90"]].T, np.quantile(months, (0.1, 0.5, 0.9), axis=1), rtol=1e-12
    )
    np.testing.assert_allclose(table["mean"], months.mean(axis=1), rtol=1e-12)
    assert table.attrs == {"line": line, "deal": "Hybrid", "paths": desk.paths}


def test_months_are_the_calendar_s(desk):
    """Thirty-six months from January 2026."""
    index = desk.monthly("fee", "Hourly").index
    assert (index[0], index[12], index[-1]) == ("2026-01", "2027-01", "2028-12")


def test_monthly_means_add_up_to_the_total(run):
    """The months of a line add up to the run's mean."""
    for name in run.names:
        months = run.monthly("all_in", name)["mean"].sum()
        assert months == pytest.approx(run.total(name, "all_in").mean())


def test_an_unknown_line_says_which_there_are(desk):
    """Measures, books, lines and series are all offered, with the nearest."""
    with pytest.raises(sc.ScenarioError, match=r"did you mean 'gain share'") as error:
        desk.monthly("gain shar", "Hybrid")
    allowed = error.value.problems[0].allowed
    assert all(name in allowed for name in ("all_in", "fee", "gain share", "kpi.csat"))


def test_per_unit_is_the_total_over_verified_units(desk):
    """What a verified unit costs the buyer and leaves the provider, path by path."""
    units = np.concatenate([desk.worlds(b)["verified"].sum(axis=0) for b in range(2)])[: desk.paths]
    table = desk.per_unit()
    for name in desk.names:
        for measure, total in (
            ("buyer all-in", "all_in"),
            ("provider contribution", "contribution"),
        ):
            each = desk.total(name, total) / units
            found = table.loc[name, measure]
            np.testing.assert_allclose(
                found[["P10", "P50", "P90"]], np.quantile(each, (0.1, 0.5, 0.9)), rtol=1e-12
            )
            assert found["mean"] == pytest.approx(each.mean())


def test_people_are_hours_over_a_person_s_hours(run):
    """Hours beside FTE, on average over the months in which the team works."""
    table = run.people()
    for name, role in run.scenario.delivery.roles.items():
        blocks = -(-run.paths // BLOCK)
        hours = np.concatenate([run.worlds(b)[f"hours.{name}"] for b in range(blocks)], axis=1)
        hours = hours[:, : run.paths]
        row = table.loc[name]
        assert row["contracted FTE"] == role.people
        assert row["hours a month"] == pytest.approx(hours[hours > 0].mean())
        assert row["FTE"] == pytest.approx(row["hours a month"] / role.hours)
        assert row["FTE first month"] == pytest.approx(hours[0].mean() / role.hours)
        assert row["FTE last month"] == pytest.approx(hours[-1].mean() / role.hours)


def test_paid_worked_handling_and_billed_hours_stand_side_by_side(small):
    """Of 125 hours worked 100 go into units and a fifth of what is paid is not worked; the deals
    bill hours worked, those of the headcount, a glide path's share of them, and none.
    """
    deals = {
        "Worked": {"pricing": {"hourly": {"rate": 20}}},
        "Headcount": {"pricing": {"hourly": {"rate": 20, "billing": "contracted"}}},
        "Outcome": {"pricing": {"per_outcome": {"price": 20}}},
        "Glide": {
            "pricing": {
                "glide_path": {
                    "start": {"hourly": {"rate": 20}},
                    "end": {"per_outcome": {"price": 20}},
                    "weights": [0.4],
                }
            }
        },
    }
    delivery = {
        "hours_per_unit": 1,
        "roles": {"agent": {"people": 1, "hours": 100, "cost": 10}},
        "workforce": {"occupancy": 0.8, "shrinkage": 0.2, "subcontracted": 0.4},
    }
    row = sc.simulate(small(delivery=delivery, deals=deals), paths=2).people().loc["agent"]
    expected = {
        "contracted FTE": 1,
        "hours a month": 125,
        "FTE": 1.25,
        "paid hours": 125 * 0.6 / 0.8,
        "handling hours": 100,
        "subcontracted hours": 50,
        "billed: Worked": 125,
        "billed: Headcount": 100,
        "billed: Outcome": 0,
        "billed: Glide": 75,
    }
    for name, value in expected.items():
        assert row[name] == pytest.approx(value), name


def test_hours_are_billed_while_the_deal_runs(small):
    """A contract of three months of twelve bills its hours in those, and the kinds of hours that
    nobody declared are unknown.
    """
    deals = {"Short": {"pricing": {"hourly": {"rate": 20}}, "months": 3}}
    row = sc.simulate(small(deals=deals, after_the_end="none"), paths=2).people().loc["agent"]
    assert row["billed: Short"] == 100
    assert row[["paid hours", "handling hours", "subcontracted hours"]].isna().all()


def test_attainment_is_the_share_of_months_on_target(small):
    """As reported and as it is: an overstated KPI is on target more often than it truly is."""
    kpis = {"csat": {"kind": "score", "level": 4, "sd": 0.1, "overstated": 0.1}}
    kpis["answer"] = {"kind": "time", "level": 6, "sd": 1, "better": "lower"}
    deal = {"pricing": {"hourly": {"rate": 20}}, "targets": {"csat": 4.1, "answer": [7, 5]}}
    run = sc.simulate(small(kpis=kpis, deals={"D": deal}), paths=BLOCK)
    world, table = run.worlds(0), run.attainment()
    csat, answer = table.loc["D", "csat"], table.loc["D", "answer"]
    assert csat["months on target"] == (world["reported.csat"] >= 4.1).mean()
    assert csat["truly on target"] == (world["kpi.csat"] >= 4.1).mean()
    assert csat["truly on target"] == pytest.approx(0.159, abs=0.02)
    assert csat["months on target"] == pytest.approx(0.5, abs=0.02)
    assert answer["months on target"] == (world["kpi.answer"] <= 7).mean()
    assert (answer["target"], answer["typical"]) == (7, np.median(world["kpi.answer"]))


def test_without_targets_there_is_nothing_to_attain(small):
    """A run whose deals set no targets has an empty table of the same columns."""
    table = sc.simulate(small(), paths=2).attainment()
    assert table.empty
    assert list(table.columns) == ["target", "months on target", "truly on target", "typical"]


def test_the_schedule_of_a_backlog(team, desk):
    """As planned 24 months; what the paths take is the months that the team works."""
    row = team.schedule().loc["months to finish"]
    worked = team.collect(lambda world, _: world["activity"].sum(axis=0), team.deals[:1])
    assert row["planned"] == 24
    assert row["mean"] == pytest.approx(worked.mean())
    assert row["chance within plan"] == pytest.approx((worked <= 24 + 1e-9).mean())
    with pytest.raises(sc.ScenarioError, match="needs a backlog"):
        desk.schedule()
