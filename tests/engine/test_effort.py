"""Effort and workforce in the world: what they move, and what they leave alone."""

import numpy as np
import pytest

import scenarios as sc
from scenarios.engine.streams import BlockDraws
from scenarios.engine.worlds import Worlds, build
from scenarios.uncertain import NoDraws

NEUTRAL = {"delivery.effort": {}, "delivery.workforce": {}}
BACKLOG = {"backlog": {"unit": "increment", "units": 6, "hours_per_unit": 100}}


def team(small, *, leavers=None, months=12, demand=None, indices=None, **delivery):
    """One person of 100 hours at 10 with 100 units of an hour a month, or a backlog."""
    agent = {"people": 1, "hours": 100, "cost": 10}
    agent |= {} if leavers is None else {"leavers": leavers}
    given = {"hours_per_unit": 1, "roles": {"agent": agent}} | delivery
    sections = {} if demand is None else {"demand": demand}
    return small(delivery=given, months=months, indices=indices or {}, **sections)


def off(scenario):
    """The series of the one path with uncertainty off."""
    return {name: array[:, 0] for name, array in Worlds(scenario, 1).certain().series.items()}


class Noted(BlockDraws):
    """Draws that note what was asked for."""

    def __init__(self):
        super().__init__(1, 0)
        self.asked = set()

    def normals(self, key, rows, out=None):
        """As always, noted."""
        self.asked.add(key)
        return super().normals(key, rows, out)


@pytest.mark.parametrize("example", ["desk", "team"])
@pytest.mark.parametrize("section", NEUTRAL)
def test_a_neutral_section_moves_no_bit_and_draws_nothing(request, same_bits, example, section):
    """With its defaults it leaves every series as it was; workforce adds kinds of hours."""
    scenario = request.getfixturevalue(example)
    plain, noted = Noted(), Noted()
    before = build(scenario, plain).series
    after = build(scenario.change({section: NEUTRAL[section]}), noted).series
    added = {name.partition(".")[0] for name in set(after) - set(before)}
    assert added == (set() if section.endswith("effort") else {"paid", "handling", "subcontracted"})
    assert noted.asked == plain.asked
    for name, array in before.items():
        same_bits(array, after[name])


def test_hours_a_unit_take_every_part(small):
    """1.25 touches, occupancy 0.8 and a level half as fast again: 100 units take 104.17 hours."""
    level = {"senior": {"share": 1, "speed": 1.5, "cost": 2}}
    made = team(small, effort={"rework": 0.2, "seniority": level}, workforce={"occupancy": 0.8})
    found = off(made)
    np.testing.assert_allclose(found["hours"], 100 * 1.25 / 1.5 / 0.8)
    np.testing.assert_allclose(found["handling.agent"], 100 * 1.25 / 1.5)
    np.testing.assert_allclose(found["cost.labour"], found["hours"] * 20)


def test_people_learn_from_what_machines_leave(small):
    """Half is automated: 50 units a month go along the curve, not 100."""
    automation = {"ceiling": 0.5, "go_live": 0, "midpoint": 0, "rise": 0.1}
    learning = {"slope": 0.8, "units_before": 10}
    made = team(small, effort={"learning": learning}).replace(automation=automation)
    found = off(made)
    handled = found["demand"] - found["automated"]
    assert handled[-1] == pytest.approx(50)
    curve = sc.learning.crawford_total(1, 10 + handled.cumsum(), 0.8, since=1)
    expected = np.diff(curve, prepend=sc.learning.crawford_total(1, 10, 0.8)) / 11 ** np.log2(0.8)
    np.testing.assert_allclose(found["hours"], expected, rtol=1e-9)


def test_scope_adds_units_for_good_to_a_volume(small):
    """A change in each month: 5 more units and a tenth more work each time."""
    found = off(team(small, effort={"scope": {"chance": 1, "units": 5, "effort": 0.1}}, months=4))
    np.testing.assert_allclose(found["demand"], [105, 110, 115, 120])
    np.testing.assert_allclose(found["hours"], [105 * 1.1, 110 * 1.2, 115 * 1.3, 120 * 1.4])
    never = off(team(small, effort={"scope": {"chance": 0.5, "units": 5}}, months=4))
    np.testing.assert_array_equal(never["demand"], 100)


def test_scope_grows_a_backlog_as_a_lot(small):
    """Six months of work; each month of work a lot of 0.5 units comes: it takes twelve months."""
    effort = {"scope": {"chance": 1, "units": 0.5}}
    found = off(team(small, effort=effort, demand=BACKLOG, team="fixed", months=16))
    np.testing.assert_allclose(found["hours"], [100] * 12 + [0] * 4)
    assert found["completed"].sum() == pytest.approx(12)
    assert found["demand"].sum() == pytest.approx(12)
    np.testing.assert_allclose(found["completed"][:6], 1)
    np.testing.assert_allclose(found["completed"][6:12], [1] * 6)
    assert found["waiting"][-1] == 0
    assert (found["waiting"][:11] > 0).all()


def test_a_backlog_learns_unit_by_unit(small):
    """Six increments at a slope of 0.8: 100, 80, 70.2, 64, ... hours, done when they add up."""
    effort = {"learning": {"slope": 0.8, "units_before": 0}}
    found = off(team(small, effort=effort, demand=BACKLOG, team="fixed"))
    hours = sc.learning.crawford_unit(100, np.arange(1, 7), 0.8).cumsum()
    done = np.bincount(np.ceil(hours / 100 - 1e-9).astype(int) - 1, minlength=12)
    np.testing.assert_array_equal(found["completed"], done)
    assert found["hours"].sum() == pytest.approx(hours[-1])


def test_scope_on_paths_adds_its_mean(small):
    """A chance of 0.2 a month, units of a month each: of those who work on, a fifth get one."""
    effort = {"scope": {"chance": 0.2, "units": 1}}
    world = Worlds(team(small, effort=effort, demand=BACKLOG, team="fixed", months=60), 1)(0)
    came = np.diff(world["demand"].cumsum(axis=0), axis=0, prepend=0)
    planned = np.array([1.0] * 6 + [0] * 54)[:, None]
    first = (came - planned)[:6]
    assert abs(first.mean() - 0.2) < 5 * (0.2 * 0.8 / first.size) ** 0.5
    np.testing.assert_allclose(world["completed"].sum(axis=0), world["demand"].sum(axis=0))
    np.testing.assert_allclose(world["hours"].sum(axis=0), 100 * world["demand"].sum(axis=0))


FADING = {"starting_productivity": 0.5, "ramp": 2, "new_at_start": 1}
UNDONE = 0.5 * (1 - 0.5**0.5) / (np.log(2) / 2) * 0.5 ** (np.arange(12) / 2)
"""Of a team that is all new at first, the work undone each month."""


def test_a_flexible_team_works_more_hours_while_it_is_new(small):
    """The same units take hours over productivity; they are billed and cost as hours worked."""
    found = off(team(small, workforce=FADING))
    np.testing.assert_allclose(found["hours"], 100 / (1 - UNDONE))
    np.testing.assert_allclose(found["cost.labour"], 10 * found["hours"])
    np.testing.assert_array_equal(found["completed"], 100)


def test_a_fixed_team_gets_less_done_while_it_is_new(small):
    """It works its 100 hours, and what it does not do waits."""
    found = off(team(small, workforce=FADING, team="fixed"))
    np.testing.assert_allclose(found["hours"], 100)
    np.testing.assert_allclose(found["completed"][:3], 100 * (1 - UNDONE)[:3])
    np.testing.assert_allclose(found["waiting"], 100 * UNDONE.cumsum())


def test_a_backlog_waits_for_newcomers(small):
    """Six months of work of an experienced team take longer by what the new one leaves undone."""
    found = off(team(small, workforce=FADING, team="fixed", demand=BACKLOG))
    done = (100 * (1 - UNDONE)).cumsum()
    expected = np.diff(np.minimum(done, 600), prepend=0) / (1 - UNDONE)
    np.testing.assert_allclose(found["hours"], expected)
    units = np.floor(np.minimum(done, 600) / 100 + 1e-9)
    np.testing.assert_array_equal(found["completed"].cumsum(), units)
    np.testing.assert_allclose(found["activity"], expected / 100)


def test_vacancies_take_capacity_and_cost(small):
    """A seat a tenth of the time empty: a tenth fewer hours worked, paid and done."""
    given = team(small, leavers=1.2, workforce={"vacancy": 1, "replacement_cost": 50}, team="fixed")
    found = off(given)
    empty = 0.0
    for month in range(12):
        assert found["hours"][month] == pytest.approx(100 * (1 - empty))
        assert found["leavers.agent"][month] == pytest.approx(0.1 * (1 - empty))
        empty = (empty + 0.1 * (1 - empty)) / 2
    np.testing.assert_allclose(found["cost.staffing"], 50 * found["leavers.agent"])
    np.testing.assert_array_equal(found["contracted.agent"], 100)


def test_nobody_leaves_a_finished_backlog(small):
    """The team goes elsewhere when the work is done."""
    workforce = {"starting_productivity": 0.5}
    given = team(small, leavers=1.2, workforce=workforce, team="fixed", demand=BACKLOG, months=30)
    world = Worlds(given, 1)(0)
    assert (world["leavers.agent"][world["activity"] == 0] == 0).all()
    assert world["leavers.agent"].sum() > 0


def test_who_leaves_is_who_is_paid_for(small):
    """The leavers that move hours are those of the key-person clause and of the cost."""
    given = team(
        small, leavers=0.9, workforce={"starting_productivity": 0.3, "replacement_cost": 7}
    )
    world = Worlds(given, 3)(0)
    left = world["leavers.agent"]
    np.testing.assert_array_equal(world["cost.staffing"], 7 * left)
    assert set(np.unique(left)) <= set(range(9))
    next_month = world["hours"][1:2]
    assert (next_month[left[:1] > 0] > 100).all()
    assert (next_month[left[:1] == 0] == 100).all()


def test_subcontractors_are_paid_beside_the_team(small):
    """A quarter at 20 % more: 750 and 300 of what was 1,000, both on the provider's cost."""
    given = team(small, workforce={"subcontracted": 0.25, "premium": 0.2})
    world = Worlds(given, 1).certain()
    ledger = sc.settling.settle(sc.Deal("Plain", sc.Hourly(rate=20)), world)
    for line, amount in (("labour", 750), ("subcontractors", 300)):
        np.testing.assert_allclose(ledger[line].amounts["provider_cost"], amount)
    np.testing.assert_allclose(ledger.fee, 2_000)


def test_wages_follow_their_index(small):
    """The provider's own and bought hours rise by the index that cost_index names."""
    wages = {"wages": {"annual": 0.068}}
    workforce = {"subcontracted": 0.5}
    found = off(team(small, workforce=workforce, cost_index="wages", indices=wages))
    np.testing.assert_allclose(found["cost.labour"], 500 * 1.068 ** (np.arange(12) / 12))
    np.testing.assert_allclose(found["cost.subcontract"], found["cost.labour"])


def test_channels_follow_the_team(small):
    """Five people at work have 10 channels, one hour each at 30; half a month costs half."""
    people = {"agent": {"people": 5, "hours": 100, "cost": 10}}
    backlog = {"backlog": {"unit": "increment", "units": 1, "hours_per_unit": 750}}
    found = off(
        small(
            delivery={"team": "fixed", "roles": people},
            demand=backlog,
            management={"channels": {"hours": 1, "cost": 30}},
        )
    )
    np.testing.assert_allclose(found["coordination.cost"], [300, 150] + [0] * 10)


def test_an_estimate_error_belongs_to_a_volume(small):
    """A backlog has its overrun: the other would count twice."""
    with pytest.raises(ValueError, match=r"write demand\.backlog\.overrun"):
        team(small, effort={"estimate_error": 1.2}, demand=BACKLOG, team="fixed")


def test_uncertainty_off_is_the_mean_of_what_is_linear(small):
    """With central values no change of scope comes and expected people leave."""
    effort = {"monthly_error": 0.4, "scope": {"chance": 0.3, "units": 9}}
    given = team(small, leavers=0.6, effort=effort, workforce={"starting_productivity": 0.5})
    found = build(given.certain(), NoDraws()).series
    np.testing.assert_array_equal(found["demand"], 100)
    assert found["leavers.agent"][0, 0] == pytest.approx(0.05)
    assert (np.diff(found["hours"][:, 0]) > 0).all()


EVERYTHING = {
    "effort": {
        "rework": {"mean": 0.1, "sd": 0.02},
        "learning": {"slope": {"mean": 0.9, "sd": 0.02}, "units_before": 3},
        "scope": {"chance": 0.2, "units": 1, "effort": 0.05},
    },
    "workforce": {
        "starting_productivity": {"mean": 0.5, "sd": 0.05},
        "new_at_start": 0.5,
        "mentoring": 0.1,
        "replacement_cost": 900,
        "subcontracted": 0.1,
    },
}


@pytest.mark.parametrize("demand", [None, BACKLOG], ids=["volume", "backlog"])
def test_a_longer_horizon_keeps_the_earlier_months(small, same_bits, demand):
    """No month looks at a later one, bit for bit, with every part declared and uncertain."""
    kind = {} if demand is None else {"team": "fixed"}
    short, long = (
        Worlds(team(small, leavers=0.8, months=n, demand=demand, **kind, **EVERYTHING), 5)(0)
        for n in (7, 13)
    )
    for name, array in short.series.items():
        same_bits(array, long[name][:7])
