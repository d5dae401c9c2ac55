"""Hours against outcomes: six rows, worked out by hand on round numbers."""

import math

import numpy as np
import pytest
from tests.small import small

import scenarios as sc
from scenarios.engine.worlds import Worlds
from scenarios.results.counterfactual import overrunning
from scenarios.results.hours_against_outcomes import ROWS

BUYS, RISK, PROGRESS = "what you buy", "execution risk", "progress visibility"
QUALITY, END, MANAGEMENT = "quality control", "end state", "management load"


def deal(pricing, *clauses, **more):
    """What is written of a deal."""
    return {"pricing": pricing, "clauses": list(clauses), **more}


def table_of(deals, paths=20, **sections):
    """The table of the small scenario with these deals: 80 tickets claimed, 60 verified."""
    outcomes = {"claimed": 0.8, "reopened": 0.25}
    scenario = small(**{"outcomes": outcomes, "deals": deals, **sections})
    return sc.simulate(scenario, paths=paths, seed=3).hours_against_outcomes()


def number(table, name, row, measure):
    """One number of the table."""
    return float(table.xs(row).xs(measure, level="measure")[name].iloc[0])


@pytest.fixture(scope="module")
def table():
    """Four deals of 2,000 to 2,400 a month, on 100 hours and 60 verified of 100 tickets."""
    return table_of(
        {
            "Hourly": deal({"hourly": {"rate": 20}}, {"coordination": {"buyer": 500}}),
            "Hybrid": deal({"hybrid": {"base": 400, "rate": 10, "per_unit": 10}}),
            "Outcome": deal(
                {"per_outcome": {"price": 40, "minimum": 1_200}},
                {"coordination": {"buyer": 200, "provider": 300}},
                {"holdback": {"share": 0.1, "months": 3}},
            ),
            "Claims": deal({"per_outcome": {"price": 25, "counts": "claimed"}}),
            "Headcount": deal({"hourly": {"rate": 20, "billing": "contracted"}}),
        }
    )


@pytest.mark.parametrize(
    ("name", "hours", "results"),
    [
        ("Hourly", 1, 0),
        ("Hybrid", 0.5, 0.3),  # 400 in any case, 1,000 by hours, 600 by units
        ("Outcome", 0, 1),
        ("Claims", 0, 1),
        ("Headcount", 1, 0),
    ],
)
def test_what_you_buy_is_what_moves_the_fee(name, hours, results, table):
    """Shares of the fee that move with hours, worked or contracted, and with units."""
    assert number(table, name, BUYS, "moves with hours") == pytest.approx(hours)
    assert number(table, name, BUYS, "moves with results") == pytest.approx(results)


@pytest.mark.parametrize(
    ("name", "borne"),
    [("Hourly", 2), ("Hybrid", 1), ("Outcome", 0), ("Claims", 0), ("Headcount", 0)],
)
def test_who_bears_an_overrun(name, borne, table):
    """10 hours more cost the provider 100: at 20 an hour the buyer pays 200, at 10 it pays 100."""
    assert number(table, name, RISK, "buyer bears of an overrun") == pytest.approx(borne)


@pytest.mark.parametrize(
    ("name", "proven", "months"),
    [("Hourly", 0, 0), ("Hybrid", 0.3, 1), ("Outcome", 0.5, 1), ("Claims", 0, 0)],
)
def test_progress_is_what_proof_alone_earns(name, proven, months, table):
    """Of 2,400 by outcome 1,200 come as a minimum; what is paid on a claim is paid on no proof."""
    assert number(table, name, PROGRESS, "paid on proof alone") == pytest.approx(proven)
    assert number(table, name, PROGRESS, "months with such proof") == pytest.approx(months)


def test_the_end_and_the_management(table):
    """60 of 100 are verified; three months' tenth of 2,400 is still held; coordination as planned,
    and what means nothing here is left out.
    """
    assert number(table, "Hourly", END, "verified of what was asked") == pytest.approx(0.6)
    held = [number(table, name, END, "still to be paid") for name in ("Hourly", "Outcome")]
    assert held == pytest.approx([0, 720])
    staff = [
        number(table, "Outcome", MANAGEMENT, f"{who}'s staff") for who in ("buyer", "provider")
    ]
    assert staff == pytest.approx([200, 300])
    measures = set(table.index.get_level_values("measure"))
    assert measures.isdisjoint({"an overrun's delay", "of the buyer's loss, made good"})


def test_an_overrun_of_a_backlog_is_paid_in_months():
    """Ten units of a month each take 11 months: by the hour the buyer pays 2,000 to the provider,
    100 to its own staff and 100 for being late, of 1,200 that it costs both; by outcome 200 of
    1,250.
    """
    table = table_of(
        {
            "Hourly": deal({"hourly": {"rate": 20}}, {"coordination": {"buyer": 100}}),
            "Outcome": deal(
                {"per_outcome": {"price": 3_000}}, {"coordination": {"buyer": 100, "provider": 50}}
            ),
        },
        months=24,
        demand={"backlog": {"unit": "part", "units": 10, "hours_per_unit": 100}},
        delivery={"team": "fixed", "roles": {"one": {"people": 1, "hours": 100, "cost": 10}}},
        outcomes={},
        value={"waiting_unit": 10},
    )
    assert number(table, "Outcome", RISK, "an overrun's delay") == pytest.approx(1)
    borne = [
        number(table, name, RISK, "buyer bears of an overrun") for name in ("Hourly", "Outcome")
    ]
    assert borne == pytest.approx([2_200 / 1_200, 200 / 1_250])
    assert number(table, "Outcome", END, "verified of what was asked") == pytest.approx(1)
    assert number(table, "Outcome", MANAGEMENT, "provider's staff") == pytest.approx(50)


@pytest.mark.parametrize(
    ("sections", "said"),
    [
        ({"value": {"waiting_unit": 10}}, "also where the fee is paid by outcome."),
        ({"value": {"waiting_unit": {"p10": 5.0, "p90": 15.0}}}, "paid by outcome."),
        ({}, "is in no part: value.waiting_unit is 0."),
    ],
)
def test_who_bears_a_late_unit_is_said_as_value_has_it(sections, said):
    """An outcome price moves the hours to the provider; what a late unit is worth stays with the
    buyer, and where nothing says what it is worth the table says so.
    """
    table = table_of(
        {"Outcome": deal({"per_outcome": {"price": 3_000}})},
        months=24,
        demand={"backlog": {"unit": "part", "units": 10, "hours_per_unit": 100}},
        delivery={"team": "fixed", "roles": {"one": {"people": 1, "hours": 100, "cost": 10}}},
        outcomes={},
        **sections,
    )
    borne = number(table, "Outcome", RISK, "buyer bears of an overrun")
    assert (borne > 0) == bool(sections)
    assert table.attrs["rows"][RISK].endswith(said)


KPIS = {"csat": {"kind": "score", "level": 4, "sd": 0.5, "autocorrelation": 0.5}}


def test_worse_kpis_take_their_share_off_the_fee():
    """A point is worth 200 a month: a deviation of half a point costs the buyer 100 and a half
    share the provider 50.
    """
    scenario = small(
        kpis=KPIS,
        value={"kpis": {"csat": {"worth": 200, "step": 1, "reference": 0}}},
        deals={
            "Value": deal({"value_share": {"share": 0.5}}),
            "Flat": deal({"hourly": {"rate": 2}}),
        },
    )
    run = sc.simulate(scenario, paths=50, seed=3)
    table, fee = run.hours_against_outcomes(), float(run.total("Value", "fee").mean())
    lost = number(table, "Value", QUALITY, "of the fee, lost by worse KPIs")
    assert lost == pytest.approx(12 * 50 / fee)
    made_good = [
        number(table, name, QUALITY, "of the buyer's loss, made good") for name in ("Value", "Flat")
    ]
    assert made_good == pytest.approx([0.5, 0])
    assert number(table, "Value", BUYS, "moves with results") == pytest.approx(1)


def test_what_kpis_decide_is_a_result_and_a_proof():
    """A fifth of the fee at risk is a fifth bought as a result; a right to terminate for failure
    does not make the whole fee one.
    """
    at_risk = {"hybrid": {"rate": 10, "at_risk": 0.2, "weights": {"csat": 1.0}}}
    ends = {"termination_for_failure": {"kpis": ["csat"], "misses": 2, "within": 3}}
    deals = {
        "Stays": deal(at_risk, targets={"csat": 1}),
        "Ends": deal(at_risk, ends, targets={"csat": 1}),
    }
    table = table_of(deals, kpis=KPIS, after_the_end="none")
    for name in deals:
        assert number(table, name, BUYS, "moves with results") == pytest.approx(0.2)
        assert number(table, name, BUYS, "moves with hours") == pytest.approx(0.8)
        assert number(table, name, PROGRESS, "paid on proof alone") == pytest.approx(0.2)


def test_a_contract_that_ends_early_is_asked_only_while_it_runs():
    """Stopped in its first months, it is paid and judged for these alone."""
    ends = {"termination_for_failure": {"critical": ["csat"]}}
    pricing = {"hourly": {"rate": 20}}
    deals = {"Ends": deal(pricing, ends, {"coordination": {"buyer": 100}}, targets={"csat": 4})}
    table = table_of(deals, kpis=KPIS, after_the_end="none")
    assert number(table, "Ends", END, "verified of what was asked") == pytest.approx(0.6)
    assert number(table, "Ends", MANAGEMENT, "buyer's staff") == pytest.approx(100)
    assert number(table, "Ends", BUYS, "moves with hours") == pytest.approx(1)


def test_six_rows_of_two_numbers_at_most(run):
    """In both examples: six rows in order, each told in a sentence, parts within the whole."""
    table = run.hours_against_outcomes()
    rows = table.index.get_level_values("row")
    assert list(dict.fromkeys(rows)) == list(ROWS) == list(table.attrs["rows"])
    assert rows.value_counts().max() <= 2
    assert list(table.columns) == run.names
    bought = table.xs(BUYS, level="row")
    assert ((bought >= 0) & (bought <= 1)).all(axis=None)
    assert (bought.sum() <= 1 + 1e-9).all()
    proof = table.xs(PROGRESS, level="row")
    assert ((proof >= 0) & (proof <= 1)).all(axis=None)
    assert not any(math.isnan(x) for x in table.to_numpy().ravel())


def test_the_close_of_the_engagement_is_told():
    """Stages say whether a handover or a run phase follows."""
    close = {"close": "2026-10"}
    one = table_of({"Hourly": deal({"hourly": {"rate": 20}})}, stages=close)
    other = table_of({"Hourly": deal({"hourly": {"rate": 20}})}, stages=close | {"run": "2026-11"})
    assert one.attrs["rows"][END].endswith("closes in 2026-10, with a handover.")
    assert other.attrs["rows"][END].endswith("with a run phase from 2026-11.")


def test_worlds_of_another_scenario_keep_shocks_and_reaction(desk):
    """The same seed, draws and reaction: only what the scenario says differs."""
    scenario = desk.scenario.case("incentives_work")
    own = Worlds(scenario, seed=5).under(scenario.deals["Hybrid"])
    assert own.reaction.better > 0
    other = own.of(overrunning(scenario))
    assert (other.seed, other.reaction, other.draws) == (own.seed, own.reaction, own.draws)
    before, after = own(0), other(0)
    np.testing.assert_allclose(after["hours"], before["hours"] * 1.1)
    np.testing.assert_array_equal(after["kpi.csat"], before["kpi.csat"])
    np.testing.assert_array_equal(after["demand"], before["demand"])


def test_a_mix_of_units_overruns_as_a_whole():
    """A tenth more on every kind of unit, also where its hours are uncertain."""
    mix = {
        "usual": {"share": 0.5, "factor": 1},
        "hard": {"share": 0.5, "factor": {"low": 2, "mode": 3, "high": 4}},
    }
    delivery = {
        "hours_per_unit": 1,
        "roles": {"agent": {"people": 1, "hours": 100, "cost": 10}},
        "effort": {"complexity": mix},
    }
    worlds = Worlds(small(delivery=delivery), seed=2)
    more = worlds.of(overrunning(worlds.scenario))
    np.testing.assert_allclose(more(0)["hours"], worlds(0)["hours"] * 1.1)


def test_a_provider_that_reacts_keeps_reacting(desk):
    """Where the provider has made KPIs better, a deviation less costs it less of its fee."""
    plain, reacting = (
        sc.simulate(desk.scenario.case(case), paths=200, seed=3).hours_against_outcomes()
        for case in ("base", "incentives_work")
    )
    lost = [
        number(table, "Hybrid", QUALITY, "of the fee, lost by worse KPIs")
        for table in (plain, reacting)
    ]
    assert 0 < lost[1] < lost[0]
