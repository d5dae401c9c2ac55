import numpy as np
import pytest

import scenarios as sc
from scenarios.engine.streams import BLOCK, BlockDraws
from scenarios.uncertain import NoDraws, Normal


def test_the_same_seed_key_and_block_give_the_same_draws(same_bits):
    """A stream depends on nothing but its seed, its name and its block."""
    same_bits(BlockDraws(1, 2).normals("a", 3), BlockDraws(1, 2).normals("a", 3))


def test_seed_key_and_block_each_give_another_stream():
    """Streams that differ in seed, name or block are uncorrelated."""
    streams = [
        BlockDraws(seed, block).normals(key, 20).ravel()
        for seed, block, key in ((1, 0, "a"), (2, 0, "a"), (1, 1, "a"), (1, 0, "b"))
    ]
    apart = np.corrcoef(streams)[np.triu_indices(4, 1)]
    assert np.abs(apart).max() < 5 / (20 * BLOCK) ** 0.5


def test_the_first_rows_do_not_depend_on_how_many_follow(same_bits):
    """A longer horizon continues a stream and keeps its beginning."""
    same_bits(BlockDraws(1, 0).normals("a", 36)[:12], BlockDraws(1, 0).normals("a", 12))


def test_normals_are_standard_normal():
    """Mean 0, variance 1, no skew, kurtosis 3, within five standard errors."""
    z = BlockDraws(5, 0).normals("a", 200).ravel()
    n = len(z)
    for power, expected, variance in ((1, 0, 1), (2, 1, 2), (3, 0, 15), (4, 3, 96)):
        assert abs((z**power).mean() - expected) < 5 * (variance / n) ** 0.5


def test_a_number_is_itself_and_a_distribution_is_drawn_once_a_path():
    """A plain number costs no draw."""
    draws = BlockDraws(1, 0)
    assert draws.value(0.5, "a") == 0.5
    assert draws.value(Normal(mean=1, sd=1), "a").shape == (1, BLOCK)


def test_the_compiled_fill_gives_the_same_bits(same_bits):
    """The optional extra changes no result: its normals are those of ``standard_normal``."""
    pytest.importorskip("numba")
    from scenarios.engine.fast import fill  # noqa: PLC0415  numba is optional

    generators = [np.random.Generator(np.random.SFC64(9)) for _ in range(2)]
    compiled = fill(generators[0], np.empty((50, BLOCK)))
    same_bits(compiled, generators[1].standard_normal((50, BLOCK)))
    same_bits(generators[0].standard_normal(9), generators[1].standard_normal(9))


def test_without_draws_there_is_no_noise():
    """The certain world has one path, zero noise and central values."""
    assert NoDraws().normals("a", 3).tolist() == [[0], [0], [0]]
    assert NoDraws().value(Normal(mean=2, sd=1), "a") == 2


def test_the_global_random_state_is_left_alone(desk):
    """Neither draws nor a simulation touch ``numpy.random``'s own state."""
    np.random.seed(3)  # noqa: NPY002  the legacy state is what must not move
    expected = np.random.random(3)  # noqa: NPY002
    np.random.seed(3)  # noqa: NPY002
    sc.simulate(desk, paths=10, threads=2)
    np.testing.assert_array_equal(np.random.random(3), expected)  # noqa: NPY002
