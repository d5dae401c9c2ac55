import numpy as np
import pytest

import scenarios as sc
from scenarios.engine.streams import BLOCK

PAIR = ("Hourly", "Fixed")
DEMAND = {"volume": {"unit": "t", "per_month": {"mean": 100, "sd": 10}}}
DEALS = {
    "Hourly": {"pricing": {"hourly": {"rate": 20}}},
    "Fixed": {"pricing": {"fixed_price": {"per_month": 1_900}}},
}


@pytest.fixture
def pair(small):
    """Hourly less fixed: 12 * 20 * units - 22,800; mean 1,200, standard deviation 2,400."""
    return small(demand=DEMAND, deals=DEALS)


def test_it_stops_when_the_difference_is_known(pair):
    """4,704 / sqrt(n) <= 40 from 13,830 paths on: three whole blocks; mean within five errors."""
    run = sc.simulate_until(pair, between=PAIR, tolerance=40)
    known = run.precision
    assert run.paths == known.paths == 3 * BLOCK
    assert known.reached
    assert known.half_width == pytest.approx(1.959964 * 2_400 / np.sqrt(run.paths), rel=0.03)
    assert abs(known.mean - 1_200) < 5 * 2_400 / np.sqrt(run.paths)
    difference = run.total("Hourly", "all_in") - run.total("Fixed", "all_in")
    assert known.mean == pytest.approx(difference.mean(), rel=1e-12)


@pytest.mark.parametrize("threads", [1, 2])
def test_it_is_a_run_of_as_many_paths(pair, same_bits, threads):
    """Going on in several steps gives the bits of one simulation, whatever the threads."""
    run = sc.simulate_until(pair, between=PAIR, tolerance=30, least=1, threads=threads)
    assert run.paths > 2 * BLOCK
    same_bits(run, sc.simulate(pair, paths=run.paths))
    assert run.totals.shape == (run.paths, 12)


def test_it_does_not_go_on_when_enough_is_known(pair):
    """A tolerance that the first paths meet needs no more of them."""
    assert sc.simulate_until(pair, between=PAIR, tolerance=1_000).paths == 2 * BLOCK
    assert sc.simulate_until(pair, between=PAIR, tolerance=1_000, least=12_000).paths == 3 * BLOCK


@pytest.mark.parametrize("tolerance", [1e-300, 1, 10])
def test_it_ends_at_the_most_paths_and_says_what_was_reached(pair, tolerance):
    """Whole blocks within ``most``; the half-width that was reached is said to be too wide."""
    run = sc.simulate_until(pair, between=PAIR, tolerance=tolerance, most=4 * BLOCK + 1)
    assert run.paths == 4 * BLOCK
    assert not run.precision.reached
    assert run.precision.half_width == pytest.approx(1.959964 * 2_400 / np.sqrt(20_000), rel=0.03)
    assert "20,000 paths; the tolerance of" in str(run.precision)
    assert str(run.precision).endswith("is not reached")


def test_more_confidence_and_another_total_need_other_paths(pair):
    """The 99 % interval is 1.314 times as wide; the joint contribution differs by no chance."""
    wide = sc.simulate_until(pair, between=PAIR, tolerance=100, confidence=0.99).precision
    usual = sc.simulate_until(pair, between=PAIR, tolerance=100).precision
    assert wide.half_width / usual.half_width == pytest.approx(2.575829 / 1.959964)
    cost = sc.simulate_until(pair, between=PAIR, of="provider_cost", tolerance=0.01)
    assert (cost.precision.mean, cost.precision.half_width) == (0, 0)


def test_the_interval_holds_the_mean_as_often_as_it_says(pair):
    """Of 200 seeds 95 % hold the true mean of 1,200, within four binomial errors, though the spread
    that was seen decides when to stop.
    """
    known = [
        sc.simulate_until(pair, between=PAIR, tolerance=47.04, least=1, seed=seed).precision
        for seed in range(200)
    ]
    assert len({one.paths for one in known}) > 1
    held = np.mean([abs(one.mean - 1_200) <= one.half_width for one in known])
    assert abs(held - 0.95) < 4 * np.sqrt(0.95 * 0.05 / 200)


def test_progress_goes_on_counting(pair):
    """Blocks done and blocks in all, the second growing with what is needed."""
    told = []
    run = sc.simulate_until(
        pair, between=PAIR, tolerance=20, progress=lambda *counts: told.append(counts)
    )
    assert told[:2] == [(1, 2), (2, 2)]
    assert told[-1] == (run.paths // BLOCK,) * 2
    assert run.paths >= 50_000
    assert len({total for _, total in told}) <= 3  # it looks rarely, not after every block
    assert [done for done, _ in told] == list(range(1, len(told) + 1))


def test_a_repriced_run_no_longer_says_what_was_known(pair):
    """What was reached holds for the deals that were compared."""
    run = sc.simulate_until(pair, between=PAIR, tolerance=1_000)
    assert run.reprice(run.deal("Fixed")).precision is None
    assert sc.simulate(pair, paths=10).precision is None


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"between": ("Hourly", "Hourly")}, "given Hourly twice"),
        ({"between": ("Hourly", "Fixd")}, "did you mean 'Fixed'"),
        ({"of": "al_in"}, "did you mean 'all_in'"),
        ({"tolerance": 0}, "above 0: given 0"),
        ({"tolerance": float("nan")}, "given nan"),
        ({"confidence": 1}, "between 0 and 1: given 1"),
        ({"most": 4_999}, "5,000 to 100,000,000 paths: given 4,999"),
        ({"least": 20_000, "most": 10_000}, "least must be 1 to 10,000 paths"),
    ],
)
def test_arguments_that_cannot_be_are_refused(pair, arguments, says):
    """The error says what was given and what is allowed."""
    with pytest.raises(sc.ScenarioError, match=says):
        sc.simulate_until(pair, **{"between": PAIR, "tolerance": 100} | arguments)
