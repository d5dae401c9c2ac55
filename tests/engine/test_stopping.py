import numpy as np
import pytest

import scenarios as sc
from scenarios.engine.worlds import Worlds

STOP = {
    "pricing": {"hourly": {"rate": 20}},
    "clauses": [{"not_to_exceed": {"amount": 7_000, "then": "stop work"}}],
}
VALUE = {"verified_unit": 30}


def ledger(scenario, world=None):
    """The ledger of the scenario's first deal, uncertainty off unless a world is given."""
    deal = next(iter(scenario.deals.values()))
    return sc.settle(deal, world or Worlds(scenario, 1).certain())


def months(array):
    """A book's months on the only path."""
    return array[:, 0].tolist()


def test_work_stops_at_the_ceiling_and_a_replacement_takes_over(small):
    """2,000 a month under 7,000: four months, the last cut to 1,000, then the replacement."""
    after = {"per_month": 500, "per_unit": 25}
    found = ledger(small(deals={"D": STOP}, after_the_end=after, value=VALUE))
    assert months(found.total("fee")) == [2_000] * 3 + [1_000] + [0] * 8
    assert months(found.total("provider_cost")) == [1_000] * 4 + [0] * 8
    assert months(found.total("buyer_cost")) == [0] * 4 + [3_000] * 8
    assert months(found.total("benefit")) == [3_000] * 12
    assert found.names[-1] == "after the end"


def test_explicitly_nothing_may_follow(small):
    """With after_the_end none the buyer pays nothing more and gets nothing more."""
    found = ledger(small(deals={"D": STOP}, after_the_end="none", value=VALUE))
    assert found.total("buyer_cost").sum() == 0
    assert months(found.total("benefit")) == [3_000] * 4 + [0] * 8


def test_a_shorter_contract_ends_like_a_stop(small):
    """Six months of twelve: fee and cost for six, the replacement for the other six."""
    deal = {"pricing": {"hourly": {"rate": 20}}, "months": 6}
    found = ledger(small(deals={"D": deal}, after_the_end={"per_unit": 25}))
    assert months(found.total("fee")) == [2_000] * 6 + [0] * 6
    assert months(found.total("provider_cost")) == [1_000] * 6 + [0] * 6
    assert months(found.total("buyer_cost")) == [0] * 6 + [2_500] * 6


def test_a_contract_as_long_as_the_scenario_does_not_end(small):
    """Twelve months of twelve leave no line after the end."""
    deal = {"pricing": {"hourly": {"rate": 20}}, "months": 12}
    found = ledger(small(deals={"D": deal}))
    assert "after the end" not in found.names


def test_the_earlier_end_counts(small):
    """A ceiling reached in month 4 ends a contract of six months in month 4, and the reverse."""
    for length, expected in ((6, 4), (2, 2)):
        found = ledger(small(deals={"D": STOP | {"months": length}}, after_the_end="none"))
        assert np.count_nonzero(found.total("fee")) == expected


def test_what_survives_is_paid_after_the_stop(small):
    """A holdback of the last month is released although the contract no longer runs."""
    clauses = [*STOP["clauses"], {"holdback": {"share": 0.1, "months": 3}}]
    found = ledger(small(deals={"D": STOP | {"clauses": clauses}}, after_the_end="none"))
    assert months(found.cash) == pytest.approx(
        [1_800] * 3 + [1_100, 200, 200, 100] + [0] * 5, abs=1e-9
    )
    assert found.outstanding[0] == pytest.approx(0, abs=1e-9)


def test_each_path_stops_when_its_own_ceiling_is_reached(small):
    """Under uncertain demand every path stops in its first month at the ceiling, none earlier."""
    demand = {"volume": {"unit": "t", "per_month": {"p10": 40, "p90": 160, "shape": "lognormal"}}}
    given = small(deals={"D": STOP}, demand=demand, after_the_end="none")
    world = Worlds(given, 1)(0)
    paid = ledger(given, world).total("fee")
    running = np.cumsum(np.broadcast_to(world["hours"] * 20, paid.shape), axis=0)
    worked = np.vstack([np.ones((1, world.paths), bool), running[:-1] < 7_000])
    np.testing.assert_allclose(paid.sum(axis=0), np.minimum(running[-1], 7_000))
    np.testing.assert_array_equal(paid > 0, worked)


def test_completion_at_cost_keeps_the_provider_working(small):
    """Without a stop the fee ends at the ceiling and the provider's cost goes on."""
    clause = {"not_to_exceed": {"amount": 7_000, "then": "complete at cost"}}
    deal = {"pricing": {"hourly": {"rate": 20}}, "clauses": [clause]}
    found = ledger(small(deals={"D": deal}))
    assert found.total("fee").sum() == 7_000
    assert found.total("provider_cost").sum() == 12_000


def test_a_deal_that_stops_in_a_scenario_that_does_not_say_what_follows(small):
    """A deal given in code is refused by name before anything is settled."""
    given = small()
    deal = sc.Deal("Late", sc.Hourly(rate=20), (sc.NotToExceed(amount=100, then="stop work"),))
    with pytest.raises(sc.ScenarioError, match="'Late' can end before the scenario does"):
        sc.simulate(given, [deal], paths=1)


def test_a_short_deal_in_a_scenario_that_does_not_say_what_follows(small):
    """A shorter deal given in code must not look cheaper by leaving months empty."""
    deal = sc.Deal("Short", sc.Hourly(rate=20), months=6)
    with pytest.raises(sc.ScenarioError, match="after_the_end"):
        sc.simulate(small(), [deal], paths=1)


def test_a_finished_backlog_needs_no_replacement(small):
    """Six increments of 200 hours take a team of 400 three months: a contract of one month leaves
    two to the replacement, and a month in which half of the work is left costs half.
    """
    delivery = {"roles": {"agent": {"people": 4, "hours": 100, "cost": 10}}}
    work = {"unit": "increment", "units": 6, "hours_per_unit": 200}
    deal = {"pricing": {"hourly": {"rate": 20}}, "months": 1}
    given = {"delivery": delivery, "deals": {"D": deal}, "after_the_end": {"per_month": 60_000}}
    found = ledger(small(demand={"backlog": work}, **given))
    assert months(found["after the end"].amounts["buyer_cost"]) == [0, 60_000, 60_000] + [0] * 9
    found = ledger(small(demand={"backlog": work | {"units": 5}}, **given))
    assert months(found["after the end"].amounts["buyer_cost"]) == [0, 60_000, 30_000] + [0] * 9


def test_a_backlog_that_is_finished_within_the_contract_costs_nothing_after_it(small):
    """The contract ends in month 6 and the work in month 3: nothing is left to replace."""
    found = ledger(
        small(
            delivery={"roles": {"agent": {"people": 4, "hours": 100, "cost": 10}}},
            demand={"backlog": {"unit": "increment", "units": 6, "hours_per_unit": 200}},
            deals={"D": {"pricing": {"hourly": {"rate": 20}}, "months": 6}},
            after_the_end={"per_month": 60_000},
        )
    )
    assert found["after the end"].amounts["buyer_cost"].sum() == 0


def test_a_contract_longer_than_the_scenario_does_not_end_with_it():
    """A fixed price over 48 months is a quarter paid after 12."""
    deal = sc.Deal("F", sc.FixedPrice(price=48_000), months=48)
    world = sc.World({"verified": np.ones((12, 1))}, paths=1, end=12)
    assert sc.settle(deal, world).fee.sum() == 12_000
