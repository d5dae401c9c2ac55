import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import scenarios as sc

AMOUNTS = st.lists(st.integers(-1_000, 1_000), min_size=1, max_size=30)
SHARES = st.floats(0.01, 1)


@given(AMOUNTS, SHARES)
def test_the_tail_is_beyond_its_edge_and_the_mean_within(amounts, share):
    """The mean of the worst share is no better than its edge, nor than the mean of all."""
    edge, tail = sc.value_at_risk(amounts, share), sc.tail_mean(amounts, share)
    assert min(amounts) - 1e-9 <= tail <= edge + 1e-9
    assert tail <= np.mean(amounts) + 1e-9
    assert edge in amounts


@given(AMOUNTS, SHARES)
def test_the_tail_is_the_best_of_rockafellar_and_uryasev_s_bounds(amounts, share):
    """The mean of the worst share is the greatest c - E max(c - x, 0) / share over any c."""
    x = np.array(amounts, dtype=float)
    bounds = [c - np.maximum(c - x, 0).mean() / share for c in x]
    assert sc.tail_mean(amounts, share) == pytest.approx(max(bounds), abs=1e-6)


@given(AMOUNTS, SHARES, SHARES)
def test_a_larger_share_is_no_worse(amounts, one, other):
    """Edge and mean rise with the share; the mean of the worst 100 % is the mean."""
    small, large = sorted((one, other))
    assert sc.value_at_risk(amounts, small) <= sc.value_at_risk(amounts, large)
    assert sc.tail_mean(amounts, small) <= sc.tail_mean(amounts, large) + 1e-9
    assert sc.tail_mean(amounts, 1) == pytest.approx(np.mean(amounts), abs=1e-9)


@given(st.lists(st.tuples(st.integers(-99, 99), st.integers(1, 4)), min_size=1), SHARES)
def test_a_weight_of_three_is_the_amount_three_times(pairs, share):
    """Weights and repeated amounts say the same."""
    amounts, times = zip(*pairs, strict=True)
    repeated = np.repeat(amounts, times)
    for measure in (sc.value_at_risk, sc.tail_mean):
        assert measure(amounts, share, times) == pytest.approx(measure(repeated, share), abs=1e-9)


@given(AMOUNTS, SHARES)
def test_costs_are_gains_turned_round(amounts, share):
    """Of costs the high ones are the worst: the same numbers with the other sign."""
    costs = [-amount for amount in amounts]
    for measure in (sc.value_at_risk, sc.tail_mean):
        assert measure(costs, share, worse="high") == -measure(amounts, share)


@pytest.mark.parametrize("worse", ["low", "high"])
@pytest.mark.parametrize(("mean", "sd"), [(0, 1), (5_000_000, 200_000), (1e-6, 1e-7)])
def test_a_normal_has_its_closed_form(mean, sd, worse):
    """Whatever the money's size: mean and z deviations, mean and phi(z) / share deviations."""
    share, way = 0.05, -1 if worse == "low" else 1
    normal, z = stats.norm(mean, sd), stats.norm.isf(0.05)
    edge = sc.value_at_risk(normal, share, worse=worse)
    tail = sc.tail_mean(normal, share, worse=worse)
    assert edge == pytest.approx(mean + way * z * sd, rel=1e-12)
    assert tail == pytest.approx(mean + way * stats.norm.pdf(z) / share * sd, rel=1e-9)


def test_an_exponential_has_its_closed_form():
    """Exponential costs have no memory: the worst share's mean is its edge and one mean more."""
    costs = stats.expon(scale=40)
    edge = sc.value_at_risk(costs, 0.1, worse="high")
    assert edge == pytest.approx(40 * np.log(10))
    assert sc.tail_mean(costs, 0.1, worse="high") == pytest.approx(edge + 40)


def test_a_tail_without_a_mean_is_refused():
    """A Cauchy has quantiles, but the mean of its worst share does not exist."""
    assert sc.value_at_risk(stats.cauchy(), 0.25) == pytest.approx(-1)
    with pytest.raises(sc.ScenarioError, match="has no mean"):
        sc.tail_mean(stats.cauchy(), 0.05)


def test_a_sample_is_near_its_distribution():
    """Of 200,000 draws edge and tail are within five standard errors of the closed forms."""
    draws = np.random.default_rng(1).normal(3, 7, 200_000)
    normal, share = stats.norm(3, 7), 0.05
    edge = sc.value_at_risk(normal, share)
    error = np.sqrt(share * (1 - share) / draws.size) / normal.pdf(edge)
    assert sc.value_at_risk(draws, share) == pytest.approx(edge, abs=5 * error)
    below = np.minimum(draws - edge, 0) / share
    error = below.std() / np.sqrt(draws.size)
    assert sc.tail_mean(draws, share) == pytest.approx(sc.tail_mean(normal, share), abs=5 * error)


@pytest.mark.parametrize(
    ("how", "told"),
    [
        ({"share": 0}, "share of the worst must be above 0"),
        ({"share": 1.5}, "at most 1"),
        ({"share": float("nan")}, "given nan"),
        ({"amounts": []}, "one row of numbers"),
        ({"amounts": 7}, "one row of numbers: given 7"),
        ({"amounts": ["a few", 2]}, "one row of numbers"),
        ({"amounts": [[1, 2]]}, r"\(1, 2\)"),
        ({"amounts": [1, float("inf")]}, "must be finite: given inf"),
        ({"weights": [1]}, "2 amounts and 1 weights"),
        ({"weights": [2, -1]}, "the least given is -1"),
        ({"weights": [0, 0]}, "not all 0"),
        ({"worse": "hi"}, "low, high"),
        ({"amounts": stats.norm(), "weights": [1, 2]}, "a distribution has no weights"),
    ],
)
def test_what_cannot_be_is_refused(how, told):
    """An error says what was given and what is allowed."""
    for measure in (sc.value_at_risk, sc.tail_mean):
        with pytest.raises(sc.ScenarioError, match=told):
            measure(**({"amounts": [1, 2], "share": 0.1} | how))
