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
    if scenario is TEAM and name in {"automation_late", "next_wave"}:
        with pytest.raises(ScenarioError, match="nothing is automated"):
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
    np.testing.assert_allclose(stressed["demand"][6:], 50, rtol=0.02)
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
    """Thirty per cent more hours at once; a backlog takes the hours lost longer."""
    world = certain(small().stress("key_people_leave", month=2, half_life=1))
    np.testing.assert_allclose(world["hours"][[1, 2, 3], 0], [100, 130, 115])
    lost = 900 * 0.3 / (1 - 0.5 ** (1 / 3))
    assert TEAM.stress("key_people_leave").demand.hours_per_unit == pytest.approx(900 + lost / 24)


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
        c.keyword() for c in small(deals=deals).stress("provider_insolvent").deals["D"].clauses
    ]
    assert kinds == ["provider_insolvency", "payment_terms"]
    own = {"D": deals["D"] | {"clauses": [{"provider_insolvency": {"bond": 0.1}}]}}
    stressed = small(deals=own, after_the_end="none").stress("provider_insolvent")
    assert [clause.bond for clause in stressed.deals["D"].clauses] == [0.1]
    assert stressed.after_the_end == "none"


@pytest.mark.parametrize("meter", ["provider", "buyer"])
def test_an_inflated_meter_changes_what_is_counted_and_not_what_is_got(meter):
    """Claims rise by 5 %; who counts itself is paid for them, and the buyer is worth the same."""
    outcomes = {"claimed": 0.8, "reopened": 0.1, "duplicates": 0.05, "measured_by": meter}
    value = {"verified_unit": 3.0, "unresolved_unit": 2.0, "reopened_unit": 1.0}
    before = certain(small(outcomes=outcomes, value=value))
    after = certain(small(outcomes=outcomes, value=value).stress("meter_inflates"))
    np.testing.assert_allclose(after["claimed"], 1.05 * before["claimed"])
    more = 1.05 if meter == "provider" else 1
    np.testing.assert_allclose(after["verified"], more * before["verified"])
    if meter == "provider":
        np.testing.assert_allclose(after["value"], before["value"])
        np.testing.assert_allclose(after["consequence"], before["consequence"])


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
