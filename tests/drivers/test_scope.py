import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy.stats import binom, chisquare

from scenarios.drivers import ScopeChange
from scenarios.drivers.scope import grown


def test_changes_come_as_often_as_declared(draws, agree):
    """So far, after n months: binomial with mean n p and variance n p (1 - p)."""
    changes = ScopeChange(chance=0.1, units=5).so_far(draws, 24)
    for month in (0, 11, 23):
        n = month + 1
        agree.mean(changes[month].astype(float), 0.1 * n)
        agree.variance(changes[month].astype(float), n * 0.1 * 0.9)
    seen = np.bincount(changes[11], minlength=13)[:5]
    expected = binom(12, 0.1).pmf(np.arange(5))
    rest = len(changes[11]) - seen.sum()
    assert (
        chisquare(
            [*seen, rest], [*expected, 1 - expected.sum()] * np.array(len(changes[11]))
        ).pvalue
        > 1e-4
    )


def test_months_are_independent(draws, agree):
    """A change in one month says nothing about the next."""
    arrives = ScopeChange(chance=0.3, units=1).arrives(draws, 3).astype(float)
    agree.correlation(arrives[0], arrives[1], 0)


def test_a_change_changes_something():
    """Neither units nor effort is refused."""
    with pytest.raises(ValidationError, match="changes nothing: give it units, effort or both"):
        ScopeChange(chance=0.1)


def backlog_of(*, units=4, hours=100.0, months=12, team=100.0):
    """Cumulative hours of equal units, and what a team works by each month's end."""
    return (
        np.arange(1, units + 1)[:, None] * hours,
        np.arange(1, months + 1)[:, None] * team,
    )


def test_a_lot_joins_the_end_of_the_queue():
    """Four units of a month each; a lot of 150 hours comes in the second month: done after 5.5."""
    effort, reached = backlog_of()
    arrives = np.zeros((12, 1), dtype=bool)
    arrives[1] = True
    ends, whole, came = grown(effort, reached, arrives, np.full((12, 1), 150.0), 0)
    np.testing.assert_array_equal(ends[:4, 0], [100, 200, 300, 400])
    assert ends[4 + 1, 0] == whole[0] == 550
    assert came[:, 0].tolist() == arrives[:, 0].tolist()


def test_harder_work_is_harder_from_then_on():
    """In the third month 200 of 400 hours are left; a half more makes 300 of them."""
    effort, reached = backlog_of()
    arrives = np.zeros((12, 1), dtype=bool)
    arrives[2] = True
    ends, whole, _ = grown(effort, reached, arrives, np.zeros((12, 1)), 0.5)
    np.testing.assert_array_equal(ends[:4, 0], [100, 200, 350, 500])
    assert whole[0] == 500


def test_a_finished_backlog_changes_no_more():
    """Four months of work: what comes in the fifth month or later is another contract."""
    effort, reached = backlog_of()
    arrives = np.zeros((12, 1), dtype=bool)
    arrives[4:] = True
    _, whole, came = grown(effort, reached, arrives, np.full((12, 1), 50.0), 0.5)
    assert whole[0] == 400
    assert not came.any()


@given(
    st.lists(st.booleans(), min_size=9, max_size=9),
    st.floats(0, 300),
    st.floats(0, 1),
    st.lists(st.floats(1, 200), min_size=1, max_size=6),
)
def test_nothing_gets_shorter_and_the_order_stays(arrives, lot, harder, hours):
    """Changes only add work, keep the order of units and lots, and come only to work in hand."""
    effort = np.cumsum(hours)[:, None]
    reached = np.arange(1, 10)[:, None] * 60.0
    when = np.array(arrives)[:, None]
    ends, whole, came = grown(effort, reached, when, np.full((9, 1), lot), harder)
    assert (ends[: len(hours)] >= effort - 1e-9).all()
    assert (np.diff(ends[:, 0]) >= -1e-9).all()
    assert whole[0] >= effort[-1, 0] + lot * came.sum() - 1e-6
    assert not (came & ~when).any()
    if harder == 0:
        assert whole[0] == pytest.approx(effort[-1, 0] + lot * came.sum())
