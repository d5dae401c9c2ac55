import datetime as dt

import numpy as np
import pandas as pd
import pytest

from scenarios import calibrate
from scenarios.calibrate.given import given
from scenarios.errors import ScenarioError

RATES = np.array([0.8, 0.82, 0.79, 0.85, 0.81, 0.83, 0.8])
GAPS = (1, 2, 4, 5, 6, 7, 9)


def read(labels, every=None):
    """The series that is fitted of rates with these labels."""
    return given(pd.Series(RATES, index=labels), "rate", None, every)[0].seen


@pytest.mark.parametrize(
    "labels",
    [
        [f"2024-{m:02d}" for m in GAPS],
        [f"{m:02d}/2024" for m in GAPS],
        [f"{pd.Timestamp(2024, m, 1):%b %Y}" for m in GAPS],
        [f"{pd.Timestamp(2024, m, 1):%B-%y}" for m in GAPS],
        [f"2024-{m:02d}-01" for m in GAPS],
        [f"01/{m:02d}/2024" for m in GAPS],
        [f"{m:02d}/28/2024" for m in GAPS],
        [f"{m:02d}.2024" for m in GAPS],
        [202400 + m for m in GAPS],
        [f"2024{m:02d}" for m in GAPS],
        [dt.date(2024, m, 1) for m in GAPS],
        ["Jan 2024", "Feb 2024", "Apr 2024", "Mai 2024", "Juni 2024", "Juli 2024", "Sept 2024"],
    ],
)
def test_labels_that_are_months_keep_their_gaps(labels):
    """Seven of nine months, however they are written: the third and the eighth are missing."""
    seen = read(labels)
    assert [str(month) for month in seen.index] == [f"2024-{m:02d}" for m in range(1, 10)]
    assert np.flatnonzero(seen.isna()).tolist() == [2, 7]
    assert seen["2024-09"] == 0.8


def test_labels_are_put_in_order():
    """The latest first, as many tables are: the same as the other way round."""
    labels = [f"2024-{m:02d}" for m in GAPS]
    ordered = pd.Series(RATES, index=labels)
    pd.testing.assert_frame_equal(
        calibrate.kpi(ordered[::-1], "rate").fit, calibrate.kpi(ordered, "rate").fit
    )


def test_labels_that_are_weeks_are_weeks():
    """2024-W05 says that it is a week, without being told."""
    labels = [f"2024-W{w:02d}" for w in GAPS]
    found, every = given(pd.Series(RATES, index=labels), "rate", None, None)
    assert every == "week"
    assert (len(found.seen), found.known) == (9, 7)


def test_numbers_that_lack_leave_a_gap():
    """What dropna took out of a row of numbers is missing, and no month less."""
    seen = read(list(GAPS))
    assert np.flatnonzero(seen.isna()).tolist() == [2, 7]
    assert read([str(n) for n in GAPS]).isna().sum() == 2


def test_units_with_labels_go_by_these():
    """Units in another order than their rates are put beside the right ones."""
    labels = [f"2024-{m:02d}" for m in GAPS]
    rates = pd.Series(RATES, index=labels)
    units = pd.Series(np.arange(7.0) * 10 + 40, index=labels)
    one, other = (given(rates, "rate", of, None)[0].of for of in (units, units[::-1]))
    pd.testing.assert_series_equal(one, other)
    beside, _ = given(rates, "rate", list(units), None)
    pd.testing.assert_series_equal(beside.of, one)


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        (list("abcdefg"), "no month, week or date"),
        (["2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06", "Total"], "Total"),
        ([f"Q{q} 2024" for q in range(1, 8)], "give a list"),
        ([f"{n:02d}/{n + 1:02d}/2024" for n in range(1, 8)], "read in two ways"),
        ([1, 1, 2, 3, 4, 5, 6], "1 more than once"),
        ([0.5, 1, 2, 3, 4, 5, 6], "do not count"),
        ([0, 1, 2, 3, 4, 5, 10**9], "do not count"),
        ([f"2024-{m:02d}" for m in (1, 2, 2, 3, 4, 5, 6)], "2024-02 more than once"),
        (["2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06", "2024-07-01"], "kind"),
        (pd.MultiIndex.from_product([["a"], range(7)]), "several levels"),
    ],
)  # fmt: skip
def test_labels_without_an_order_are_told(labels, told):
    """Names, quarters, repeated months, numbers that number something else: in plain words."""
    with pytest.raises(ScenarioError, match=told):
        calibrate.kpi(pd.Series(RATES, index=labels), "rate")
