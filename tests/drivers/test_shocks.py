import numpy as np
import pytest
from pydantic import ValidationError
from tests.small import small

from scenarios.drivers import Shock
from scenarios.engine.streams import BlockDraws
from scenarios.engine.worlds import Worlds, build
from scenarios.uncertain import NoDraws

KPIS = {"csat": {"kind": "score", "level": 4.4}, "solved": {"kind": "rate", "level": 0.8}}


def test_a_certain_shock_arrives_in_its_month_and_fades_by_halves():
    """Nothing before, all of it on arrival, a half after each half-life."""
    level = Shock(month=2, half_life=1).level(NoDraws(), 6, "x")
    np.testing.assert_allclose(level[:, 0], [0, 0, 1, 0.5, 0.25, 0.125])


def test_what_arrives_while_an_earlier_one_fades_adds_up():
    """Arrivals are added: with one for certain each month the level nears 1 / (1 - left)."""
    level = Shock(chance=1, half_life=2).level(BlockDraws(1, 0), 60, "x")
    np.testing.assert_allclose(level[-1], 1 / (1 - 0.5**0.5), rtol=1e-6)


def test_shocks_arrive_as_often_as_declared(draws, agree):
    """The share of years with an arrival is the chance a year."""
    level = Shock(chance=0.3, half_life=6).level(draws, 12, "x")
    agree.mean((level.max(axis=0) > 0).astype(float), 0.3)


def test_one_shock_moves_demand_effort_and_kpis_together():
    """Each changes by its size on arrival and by half of it a half-life later."""
    shock = {"month": 1, "half_life": 1, "demand": 0.4, "effort": 0.2}
    shock["kpis"] = {"csat": -1.0, "solved": -0.1}
    world = build(small(kpis=KPIS, shocks={"incident": shock}).certain(), NoDraws())
    np.testing.assert_allclose(world["demand"][:4, 0], [100, 140, 120, 110])
    np.testing.assert_allclose(world["hours"][:4, 0], [100, 140 * 1.2, 120 * 1.1, 110 * 1.05])
    np.testing.assert_allclose(world["kpi.csat"][:4, 0], [4.4, 3.4, 3.9, 4.15])
    np.testing.assert_allclose(world["kpi.solved"][:4, 0], [0.8, 0.7, 0.75, 0.775])
    np.testing.assert_allclose(world["shock.incident"][:4, 0], [0, 1, 0.5, 0.25])


def test_demand_never_falls_below_nothing_and_a_rate_stays_a_rate():
    """Two shocks at once that take more than all leave nothing; rates stay within 0 and 1."""
    slump = {"month": 1, "half_life": 1, "demand": -0.99, "kpis": {"solved": -0.9}}
    world = build(small(kpis=KPIS, shocks={"a": slump, "b": slump}).certain(), NoDraws())
    assert world["demand"][1, 0] == pytest.approx(0.01)
    assert 0 <= world["kpi.solved"].min() < 1e-6


def test_a_shock_shared_by_demand_and_a_kpi_correlates_them():
    """Demand and KPI have no other common cause: on paths with the shock both move."""
    shocks = {"incident": {"chance": 0.5, "demand": 0.5, "kpis": {"csat": -0.5}}}
    world = Worlds(small(kpis=KPIS, shocks=shocks), seed=3)(0)
    hit = world["shock.incident"][-1] > 0
    assert 0 < hit.sum() < len(hit)
    assert np.all((world["demand"][-1] > 100) == hit)
    assert np.all((world["kpi.csat"][-1] < 4.4) == hit)


def test_a_shock_that_never_arrives_is_an_error():
    """It needs a chance or a month."""
    with pytest.raises(ValidationError, match="give it a chance a year, or the month"):
        Shock(demand=0.2)


def test_an_unknown_kpi_and_a_backlog_are_refused():
    """A shock names KPIs that exist, and a backlog has no monthly demand."""
    with pytest.raises(ValidationError, match="there is no KPI named 'cast'"):
        small(kpis=KPIS, shocks={"x": {"month": 0, "kpis": {"cast": 1.0}}})
    backlog = {"backlog": {"unit": "step", "units": 3, "hours_per_unit": 90}}
    with pytest.raises(ValidationError, match="a backlog feels it in its effort and KPIs"):
        small(demand=backlog, shocks={"x": {"month": 0, "demand": 0.1}})


def test_units_are_counted_around_a_level_that_a_shock_has_moved(agree):
    """Half of the volume is still whole units, and as many more or fewer as chance brings."""
    demand = {"volume": {"unit": "ticket", "per_month": 100, "counts": "poisson"}}
    slump = {"month": 0, "half_life": 600, "demand": -0.5}
    units = Worlds(small(demand=demand, shocks={"slump": slump}), seed=3)(0)["demand"][0]
    assert np.all(units == np.rint(units))
    agree.mean(units, 50)
    agree.variance(units, 50)


def test_what_comes_for_good_stays():
    """All of it on arrival, and as much ever after; written back it is still for good."""
    shock = Shock(month=2, half_life="for good", demand=-0.5)
    np.testing.assert_array_equal(shock.level(NoDraws(), 5, "x")[:, 0], [0, 0, 1, 1, 1])
    assert Shock.model_validate(shock.model_dump(mode="json", exclude_none=True)) == shock
    with pytest.raises(ValidationError, match="for good"):
        Shock(month=2, half_life="for ever", demand=-0.5)


def test_a_backlog_feels_effort_in_what_an_hour_gets_done():
    """Half as much again for good from the second month on: 100, then 66.7 planned hours a month,
    of 300 in all; every month has its 100 hours.
    """
    backlog = {"backlog": {"unit": "step", "units": 3, "hours_per_unit": 100}}
    shock = {"month": 1, "half_life": "for good", "effort": 0.5}
    world = build(small(demand=backlog, shocks={"x": shock}), NoDraws())
    np.testing.assert_allclose(world["hours"][:5, 0], [100, 100, 100, 100, 0])
    np.testing.assert_allclose(np.cumsum(world["completed"][:4, 0]), [1, 1, 2, 3])
    np.testing.assert_allclose(world["demand"][:4, 0], [1, 1, 1, 0])


def test_a_backlog_shows_how_much_of_a_shock_is_felt():
    """As a monthly volume does: the same shock is the same series under either demand."""
    shocks = {"x": {"chance": 0.4, "half_life": 2, "effort": 0.1}}
    backlog = {"backlog": {"unit": "step", "units": 3, "hours_per_unit": 100}}
    scenarios = small(shocks=shocks), small(shocks=shocks, demand=backlog)
    volume, steps = (Worlds(scenario, seed=3)(0)["shock.x"] for scenario in scenarios)
    assert volume.max() > 0
    np.testing.assert_array_equal(steps, volume)
