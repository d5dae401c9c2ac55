"""The published tables of the two example scenarios, to the cent where the table is."""

import math

import numpy as np
import pytest

from scenarios.engine.simulate import simulate
from scenarios.engine.worlds import Worlds
from scenarios.io.load import load
from scenarios.resources import resource
from scenarios.sensitivity.break_even import break_even
from scenarios.settling import settle

DEALS = ["Per agent", "Hourly", "Hybrid", "Outcome"]
CENT = 0.005
MATURE = {  # buyer pays, buyer keeps, provider keeps, contribution, its %, against start, all-in
    "Per agent": (55_000, 0, 17_000, 26_075, 47.4, 9_575, 60_500),
    "Hourly": (38_000, 17_000, 0, 9_075, 23.9, -7_425, 43_500),
    "Hybrid": (43_818.75, 11_181.25, 5_818.75, 14_143.75, 32.3, -2_356.25, 47_818.75),
    "Outcome": (41_040, 13_960, 3_040, 10_615, 25.9, -5_885, 44_040),
}
GAIN = {"Per agent": 130_732, "Hourly": -170_657, "Hybrid": -6_320, "Outcome": 130_732}
START = {"Per agent": 5_500, "Hourly": 5_500, "Hybrid": 4_000, "Outcome": 3_000}
FEES = {"Per agent": 1_980_000, "Hourly": 1_618_611, "Hybrid": 1_745_599, "Outcome": 1_723_680}
KEPT = {"Per agent": 724_732, "Hourly": 423_343, "Hybrid": 463_330, "Outcome": 414_412}
TAKEN_OVER = {"Per agent": 0, "Hourly": 0, "Hybrid": 750, "Outcome": 1_500}


@pytest.fixture(scope="module")
def desk():
    """The support desk."""
    return load(resource("scenarios", "support-desk.yaml"))


@pytest.fixture(scope="module")
def run(desk):
    """A run of it with uncertainty on."""
    return simulate(desk, paths=500, seed=11)


@pytest.fixture(scope="module")
def keeps(run):
    """Who keeps the saving."""
    return run.who_keeps_it()


def month(scenario, deal, at, book="fee"):
    """One book of one month with uncertainty off."""
    ledger = settle(scenario.deals[deal], Worlds(scenario, seed=0).certain())
    return float(ledger.total(book)[at, 0])


@pytest.mark.parametrize("deal", DEALS)
def test_the_mature_month_of_the_support_desk(deal, desk, keeps):
    """With uncertainty off the last month is the published table, to the cent."""
    pays, kept, left, contribution, percent, change, all_in = MATURE[deal]
    fee = month(desk, deal, -1)
    cost = month(desk, deal, -1, "provider_cost")
    assert fee == pytest.approx(pays, abs=CENT)
    assert fee - cost == pytest.approx(contribution, abs=CENT)
    assert fee + month(desk, deal, -1, "buyer_cost") == pytest.approx(all_in, abs=CENT)
    off = keeps.xs("uncertainty off", axis=1, level="statistic").loc[deal]
    assert off["buyer pays"] == pytest.approx(pays, abs=CENT)
    assert off["saving"] == pytest.approx(17_000, abs=CENT)
    assert off["buyer keeps"] == pytest.approx(kept, abs=CENT)
    assert off["provider keeps"] == pytest.approx(left, abs=CENT)
    assert off["provider contribution"] == pytest.approx(contribution, abs=CENT)
    assert round(100 * off["contribution margin"], 1) == percent
    assert off["against start"] == pytest.approx(change, abs=CENT)
    assert off["buyer all-in"] == pytest.approx(all_in, abs=CENT)


@pytest.mark.parametrize("deal", DEALS)
def test_the_first_month_of_the_support_desk(deal, desk):
    """Before go-live: 55,000 (54,720 by outcome) for a cost to serve of 38,500."""
    assert month(desk, deal, 0) == pytest.approx(54_720 if deal == "Outcome" else 55_000, abs=CENT)
    cost = month(desk, deal, 0, "provider_cost")
    assert cost == pytest.approx(38_500 + TAKEN_OVER[deal], abs=CENT)
    assert month(desk, deal, 0, "buyer_cost") == pytest.approx(START[deal], abs=CENT)


def test_the_two_cost_structures_of_the_support_desk(desk):
    """Start: 2,500 hours and 38,500; mature: 1,375 hours, 11 agents, 21,175 + 7,750 = 28,925."""
    world = Worlds(desk, seed=0).certain()
    hours, labour, ai = world["hours"], world["cost.labour"], world["cost.ai"]
    assert (hours[0, 0], labour[0, 0], ai[0, 0]) == pytest.approx((2_500, 38_500, 0), abs=CENT)
    assert (hours[-1, 0], labour[-1, 0], ai[-1, 0]) == pytest.approx((1_375, 21_175, 7_750))
    assert world.headcount("agent")[[0, -1], 0] == pytest.approx([20, 11])
    assert world["verified"][0, 0] == pytest.approx(9_120)
    assert np.flatnonzero(world["cost.one_off"][:, 0]).tolist() == [3]


@pytest.mark.parametrize("deal", DEALS)
def test_36_months_of_the_support_desk(deal, desk):
    """Undiscounted fees and contribution after the one-off are the published totals."""
    ledger = settle(desk.deals[deal], Worlds(desk, seed=0).certain())
    fee = float(ledger.fee.sum())
    assert fee == pytest.approx(FEES[deal], abs=0.5)
    kept = fee - float(ledger.total("provider_cost").sum())
    assert kept == pytest.approx(KEPT[deal], abs=0.5)


@pytest.mark.parametrize("deal", DEALS)
def test_what_automating_is_worth_to_the_provider(deal, run, keeps):
    """Over 36 months the provider gains 130,732, or loses 170,657 or 6,320, by automating."""
    assert keeps.loc[deal, ("provider gain", "uncertainty off")] == pytest.approx(
        GAIN[deal], abs=0.5
    )
    assert run.incentives().loc[deal, "provider gain"] == pytest.approx(GAIN[deal], abs=0.5)
    assert run.incentives().loc[deal, "joint gain"] == pytest.approx(130_732, abs=0.5)


@pytest.mark.parametrize("deal", DEALS)
def test_the_saving_does_not_vanish(deal, keeps):
    """Buyer's saving + change of contribution + coordination taken over = fall in cost to serve."""
    off = keeps.xs("uncertainty off", axis=1, level="statistic").loc[deal]
    assert off["taken over"] == pytest.approx(TAKEN_OVER[deal], abs=CENT)
    assert off["fall in cost to serve"] == pytest.approx(9_575, abs=CENT)
    parts = off["buyer keeps"] + off["against start"] + off["taken over"]
    assert parts == pytest.approx(off["fall in cost to serve"], abs=CENT)


@pytest.mark.parametrize("deal", DEALS)
def test_the_saving_does_not_vanish_on_any_path(deal, desk):
    """The same identity holds on every path and month, against the path had nobody automated."""
    worlds = Worlds(desk, seed=11)
    world, idle = worlds(0), worlds.variant("not automated")(0)
    reference = settle(desk.reference_deal, idle)
    ledger = settle(desk.deals[deal], world)
    before = reference.fee - reference.total("provider_cost")
    saving = reference.fee - ledger.fee
    change = ledger.fee - ledger.total("provider_cost") - before
    serve = world["cost.labour"] + world["cost.ai"]
    own = ledger["coordination"].amounts.get("provider_cost", np.zeros((1, 1)))
    moved = sum(
        line.amounts["provider_cost"]
        for line in ledger
        if line.name in ("one-off investment", "investment") and "provider_cost" in line.amounts
    )
    fall = idle["cost.labour"] + idle["cost.ai"] - serve
    np.testing.assert_allclose(saving + change + own + moved, fall, atol=1e-6)
    assert float(np.std(saving[-1])) > 0, "uncertainty is on"


def test_hourly_and_outcome_cross_at_48_8_percent(desk):
    """Hourly is cheaper than outcome for the buyer only above 48.8 % automation."""
    found = break_even(desk).attrs["crossings"]
    (share,) = [at for at, _, *pair in found if set(pair) == {"Hourly", "Outcome"}]
    assert round(share, 3) == 0.488


def test_outcome_at_a_flat_6_hands_the_saving_to_the_provider(desk):
    """A price of 6.00 throughout saves the buyer 280 a month and gives the provider 24,295."""
    flat = desk.change({"deals.Outcome.pricing.per_outcome.price": 6.0})
    assert 55_000 - month(flat, "Outcome", -1) == pytest.approx(280, abs=CENT)
    kept = month(flat, "Outcome", -1) - month(flat, "Outcome", -1, "provider_cost")
    assert kept == pytest.approx(24_295, abs=CENT)


@pytest.mark.parametrize(("share", "loses"), [(0.07, True), (0.08, True), (0.09, False)])
def test_outcome_at_4_50_needs_8_percent_automation(share, loses, desk):
    """At 4.50 throughout the provider loses money below some 8 % automation."""
    flat = desk.change(
        {"deals.Outcome.pricing.per_outcome.price": 4.5, "automation.ceiling": share}
    )
    kept = month(flat, "Outcome", -1) - month(flat, "Outcome", -1, "provider_cost")
    assert (kept < 0) == loses


def test_the_providers_meter_is_worth_2_280_a_month(desk):
    """Paying what is claimed costs 380 x 6.00 more at the start: what an audit right is worth."""
    claimed = desk.change({"deals.Outcome.pricing.per_outcome.counts": "claimed"})
    gap = month(claimed, "Outcome", 0) - month(desk, "Outcome", 0)
    assert gap == pytest.approx(2_280, abs=CENT)


MEAN = math.exp(0.355**2 / 2)
"""1.065: the mean of a lognormal factor with median 1 and this standard deviation of its log."""
P90 = math.exp(0.355 * 1.2816)
"""1.576: its 90th percentile, with the normal quantile as tables print it."""
INCREMENT = {  # buyer all-in, provider contribution
    1.0: {"Hourly": (51_750, 14_550), "Hybrid": (51_675, 15_225), "Outcome": (53_500, 17_300)},
    MEAN: {"Hourly": (55_116, 15_496), "Hybrid": (54_646, 15_825), "Outcome": (53_728, 15_173)},
    P90: {"Hourly": (81_564, 22_933), "Hybrid": (77_989, 20_540), "Outcome": (55_516, -1_539)},
}


@pytest.fixture(scope="module")
def team():
    """The software team."""
    return load(resource("scenarios", "software-team.yaml"))


def at_factor(team, factor):
    """The world of the software team when every increment takes this factor of its estimate."""
    sure = team.change({"demand.backlog.overrun": factor, "delivery.throughput": 0.0})
    return Worlds(sure, seed=0).certain()


@pytest.mark.parametrize("factor", INCREMENT)
@pytest.mark.parametrize("deal", ["Hourly", "Hybrid", "Outcome"])
def test_an_increment_of_the_software_team(factor, deal, team):
    """Per increment, at a factor on effort and without AI, the table's amounts to the unit."""
    all_in, contribution = INCREMENT[factor][deal]
    ledger = settle(team.deals[deal], at_factor(team, factor))
    fee = float(ledger.fee.sum())
    within = CENT if factor == 1 else 0.5
    buyer = fee + float(ledger.total("buyer_cost").sum())
    provider = fee - float(ledger.total("provider_cost").sum())
    assert buyer / 24 == pytest.approx(all_in, abs=within)
    assert provider / 24 == pytest.approx(contribution, abs=within)


@pytest.mark.parametrize(("factor", "months"), [(1.0, 24), (MEAN, 25.6), (P90, 37.8)])
def test_a_fixed_team_overruns_in_months(factor, months, team):
    """24 months as estimated, 25.6 on average, 37.8 if every increment hits its P90."""
    assert round(float(at_factor(team, factor)["activity"].sum()), 1) == months
