import math
from unittest import mock

import numpy as np
import pytest
from scipy.stats import norm, qmc
from tests.small import small

import scenarios as sc
from scenarios.engine import sobol
from scenarios.engine.sobol import Sobol
from scenarios.engine.streams import BLOCK, BlockDraws
from scenarios.engine.worlds import Worlds

VOLUME = {"volume": {"unit": "t", "per_month": {"mean": 100, "sd": 10}, "volatility": 0.2}}


@pytest.fixture(params=["desk", "team"])
def example(request):
    """Each example scenario."""
    return request.getfixturevalue(request.param)


def simulated(scenario, paths, **how):
    """A run with Sobol points."""
    return sc.simulate(scenario, paths=paths, sampling="sobol", **how)


def points(draws, key, rows, blocks):
    """The uniform numbers of a stream, (rows, paths), back from its normals."""
    return norm.cdf(np.concatenate([draws(1, n).normals(key, rows) for n in range(blocks)], axis=1))


def test_a_seed_gives_the_same_bits_and_another_seed_another_scramble(example, same_bits):
    """Two runs of one seed agree bit for bit; another seed, and random futures, do not."""
    run = simulated(example, 300, seed=7)
    same_bits(run, simulated(example, 300, seed=7))
    assert not np.array_equal(run.array, simulated(example, 300, seed=8).array)
    assert not np.array_equal(run.array, sc.simulate(example, paths=300, seed=7).array)


@pytest.mark.parametrize("paths", [1, 700, BLOCK, BLOCK + 1])
def test_the_first_n_of_2n_paths_are_a_run_of_n(desk, same_bits, paths):
    """More paths continue a run and keep its beginning."""
    same_bits(simulated(desk, 2 * paths).array[..., :paths], simulated(desk, paths))


def test_threads_change_nothing(example, same_bits):
    """One thread and two threads give the same bits, over several blocks."""
    paths = 3 * BLOCK + 5
    same_bits(simulated(example, paths, threads=1), simulated(example, paths, threads=2))


def test_a_block_is_the_same_alone_and_in_any_order(desk, same_bits):
    """Block 3 made first, or after another scenario's, is block 3 made last."""
    late, early = (Worlds(desk, 1, draws=Sobol.of(desk)) for _ in range(2))
    third, first = late(3), late(0)
    simulated(small(demand=VOLUME), 10)
    for name in first.series:
        same_bits(first[name], early(0)[name])
        same_bits(third[name], early(3)[name])


def test_a_draw_that_was_interrupted_leaves_no_trace(desk, same_bits):
    """A person who stops a run and starts it again gets the run."""
    draws = Sobol.of(desk)
    second = draws(1, 1).normals("demand.noise", 36)
    assert draws(1, 1)._points is draws(1, 1)._points  # several worlds of a block share them
    drawn = qmc.Sobol._random

    def stop(engine, n, **how):
        drawn(engine, n, **how)
        raise KeyboardInterrupt  # the points are drawn, and not yet counted

    draws(1, 0)  # the engine stands where the second block begins
    with mock.patch.object(qmc.Sobol, "_random", stop), pytest.raises(KeyboardInterrupt):
        draws(1, 1)
    same_bits(draws(1, 1).normals("demand.noise", 36), second)


def test_the_order_of_keys_changes_nothing(same_bits):
    """Streams have their dimensions by name, not by their place in the file."""
    walk = {"annual": {"mean": 0.03, "sd": 0.01}, "volatility": 0.02}
    indices = {"wages": walk, "cpi": walk}
    one, other = (
        small(indices=dict(order)) for order in (indices.items(), [*indices.items()][::-1])
    )
    assert list(one.indices) != list(other.indices)
    for name in ("index.wages", "index.cpi"):
        same_bits(*(simulated(given, 1).worlds(0)[name] for given in (one, other)))


def test_every_dimension_is_one_stratified_sequence_across_blocks(desk):
    """Of the first 8,192 points each of as many equal intervals holds one, in every dimension.

    That holds for a Sobol sequence and for no other joining of blocks.
    """
    places = Sobol.of(desk)
    for key, rows in {"management.load": 1, "demand.noise": 36, "kpis.csat.noise": 36}.items():
        u = points(places, key, rows, 2)[:, :8192]
        assert (np.sort((u * 8192).astype(int), axis=1) == np.arange(8192)).all()


def test_two_dimensions_are_stratified_together():
    """Of 4,096 points of a two-dimensional sequence each of 64 by 64 squares holds one."""
    places = Sobol({"a": slice(0, 1), "b": slice(1, 2)}, 2)
    cells = [(points(places, key, 1, 1)[0, :4096] * 64).astype(int) for key in "ab"]
    assert len(set(zip(*cells, strict=True))) == 4096


def test_no_point_gives_an_infinite_normal(desk):
    """A sequence that is not shifted begins at 0, whose normal is minus infinity."""
    unshifted = mock.patch.object(
        qmc, "Sobol", lambda d, bits, **_: real(d, bits=bits, scramble=False)
    )
    real, places = qmc.Sobol, Sobol.of(desk)
    with unshifted:
        z = places(12345, 0).normals("demand.noise", 36)
    del sobol._HERE.kept
    assert real(2, scramble=False).random(1)[0, 0] == 0
    assert np.isfinite(z).all()
    assert z.min() == pytest.approx(norm.ppf(2**-31))


def test_normals_go_into_the_array_that_is_given(desk, same_bits):
    """``out`` holds what is returned without it."""
    draws = Sobol.of(desk)(1, 0)
    out = np.empty((36, BLOCK))
    assert draws.normals("demand.noise", 36, out=out) is out
    same_bits(out, draws.normals("demand.noise", 36))


def test_the_mean_fee_of_an_uncertain_volume_is_closed_form_and_known_ten_times_better(small):
    """24,000 a year (20 an hour, one hour a unit, mean 100): within six errors of 16 scrambles."""
    given = small(demand=VOLUME)
    fees = [simulated(given, 4096, seed=s).total("Hourly", "fee") for s in range(16)]
    means = np.array([fee.mean() for fee in fees])
    error = means.std(ddof=1)
    assert abs(means.mean() - 24_000) < 6 * error / 4
    assert error < fees[0].std() / 64 / 10


def test_a_sobol_mean_is_nearer_than_a_random_one(example):
    """Over 8 seeds of 1,024 paths the buyer's mean cost strays less than a third as far."""
    costs = {
        how: [
            sc.simulate(example, paths=1024, seed=s, sampling=how).total("Hourly", "all_in").mean()
            for s in range(8)
        ]
        for how in ("random", "sobol")
    }
    assert np.std(costs["sobol"]) < np.std(costs["random"]) / 3


@pytest.mark.parametrize("variant", ["not automated", "automated earlier", "whole ceiling"])
def test_a_variant_has_the_same_shocks(desk, variant):
    """Whatever is drawn in both worlds has the same dimensions, also where one runs on for longer:
    the plan is the scenario's own.
    """
    worlds = simulated(desk, 1).worlds
    here, there = worlds(1), worlds.variant(variant)(1)
    for name in ("demand", "kpi.csat", "reported.answer_hours", "management"):
        np.testing.assert_allclose(there[name][:36], here[name], rtol=1e-12, err_msg=name)
    assert here["automation"].sum() != there["automation"][:36].sum()


def test_what_has_no_dimension_is_drawn_at_random(desk, same_bits):
    """A stream beyond the last dimension, one of another world, and the rows that are too many."""
    with mock.patch.object(sobol, "MOST_DIMENSIONS", 40):
        few = Sobol.of(desk)
    draws, random = few(1, 2), BlockDraws(1, 2)
    assert few.dimensions == 38  # two numbers, 36 months of demand; no room for a KPI
    same_bits(draws.normals("kpis.csat.noise", 36), random.normals("kpis.csat.noise", 36))
    same_bits(draws.normals("of another world", 3), random.normals("of another world", 3))
    more = draws.normals("demand.noise", 40)
    same_bits(more[:36], draws.normals("demand.noise", 36))
    same_bits(more[36:], random.normals("demand.noise", 40)[36:])
    assert not np.array_equal(draws.normals("demand.noise", 36), random.normals("demand.noise", 36))


def test_fewer_rows_are_the_first_ones(desk, same_bits):
    """A world that draws fewer months of a stream sees the same shocks in them."""
    draws = Sobol.of(desk)(1, 0)
    same_bits(draws.normals("demand.noise", 12), draws.normals("demand.noise", 36)[:12])


def test_the_numbers_of_a_path_come_before_those_of_its_months(team):
    """The first dimensions, whose points are best, go to what counts in every month."""
    places = Sobol.of(team).places
    assert places["delivery.throughput"] == slice(0, 1)
    assert places["demand.overrun"] == slice(1, 26)
    taken = sorted((place.start, place.stop) for place in places.values())
    assert [stop for _, stop in taken[:-1]] == [start for start, _ in taken[1:]]
    assert taken[-1][1] == Sobol.of(team).dimensions


def test_a_certain_scenario_has_one_result(example):
    """Where nothing is drawn, there is no dimension, and every path is the same."""
    assert Sobol.of(example.certain()).dimensions == 0
    run = simulated(example.certain(), 50)
    assert (run.array == run.array[..., :1]).all()


def test_a_repriced_deal_settles_on_the_same_points(desk, same_bits):
    """Repricing gives what a fresh simulation with Sobol points gives, and says so."""
    run = simulated(desk, 300)
    changed = desk.change({"deals.Outcome.pricing.per_outcome.minimum": 40_000})
    again = run.reprice(changed.deals["Outcome"])
    same_bits(again, sc.simulate(changed, paths=300, sampling="sobol"))
    assert again.sampling == "sobol"
    assert "seed 1, sobol points" in repr(again)


def test_no_standard_error_is_claimed(desk):
    """Tables leave it empty and say why; those of random futures have it."""
    run, random = simulated(desk, 300), sc.simulate(desk, paths=300)
    for table in (run.summary(detail=True), run.compare("Hourly", "Outcome")):
        errors = [column for column in table.columns if "standard error" in column]
        assert errors
        assert table[errors].isna().all(axis=None)
        assert table.attrs["sampling"] == "sobol"
        assert "compare the means of several seeds" in table.attrs["standard error"]
    table = random.compare("Hourly", "Outcome")
    assert table.attrs["sampling"] == "random"
    assert "standard error" not in table.attrs
    assert not math.isnan(table["standard error"].iloc[0])


def test_cases_are_those_that_are_simulated_alone(desk, same_bits):
    """The cases of a run with Sobol points have Sobol points."""
    runs = sc.simulate_cases(desk, paths=50, sampling="sobol")
    for name, run in runs.items():
        same_bits(run, simulated(desk.case(name), 50))


def test_another_sampling_is_refused(desk):
    """The error says what was given, what is allowed, and the nearest name."""
    with pytest.raises(sc.ScenarioError, match=r"sampling.*sobal.*sobol"):
        sc.simulate(desk, sampling="sobal")
