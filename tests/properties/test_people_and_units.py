"""Nobody leaves who is not there, and where nothing comes in there are no units."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.small import small

from scenarios.drivers import Volume
from scenarios.drivers.attrition import Newcomers, Seats, leaving, staffed
from scenarios.engine.streams import BlockDraws
from scenarios.engine.worlds import Worlds

seeds = st.integers(0, 2**32 - 1)
people = st.floats(0, 12) | st.integers(0, 12).map(float)


def normals(seed, months, paths=50):
    """Standard normals, (months, paths)."""
    return np.random.default_rng(seed).standard_normal((months, paths))


@given(seeds, people, st.floats(0, 1))
def test_no_more_people_leave_than_are_there(seed, there, chance):
    """Whole heads, a part of a full-time person counting as one."""
    left = leaving(normals(seed, 1), there, chance)
    assert (left >= 0).all()
    assert (left <= np.ceil(there)).all()
    assert (left == np.rint(left)).all()


@given(
    seeds,
    st.integers(1, 8),
    st.floats(0, 1),
    st.floats(0, 6),
    st.integers(2, 12),
    st.none() | st.floats(0, 900),
)
def test_a_team_loses_whom_it_has_and_no_month_looks_ahead(
    seed, heads, chance, vacancy, months, needed
):
    """Of a fixed team those in filled seats, of a flexible one those whom the hours need; a longer
    horizon keeps the earlier months.
    """
    newcomers = Newcomers.of(gap=0.5, ramp=3, vacancy=vacancy if needed is None else 0, at_start=0)
    noise = normals(seed, months)
    hours = None if needed is None else np.full((months, 1), needed)

    def team(last):
        seats = {"agent": Seats(1, heads, 100, chance, noise[:last])}
        return staffed(newcomers, seats, last, hours)

    found, shorter = team(months), team(months - 1)
    there = heads * found.present if hours is None else hours / found.productivity / 100
    assert (found.leavers["agent"] <= np.ceil(there + 1e-9)).all()
    assert (found.leavers["agent"][:-1] == shorter.leavers["agent"]).all()
    assert (found.productivity[:-1] == shorter.productivity).all()


@given(st.integers(0, 50), st.floats(0, 3), st.sampled_from([None, {"vacancy": 1}, {"ramp": 2}]))
@settings(max_examples=20)
def test_leavers_of_a_scenario_are_people_it_has(seed, leavers, workforce):
    """The world's leavers are no more than its people, with newcomers that matter or not."""
    agent = {"people": 2, "hours": 50, "cost": 10, "leavers": leavers}
    crew = None if workforce is None else workforce | {"starting_productivity": 0.5}
    fixed = workforce is not None and "vacancy" in workforce
    delivery = {"hours_per_unit": 1, "roles": {"agent": agent}, "workforce": crew}
    scenario = small(delivery=delivery | {"team": "fixed" if fixed else "flexible"})
    world = Worlds(scenario, seed)(0)
    there = np.maximum(world.headcount("agent"), 2 if fixed else 0)
    assert (world["leavers.agent"] <= np.ceil(there)).all()


SCATTERING = [
    {},
    {"counts": "poisson"},
    {"counts": "negative binomial", "overdispersion": 0.1},
]


@pytest.mark.parametrize("counted", SCATTERING)
@given(
    st.lists(st.sampled_from([0.0, 0.0, 1.0, 2.0]), min_size=12, max_size=12).filter(any),
    st.sampled_from([0.0, 80.0]),
    st.floats(0, 1),
)
@settings(max_examples=20)
def test_no_units_stay_none_whatever_the_dispersion(counted, seasons, per_month, volatility):
    """Months of a zero season, and all months of no volume, have exactly none, and no others."""
    given = Volume(
        unit="ticket",
        per_month=per_month,
        seasonality=tuple(seasons),
        volatility=volatility,
        autocorrelation=0.5,
        **counted,
    )
    units = given.simulate(BlockDraws(1, 0), 12, 1)
    some = np.array(seasons) * per_month > 0
    assert (units[~some] == 0).all()
    assert (units[some].mean(axis=1) > 0).all()
    assert np.isfinite(units).all()
