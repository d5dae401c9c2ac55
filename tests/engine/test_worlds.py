import numpy as np
import pytest

import scenarios as sc
from scenarios.engine.worlds import Worlds
from scenarios.sensitivity.assumptions import numbers


def certain(scenario):
    """The world with uncertainty off, each series as a flat list of months."""
    world = Worlds(scenario, 1).certain()
    return {name: array[:, 0] for name, array in world.series.items()}


def test_the_published_case_falls_from_55_000_to_38_000(desk):
    """Half of the tickets automated: 17,000 less a month at 22 an hour, harder work included."""
    world = certain(desk)
    bill = world["hours"] * 22 + world["cost.ai"]
    assert bill[0] == pytest.approx(55_000)
    assert bill[35] == pytest.approx(38_000)


def test_units_become_hours(small):
    """Hours are the units people handle, times hours a unit, over one plus throughput."""
    delivery = {
        "hours_per_unit": 2,
        "throughput": 0.25,
        "roles": {
            "lead": {"people": 1, "hours": 100, "cost": 30},
            "agent": {"people": 3, "hours": 100, "cost": 10},
        },
    }
    world = certain(small(delivery=delivery))
    np.testing.assert_allclose(world["hours"], 160)
    np.testing.assert_allclose(world["hours.lead"], 40)
    np.testing.assert_allclose(world["contracted.agent"], 300)
    np.testing.assert_allclose(world["cost.labour"], 160 * 15)


def test_automated_units_take_no_hours_and_make_the_rest_harder(small):
    """At half automated, people work half the units, each a tenth harder."""
    automation = {
        "ceiling": 0.5,
        "go_live": 1,
        "midpoint": 3,
        "rise": 2,
        "mature": 6,
        "unit_cost": 0.4,
        "running_cost": 7,
        "one_off": 99,
        "harder_work": 0.2,
    }
    world = certain(small(automation=automation))
    assert world["hours"][0] == 100
    np.testing.assert_allclose(world["automated"][6:], 50)
    np.testing.assert_allclose(world["hours"][6:], 50 * 1.1)
    np.testing.assert_allclose(world["cost.ai"][[0, 6]], [0, 50 * 0.4 + 7])
    np.testing.assert_array_equal(np.flatnonzero(world["cost.one_off"]), [1])


def test_a_fixed_team_makes_work_wait(small):
    """Units in are units completed plus units waiting; nobody works more than the contract."""
    season = [1, 1, 3, 1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5]
    delivery = {
        "hours_per_unit": 1,
        "team": "fixed",
        "roles": {"agent": {"people": 1, "hours": 110, "cost": 10}},
    }
    demand = {"volume": {"unit": "t", "per_month": 100, "seasonality": season}}
    world = certain(small(delivery=delivery, demand=demand))
    assert world["hours"].max() == 110
    assert world["waiting"].max() > 0
    np.testing.assert_allclose(
        world["demand"].cumsum(), world["completed"].cumsum() + world["waiting"]
    )


def test_a_fixed_team_without_hours_per_unit_is_refused_or_idle(small):
    """Units that take no hours never wait, and never become a division by zero."""
    delivery = {"team": "fixed", "roles": {"agent": {"people": 1, "hours": 100, "cost": 10}}}
    try:
        given = small(delivery=delivery)
    except ValueError:
        return
    np.testing.assert_array_equal(certain(given)["waiting"], 0)


def test_the_backlog_as_estimated_takes_24_months(team):
    """Twenty-four increments of a month each, at the estimated speed, one accepted a month."""
    world = certain(team.change({"delivery.throughput": 0.0}))
    np.testing.assert_array_equal(world["completed"], [1] * 24 + [0] * 36)
    np.testing.assert_array_equal(world["activity"], [1] * 24 + [0] * 36)
    np.testing.assert_array_equal(world["waiting"], 0)
    assert world["hours"].sum() == 24 * 900


def test_an_overrun_is_months_not_a_bigger_month(team):
    """At half as much again the team works 36 months at the same hours, and plan is missed."""
    changes = {"delivery.throughput": 0.0, "demand.backlog.overrun": 1.5}
    world = certain(team.change(changes))
    assert np.flatnonzero(world["hours"]).tolist() == list(range(36))
    assert world["hours"].max() == 900
    assert world["waiting"][23] == 8
    assert world["completed"].sum() == 24


def test_every_increment_is_accepted_once_on_every_path(team):
    """Hours and units are conserved where the months suffice."""
    world = Worlds(team, 1)(0)
    done, hours = world["completed"].sum(axis=0), world["hours"].sum(axis=0)
    assert done.max() == 24
    assert (done == 24).mean() > 0.99
    assert (world["hours"] <= 900 + 1e-6).all()
    assert (hours > 0).all()


def test_costs_follow_their_index(small):
    """Labour cost rises with the index that the delivery names."""
    delivery = {
        "hours_per_unit": 1,
        "cost_index": "wages",
        "roles": {"agent": {"people": 1, "hours": 100, "cost": 10}},
    }
    world = certain(small(delivery=delivery, indices={"wages": {"annual": 0.09}}))
    np.testing.assert_allclose(world["cost.labour"], 1000 * 1.09 ** (np.arange(12) / 12))


def test_what_is_not_verified_has_consequences(small):
    """Unresolved and reopened units cost the buyer what the scenario says."""
    world = certain(
        small(
            outcomes={"claimed": 0.9, "reopened": 0.1},
            value={"verified_unit": 5, "unresolved_unit": 3, "reopened_unit": 2},
        )
    )
    np.testing.assert_allclose(world["value"], 81 * 5)
    np.testing.assert_allclose(world["consequence"], 10 * 3 + 9 * 2)


def test_variants_share_the_shocks(desk):
    """Never automated or a month earlier, demand and KPIs are the same draws."""
    worlds = Worlds(desk, 1)
    written, never = worlds(0), worlds.variant("not automated")(0)
    sooner = worlds.variant("automated earlier")(0)
    for name in ("demand", "kpi.csat", "management"):
        np.testing.assert_array_equal(written[name], never[name])
        np.testing.assert_array_equal(written[name], sooner[name])
    assert not never["automation"].any()
    np.testing.assert_allclose(sooner["automation"][:-1], written["automation"][1:], atol=1e-12)


def test_a_world_is_read_only(desk):
    """No term can change what happened."""
    with pytest.raises(ValueError, match="read-only"):
        Worlds(desk, 1)(0)["demand"][0] = 0


def test_any_one_number_may_be_the_only_uncertain_one(desk):
    """Each uncertain number alone gives a world: no series takes another's shape for granted."""
    certain = desk.certain()
    for path, number in numbers(certain):
        section = path.partition(".")[0]
        if section in {"deals", "parties", "correlations"} or not isinstance(number, float):
            continue
        try:
            alone = certain.change({path: {"low": number * 0.9, "mode": number, "high": number}})
        except ValueError:  # this one is a plain number
            continue
        assert np.isfinite(sc.simulate(alone, paths=3).array).all(), path


@pytest.mark.parametrize("changed", [{"ahead": 1}, {"seed": 2}, {"scenario": None}])
def test_worlds_that_differ_keep_nothing_of_each_other(desk, changed):
    """A kept world is that of its own fields: otherwise it is built again, and stays as it is."""
    if "scenario" in changed:
        changed = {"scenario": desk.change({"demand.volume.per_month": 100})}
    worlds = Worlds(desk, 1, keep=True)
    kept = worlds(0)
    other = worlds.otherwise(**changed)
    found, afresh = other(0), Worlds(**({"scenario": desk, "seed": 1} | changed))(0)
    assert not np.array_equal(found["hours"], kept["hours"])
    assert np.array_equal(found["hours"], afresh["hours"])
    assert worlds(0) is kept
