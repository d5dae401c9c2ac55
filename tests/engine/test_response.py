"""A provider that reacts to how it is paid: same shocks, so the reaction is a paired difference."""

import numpy as np
import pytest
from pydantic import ValidationError
from tests.small import small

import scenarios as sc
from scenarios.drivers import Reaction, Response
from scenarios.engine.response import kept
from scenarios.engine.worlds import Worlds

AUTOMATION = {"ceiling": 0.5, "go_live": 1, "midpoint": 6, "rise": 6, "unit_cost": 2.0}
KPIS = {"csat": {"kind": "score", "level": 4.3, "sd": 0.2, "autocorrelation": 0.4}}
HOURLY = {"pricing": {"hourly": {"rate": 20}}}
FIXED = {"pricing": {"hourly": {"rate": 20, "billing": "contracted"}}}
BONUS = {
    "pricing": {"hybrid": {"base": 2_000, "at_risk": 0.2, "weights": {"csat": 1.0}}},
    "targets": {"csat": 4.4},
}
DEALS = {"Hourly": HOURLY, "Fixed": FIXED, "Bonus": BONUS}
STRONG = {"automation": 1.0, "quality": 1.0, "most": 2.0}


def desk(**response):
    """A small desk that is automated, under three deals; with a response where one is given."""
    sections = {"automation": AUTOMATION, "kpis": KPIS, "deals": DEALS}
    return small(**sections | ({"response": response} if response else {}))


def reactions(**response):
    """How the provider reacts to each deal."""
    run = sc.simulate(desk(**response), paths=1, seed=4)
    return {deal.name: run.worlds.under(deal).reaction for deal in run.deals}


def test_who_keeps_the_saving_automates_faster_and_who_is_paid_by_the_hour_slower():
    """Fixed keeps all of it, so 1 + (1 - 0.5); hourly loses by it, so 1 - 0.5."""
    found = reactions(**STRONG)
    assert found["Fixed"].pace == pytest.approx(1.5)
    assert found["Hourly"].pace == pytest.approx(0.5)


def test_only_a_provider_with_money_at_risk_makes_kpis_better():
    """A bonus that better KPIs earn is worth an effort; a fee that ignores them is not."""
    found = reactions(**STRONG)
    assert found["Bonus"].better > 0.5
    assert found["Hourly"].better == found["Fixed"].better == 0


def test_what_better_kpis_cost_is_taken_off_before_the_provider_moves():
    """Half of the labour cost for a standard deviation is more than it earns: it stays put."""
    dear = reactions(**STRONG, quality_cost=0.5)
    assert dear["Bonus"].better == 0
    cheap = STRONG | {"quality": 0.1}
    dearer = reactions(**cheap, quality_cost=0.05)["Bonus"].better
    assert 0 < dearer < reactions(**cheap)["Bonus"].better < 2


def test_a_faster_pace_moves_automation_and_nothing_else():
    """The same shocks: KPIs and demand are untouched where only the pace differs."""
    run = sc.simulate(desk(automation=1.0), paths=1, seed=4)
    block = next(run.blocks(paths=50))
    hourly, fixed = block.worlds["Hourly"], block.worlds["Fixed"]
    assert fixed["automation"][6, 0] > 2 * hourly["automation"][6, 0]
    np.testing.assert_array_equal(hourly["kpi.csat"], fixed["kpi.csat"])
    np.testing.assert_array_equal(hourly["demand"], fixed["demand"])


def test_better_kpis_are_the_same_luck_on_a_higher_level():
    """Half a standard deviation better is a tenth of a point on every path, in every month."""
    written = Worlds(desk(), seed=4)
    lifted = written.reacting(Reaction(better=0.5))
    np.testing.assert_allclose(lifted(0)["kpi.csat"] - written(0)["kpi.csat"], 0.1)
    np.testing.assert_allclose(lifted.certain()["kpi.csat"], 4.4)


def test_only_what_the_provider_decides_gets_better():
    """Of a KPI that comes from outside by a half, it moves a half."""
    kpis = {"csat": KPIS["csat"] | {"external": 0.5}}
    lifted = Worlds(desk().replace(kpis=small(kpis=kpis).kpis), seed=4).reacting(Reaction(better=1))
    assert lifted.certain()["kpi.csat"][0, 0] == pytest.approx(4.3 + 0.1)


def test_the_totals_are_those_of_each_deals_own_world():
    """What simulate adds up is what each deal's ledger in its own world shows."""
    run = sc.simulate(desk(**STRONG), paths=40, seed=4)
    block = next(run.blocks())
    for deal in run.names:
        fee = block.ledgers[deal].total("fee").sum(axis=0)[:40]
        np.testing.assert_allclose(run.total(deal, "fee"), np.broadcast_to(fee, 40), rtol=1e-12)


def test_without_a_response_all_deals_share_one_world():
    """Off by default: the worlds are the very same objects, and so are the results."""
    run = sc.simulate(desk(), paths=10, seed=4)
    assert all(run.worlds.under(deal) is run.worlds for deal in run.deals)
    none = sc.simulate(desk(automation=0.0, quality=0.0), paths=10, seed=4)
    np.testing.assert_array_equal(run.array, none.array)


def test_threads_and_halves_change_nothing():
    """Reactions are read from the first block whatever the run's size or threads."""
    one = sc.simulate(desk(**STRONG), paths=6_000, seed=4)
    two = sc.simulate(desk(**STRONG), paths=12_000, seed=4, threads=2)
    np.testing.assert_array_equal(one.array, two.array[..., :6_000])


def test_incentives_show_what_the_provider_does():
    """Beside what automating is worth to it stand its pace and its KPIs."""
    table = sc.simulate(desk(**STRONG), paths=1, seed=4).incentives()
    assert table.loc["Fixed", "pace"] == pytest.approx(1.5)
    assert table.loc["Bonus", "better KPIs"] > 0.5
    assert "pace" not in sc.simulate(desk(), paths=1, seed=4).incentives()


def test_a_reaction_stays_within_its_bounds():
    """No incentive makes automation stop or leap."""
    response = Response(automation=10, slowest=0.5, fastest=1.5, quality=5, most=0.8)
    assert [response.pace(kept) for kept in (-3, 0.5, 7)] == [0.5, 1, 1.5]
    assert [response.better(gain) for gain in (-1, 0, 1)] == [0, 0, 0.8]
    with pytest.raises(ValidationError, match="must lie on either side of 1"):
        Response(slowest=1.2)


@pytest.mark.parametrize(
    ("provider", "joint", "share"),
    [(50, 100, 0.5), (-20, 100, -0.2), (-20, 1e-9, -2e10), (-20, 0, 0), (-20, -5, 0), (20, -5, 1)],
)
def test_the_share_kept_has_no_leap_where_the_joint_gain_ends(provider, joint, share):
    """A provider that loses by automating has no reason to, whatever the two gain together."""
    response = Response(automation=1)
    assert kept(provider, joint) == pytest.approx(share)
    assert response.pace(kept(provider, joint)) == response.pace(share)


def test_where_nobody_gains_or_loses_there_is_no_incentive():
    """Then automation comes as the scenario says, whatever is neutral."""
    assert kept(0, 0) is None
    deals = {"Fixed": FIXED}
    flat = AUTOMATION | {"ceiling": 0.0}
    run = sc.simulate(
        small(automation=flat, deals=deals, response={"automation": 1.0, "neutral": 0.2}), paths=1
    )
    assert run.worlds.under(run.deals[0]).reaction.pace == 1


def test_better_kpis_cost_as_much_where_subcontractors_do_the_work():
    """A tenth of what all hours cost, whoever works them: 1,000 own, or 600 and 400 at a quarter
    more.
    """
    for bought, cost in ((0.0, 100.0), (0.4, 110.0)):
        agent = {"people": 1, "hours": 100, "cost": 10}
        crew = {"subcontracted": bought, "premium": 0.25}
        delivery = {"hours_per_unit": 1, "roles": {"agent": agent}, "workforce": crew}
        written = small(delivery=delivery, kpis=KPIS, response={"quality_cost": 0.1})
        world = Worlds(written, seed=4, reaction=Reaction(better=1)).certain()
        np.testing.assert_allclose(world["cost.quality"], cost)
