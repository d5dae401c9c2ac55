"""Each stress changes what it names, keeps what it leaves alone, and is nothing at no severity."""

import numpy as np
import pytest
from tests.small import small

import scenarios as sc
from scenarios import STRESSES, ScenarioError, Stress
from scenarios.engine.worlds import Worlds
from scenarios.resources import resource
from scenarios.settling import settle

DESK = sc.load(resource("scenarios", "support-desk.yaml"))
TEAM = sc.load(resource("scenarios", "software-team.yaml"))
KPIS = {"csat": {"kind": "score", "level": 4.4, "sd": 0.1}}


def certain(scenario):
    """The one world with uncertainty off."""
    return Worlds(scenario, seed=0).certain()


@pytest.mark.parametrize("name", [name for name in STRESSES if name != "provider_insolvent"])
def test_at_no_severity_nothing_changes(name):
    """A stress whose severity is neutral leaves every bill of the desk as it was; but an insolvency
    is one whatever a replacement costs.
    """
    kind = STRESSES[name]
    calm = DESK.stress(name, **{kind.severity: kind.neutral})
    for deal in DESK.deals:
        before = settle(DESK.deals[deal], certain(DESK)).total("fee")
        after = settle(calm.deals[deal], certain(calm)).total("fee")
        np.testing.assert_allclose(after, before, rtol=1e-12)


@pytest.mark.parametrize("name", STRESSES)
@pytest.mark.parametrize("scenario", [DESK, TEAM], ids=["volume", "backlog"])
def test_a_stress_can_be_put_on_both_examples_or_says_why_not(name, scenario):
    """On each example a stress leaves a scenario that settles, or an error in words."""
    without = {"automation_late": "nothing is automated", "next_wave": "nothing is automated"}
    without["meter_inflates"] = "changes nothing"
    if scenario is TEAM and name in without:
        with pytest.raises(ScenarioError, match=without[name]):
            scenario.stress(name)
        return
    stressed = scenario.stress(name)
    for deal in stressed.deals.values():
        assert np.isfinite(settle(deal, certain(stressed)).total("fee")).all()


@pytest.mark.parametrize("name", STRESSES)
def test_it_is_told_with_its_numbers(name):
    """The sentence has no open field, and says how bad it is."""
    told = STRESSES[name]().told()
    assert "{" not in told
    assert any(letter.isdigit() for letter in told)


def test_automation_two_quarters_late_is_the_same_curve_six_months_later():
    """Share automated, running cost and one-off all move by six months."""
    late, planned = certain(DESK.stress("automation_late", quarters=2)), certain(DESK)
    np.testing.assert_allclose(late["automation"][6:], planned["automation"][:-6])
    assert late["cost.one_off"][9, 0] == 60_000


def test_a_delay_that_is_uncertain_is_moved_as_a_whole():
    """P10 and P90 move together."""
    uncertain = DESK.change({"automation.delay": {"p10": 0, "p90": 4}})
    delay = uncertain.stress("automation_late", quarters=1).automation.delay
    assert (delay.p10, delay.p90) == (3, 7)


def test_stresses_follow_each_other():
    """Late by one quarter twice is late by two."""
    twice = DESK.stress("automation_late", quarters=1).stress("automation_late", quarters=1)
    assert twice.automation.delay == 6


def test_half_of_the_volume_is_half_of_it_from_its_month_on():
    """Five months as planned, then a half that does not come back; a backlog is half as long."""
    stressed = certain(small().stress("volume_falls"))
    np.testing.assert_allclose(stressed["demand"][:6], 100)
    np.testing.assert_allclose(stressed["demand"][6:], 50, rtol=1e-12)
    assert TEAM.stress("volume_falls").demand.units == 12


def test_a_kpi_shock_takes_standard_deviations_off_every_kpi():
    """Two of 0.1 at once, one of them left after the half-life."""
    world = certain(small(kpis=KPIS).stress("kpi_shock", month=2, half_life=3))
    np.testing.assert_allclose(world["kpi.csat"][[1, 2, 5], 0], [4.4, 4.2, 4.3])
    with pytest.raises(ScenarioError, match="has no KPI"):
        small().stress("kpi_shock")


def test_a_wage_jump_raises_the_cost_and_no_price():
    """The provider's labour costs 15 % more; the buyer's bill is the same."""
    before, after = certain(small()), certain(small().stress("wage_jump"))
    np.testing.assert_allclose(after["cost.labour"], 1.15 * before["cost.labour"])
    np.testing.assert_array_equal(after["hours"], before["hours"])


def test_key_people_who_leave_slow_the_work_down():
    """Thirty per cent more hours at once, and half of that a half-life later."""
    world = certain(small().stress("key_people_leave", month=2, half_life=1))
    np.testing.assert_allclose(world["hours"][[1, 2, 3], 0], [100, 130, 115])


def test_key_people_who_leave_a_backlog_slow_its_months_and_not_its_plan():
    """Of 100 hours a month, the month they leave gives 100 / 1.5, the next 100 / 1.25; 27 of the 45
    hours lost by then are caught up in the month after the plan's last.
    """
    steps = {"backlog": {"unit": "step", "units": 10, "hours_per_unit": 40}}
    before = certain(small(demand=steps))
    stress = {"month": 2, "half_life": 1, "slower": 0.5}
    after = certain(small(demand=steps).stress("key_people_leave", **stress))
    np.testing.assert_array_equal(after["demand"], before["demand"])
    done = np.cumsum([100, 100, 100 / 1.5, 100 / 1.25])
    units = np.floor(done / 40)
    np.testing.assert_allclose(np.cumsum(after["completed"][:4, 0]), units)
    np.testing.assert_allclose(after["hours"][:4, 0], 100)
    left = 400 - done[-1]
    np.testing.assert_allclose(after["hours"][4, 0], left * 1.125)


def test_a_breach_happens_in_its_month_and_costs_the_buyer():
    """Once, and whoever is paid how."""
    world = certain(small().stress("data_breach", amount=9_000, month=4))
    assert np.flatnonzero(world["loss"][:, 0]).tolist() == [4]
    assert world["loss"].sum() == 9_000


def test_an_insolvency_ends_a_contract_that_does_not_speak_of_one():
    """Fees stop after month 3; the replacement costs 1.6 times 10 an hour for an hour a unit."""
    stressed = small().stress("provider_insolvent", month=3)
    ledger = settle(stressed.deals["Hourly"], certain(stressed))
    np.testing.assert_allclose(ledger.total("fee")[[3, 4], 0], [2_000, 0])
    np.testing.assert_allclose(ledger.total("buyer_cost")[[3, 4], 0], [0, 1_600])


def test_an_insolvency_leaves_what_a_contract_says_of_it():
    """A deal with the clause keeps its own, and the clause stands before what shifts cash."""
    clauses = [{"payment_terms": {"days": 30}}]
    deals = {"D": {"pricing": {"hourly": {"rate": 20}}, "clauses": clauses}}
    kinds = [
        clause.keyword()
        for clause in small(deals=deals).stress("provider_insolvent", month=3).deals["D"].clauses
    ]
    assert kinds == ["provider_insolvency", "payment_terms"]
    own = {"D": deals["D"] | {"clauses": [{"provider_insolvency": {"bond": 0.1}}]}}
    stressed = small(deals=own, after_the_end="none").stress("provider_insolvent", month=3)
    assert [clause.bond for clause in stressed.deals["D"].clauses] == [0.1]
    assert stressed.after_the_end == "none"


@pytest.mark.parametrize("meter", ["provider", "buyer", "independent", None])
@pytest.mark.parametrize("claimed", [0.8, 0.96, {"p10": 0.7, "p90": 0.99}])
def test_an_inflated_meter_changes_what_is_counted_and_not_what_is_got(meter, claimed):
    """Claims rise by 5 %, to all units at most; who counts itself is paid for them; the buyer's
    worth and consequences, and what is reopened, are what they were.
    """
    outcomes = {"claimed": claimed, "reopened": 0.1, "duplicates": 0.05, "reopening_delay": 1.0}
    outcomes["measured_by"] = meter
    value = {"verified_unit": 3.0, "unresolved_unit": 2.0, "reopened_unit": 1.0}
    scenario = small(outcomes=outcomes, value=value)
    before, after = (Worlds(x, seed=1)(0) for x in (scenario, scenario.stress("meter_inflates")))
    counted = np.minimum(1.05 * before["claimed"], 100)
    np.testing.assert_allclose(after["claimed"], counted)
    own = counted * 0.85 if meter == "provider" else before["verified"]
    np.testing.assert_allclose(after["verified"], own)
    for got in ("value", "consequence", "reopened.0"):
        np.testing.assert_array_equal(after[got], before[got])


@pytest.mark.parametrize("meter", ["provider", "buyer"])
def test_claims_that_are_a_kpi_rise_where_the_provider_owns_its_meter(meter):
    """A rate of 0.8 is claimed as 0.84; where another owns the meter nothing is overstated."""
    kpis = {"solved": {"kind": "rate", "level": 0.8, "meter": meter}}
    scenario = small(kpis=kpis, outcomes={"claimed": "solved"})
    if meter == "buyer":
        with pytest.raises(ScenarioError, match="meter inflates changes nothing"):
            scenario.stress("meter_inflates")
        return
    np.testing.assert_allclose(certain(scenario.stress("meter_inflates"))["claimed"], 84)


def test_an_audit_claws_back_what_the_meter_inflates():
    """Of 84 claims at 5 the 4 that are inflated come back: the fee is that of 80 true ones."""
    outcomes = {"claimed": 0.8, "wrongly_claimed": 0.0, "measured_by": "provider"}
    priced = {"pricing": {"per_outcome": {"price": 5, "counts": "claimed"}}}
    deals = {"D": priced | {"clauses": [{"audit_clawback": {"tolerance": 0.0}}]}}
    scenario = small(outcomes=outcomes, deals=deals).stress("meter_inflates")
    ledger = settle(scenario.deals["D"], certain(scenario))
    np.testing.assert_allclose(ledger.total("fee"), 400)


def test_a_kpi_is_overstated_only_by_the_provider_that_measures_it():
    """Five per cent of its level; the truth and other meters are left alone."""
    kpis = {"a": KPIS["csat"] | {"meter": "provider"}, "b": KPIS["csat"] | {"meter": "buyer"}}
    world = certain(small(kpis=kpis).stress("meter_inflates"))
    np.testing.assert_allclose(world["reported.a"], 4.4 * 1.05)
    np.testing.assert_allclose(world["reported.b"], 4.4)
    np.testing.assert_allclose(world["kpi.a"], 4.4)


def test_an_unknown_stress_or_number_says_what_there_is():
    """The nearest stress is named; a number that it has not is refused."""
    with pytest.raises(ScenarioError, match="did you mean 'wage_jump'"):
        DESK.stress("wage_jmp")
    with pytest.raises(ScenarioError, match="did you mean 'rise'"):
        DESK.stress("wage_jump", raise_=0.2)


def test_a_stress_of_ones_own_works_like_any_other():
    """A class in a notebook's cell: a sentence, its numbers, and what it changes."""

    class Strike(Stress):
        """Nobody works {share} of the hours."""

        share: float = 0.5

        def on(self, data):
            """Takes the hours away."""
            for role in data["delivery"]["roles"].values():
                role["hours"] *= 1 - self.share

    stressed = small().stress(Strike(share=0.25))
    assert stressed.delivery.roles["agent"].hours == 75


def test_no_volume_at_all_is_refused_in_words():
    """A contract without any work is not a stress of it."""
    with pytest.raises(ScenarioError, match=r"must be 0\.01 or more"):
        small().stress("volume_falls", left=0.0)


def test_a_second_stress_of_a_kind_adds_to_the_first():
    """Half of a half is a quarter, two breaches cost twice, two shocks take twice as much, inflated
    twice is 1.05 squared, and the earlier insolvency stands.
    """
    calm = small(kpis=KPIS, outcomes={"claimed": 0.5})
    twice = calm
    for _ in range(2):
        for name in ("volume_falls", "data_breach", "kpi_shock", "key_people_leave"):
            twice = twice.stress(name, month=6)
        twice = twice.stress("meter_inflates")
    world = certain(twice)
    assert world["demand"][[5, 6, 11], 0] == pytest.approx([100, 25, 25])
    assert world["loss"].sum() == 1_000_000
    assert world["kpi.csat"][6, 0] == pytest.approx(4.4 - 2 * 0.2)
    assert world["hours"][6, 0] == pytest.approx(25 * 1.3**2)
    assert world["claimed"][6, 0] == pytest.approx(12.5 * 1.05**2)
    with pytest.raises(ScenarioError, match="insolvent in month 3 already"):
        small().stress("provider_insolvent", month=3).stress("provider_insolvent", month=5)


def test_a_month_that_the_scenario_has_not_and_what_changes_nothing_are_errors_in_words():
    """The months count from 0; a KPI without deviations cannot lose some."""
    with pytest.raises(ScenarioError, match="month 12 lies outside the scenario's 12 months"):
        small().stress("volume_falls", month=12)
    with pytest.raises(ScenarioError, match="sd is 0 for each"):
        small(kpis={"csat": {"kind": "score", "level": 4.4}}).stress("kpi_shock")


WORK = {
    "hours_per_unit": 1.0,
    "throughput": 0.25,
    "cost_index": "wages",
    "roles": {"agent": {"people": 1, "hours": 100, "cost": 10}},
    "effort": {"rework": 0.2, "monthly_error": 0.3},
    "workforce": {"occupancy": 0.8, "subcontracted": 0.5, "premium": 0.2},
}
WAGES = {"wages": {"annual": 0.1, "volatility": 0.2}}


def test_a_replacement_costs_so_many_times_what_the_work_costs_the_provider():
    """All that makes an hour or a unit dear counts: 1.6 times the certain world's labour of month
    6, own and bought, over its units.
    """
    scenario = small(delivery=WORK, indices=WAGES)
    world = certain(scenario)
    labour = (world["cost.labour"] + world["cost.subcontract"]) / world["demand"]
    after = scenario.stress("provider_insolvent", month=6).after_the_end
    assert after.per_unit == pytest.approx(1.6 * labour[6, 0])
    assert labour[6, 0] > 12


def test_of_a_backlog_a_replacement_costs_so_many_times_a_month_of_the_team():
    """1.6 times the certain world's labour in month 2, in which the team works all of it."""
    work = {key: part for key, part in WORK.items() if key != "hours_per_unit"}
    work |= {"effort": None}
    steps = {"backlog": {"unit": "step", "units": 10, "hours_per_unit": 40}}
    scenario = small(demand=steps, delivery=work, indices=WAGES)
    world = certain(scenario)
    after = scenario.stress("provider_insolvent", month=2).after_the_end
    labour = world["cost.labour"] + world["cost.subcontract"]
    assert after.per_month == pytest.approx(1.6 * labour[2, 0])
