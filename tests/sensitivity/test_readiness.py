import pytest
from tests.small import small

import scenarios as sc
from scenarios.errors import ScenarioError
from scenarios.io.benchmarks import benchmarks

SECTION = {
    "onboarding": {"checklist": True},
    "governance": {},
    "buyer_hour": 50.0,
    "effect_days": 0,
    "effects": ["rework"],
}
CERTAIN = {
    "usual_readiness": 0.4,
    "hours_ratio": 2.0,
    "onboarding_closes": 0.5,
    "checklist_closes": 0.0,
    "reviews_close": 0.0,
    "onboarding_provider_hours": 1.0,
    "onboarding_buyer_hours": 0.5,
    "checklist_provider_hours": 3.0,
    "checklist_buyer_hours": 2.0,
    "review_provider_hours": 1.0,
    "review_buyer_hours": 1.0,
}


def test_the_return_is_worked_out_by_hand():
    """Onboarding takes 33 hours at 10 and 17 at 50; it saves 1 - 2^-0.3 of 1,200 hours at 10.

    Paid by the hour at 20, the buyer saves double of that, and the provider loses as much again.
    """
    scenario = small(alignment=SECTION | {"coefficients": CERTAIN})
    row = sc.readiness_return(scenario, paths=10).loc[("onboarding", "Hourly")]
    saved = 1200 * (1 - 2**-0.3)
    assert row["provider's cost"] == pytest.approx(330)
    assert row["buyer's cost"] == pytest.approx(850)
    assert row["buyer's all-in cost, change"] == pytest.approx(850 - 20 * saved)
    assert row["provider's contribution, change"] == pytest.approx(-10 * saved - 330)
    assert row["together, change"] == pytest.approx(10 * saved - 1180)
    assert row["return"] == pytest.approx((10 * saved - 1180) / 1180)
    assert row["standard error"] == pytest.approx(0, abs=1e-9)


def test_a_measure_without_effect_returns_minus_all_of_its_cost():
    """Reviews and the checklist close nothing here: each loses what it costs."""
    scenario = small(alignment=SECTION | {"coefficients": CERTAIN})
    table = sc.readiness_return(scenario, paths=10)
    measures = ["onboarding", "readiness checklist", "joint reviews", "all of them"]
    assert list(table.index.get_level_values("measure")) == measures
    assert table.loc[("joint reviews", "Hourly"), "return"] == pytest.approx(-1)
    assert table.loc[("readiness checklist", "Hourly"), "together, change"] == pytest.approx(-130)


def test_without_a_measure_there_is_no_return():
    """It says what to declare."""
    with pytest.raises(ScenarioError, match="neither onboarding nor governance"):
        sc.readiness_return(small())
    with pytest.raises(ScenarioError, match="neither onboarding nor governance"):
        sc.readiness_return(small(alignment={}))


def test_the_register_tells_the_source_of_each_coefficient():
    """Published ones name theirs; one that the scenario wrote has what stands nearest to it."""
    scenario = small(alignment={"fails": 0.1, "coefficients": {"hazard_ratio": 2.0}})
    other = scenario.deals["Hourly"].replace(name="Other")
    sources = {"alignment": "asked both sides", "alignment.fails": "own count"}
    deals = [scenario.deals["Hourly"], other]
    scenario = scenario.replace(deals=deals, sources=sources)
    source = sc.assumptions(scenario)["source"]
    assert "COCOMO II.2000" in source["alignment.coefficients.hours_ratio"]
    assert source["alignment.coefficients.hazard_ratio"] == "asked both sides"
    assert source["alignment.fails"] == "own count"


def test_the_stress_is_the_published_claim():
    """Year one fails with 30 % on any scenario, and no other number moves."""
    stressed = small().stress("relationship_fails")
    claim = benchmarks("market").set_index("key").loc["failing_in_year_one", "mid"]
    assert stressed.alignment.fails == claim / 100
    assert stressed.replace(alignment=None) == small()
    aligned = small(alignment={"culture": 0.2}).stress("relationship_fails", chance=0.2)
    assert (aligned.alignment.culture, aligned.alignment.fails) == (0.2, 0.2)


def test_a_failure_ends_the_contract_only_where_a_clause_says_so():
    """The same failures: without the clause the hours go on, with it the fee stops."""
    ends = {"pricing": {"hourly": {"rate": 20}}, "clauses": ["relationship_failure"]}
    deals = {"Goes on": {"pricing": {"hourly": {"rate": 20}}}, "Ends": ends}
    scenario = small(deals=deals, after_the_end="none").stress("relationship_fails", chance=1.0)
    run = sc.simulate(scenario, paths=200)
    summary = run.summary()
    assert summary.loc["Ends", ("chance of", "ending early")] > 0.9
    assert (run.total("Goes on", "fee") >= run.total("Ends", "fee")).all()
    assert run.total("Goes on", "fee").mean() > 1200 * 20
