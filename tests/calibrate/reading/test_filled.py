"""Zeros at the ends of a file of days: not seen, or honest."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.calibrate.reading.exports import TODAY, written

from scenarios.calibrate.reading import read_log
from scenarios.calibrate.reading.filled import filled

DAYS = pd.date_range("2023-01-01", "2023-12-31")
CALLS = np.random.default_rng(1).poisson(30, len(DAYS))


def read(folder, calls, **options):
    """The log of a year of days."""
    table = pd.DataFrame({"Date": DAYS.strftime("%Y-%m-%d"), "Calls": calls})
    return read_log(written(folder / "export.csv", table), today=TODAY, **options)


def months(log):
    """Its months and their calls."""
    return dict(zip(log.periods.index.astype(str), log.periods["units"], strict=True))


def test_zeros_behind_the_data_are_not_seen(tmp_path):
    """Data until 19 October and nought until December: October is incomplete, and it is told."""
    log = read(tmp_path, np.where(DAYS < "2023-10-20", CALLS, 0))
    by_month = pd.Series(CALLS).groupby(DAYS.strftime("%Y-%m").to_numpy()).sum()
    assert months(log) == by_month[:"2023-09"].to_dict()
    assert log.left_out == {"a day of nought after the data": 73, "in an incomplete month": 19}
    assert any('with edges="keep" they count as nought' in told for told in log.warnings)
    kept = read(tmp_path, np.where(DAYS < "2023-10-20", CALLS, 0), edges="keep")
    assert months(kept)["2023-12"] == 0


def test_zeros_before_the_data_are_not_seen(tmp_path):
    """Nought until 19 March: March is incomplete and no month of few calls."""
    log = read(tmp_path, np.where(DAYS > "2023-03-19", CALLS, 0))
    assert min(months(log)) == "2023-04"
    assert log.left_out["a day of nought before the data"] == 78


def test_closed_weekends_and_quiet_lines_are_honest_zeros(tmp_path):
    """A year that ends on a Sunday without calls, and one with a call a week, end as they are."""
    log = read(tmp_path, np.where(DAYS.day_of_week < 5, CALLS, 0))
    assert (len(log.periods), log.left_out) == (12, {})
    quiet = np.where(DAYS.day_of_week == 2, 1, 0) * (DAYS < "2023-12-20")
    assert "a day of nought after the data" not in read(tmp_path, quiet).left_out


def test_numbered_days_end_with_their_last_count(tmp_path):
    """Numbered days without dates are judged alike."""
    table = pd.DataFrame({"day": range(1, 366), "incoming": np.where(DAYS < "2023-10-20", 30, 0)})
    log = read_log(written(tmp_path / "days.csv", table), today=TODAY)
    assert log.periods["units"].tolist() == [210] * (292 // 7)
    assert log.left_out["a day of nought after the data"] == 73


@pytest.mark.parametrize(("usual", "zeros", "out"), [(5, 3, 0), (5, 4, 4), (16, 1, 0), (17, 1, 1)])
def test_a_run_of_zeros_is_no_luck_from_seventeen_units_on(usual, zeros, out):
    """Known answers: a Poisson count of more than 16 is 0 with a chance below exp(-16)."""
    assert filled(np.array([usual] * 70 + [0] * zeros)) == (0, out)
    assert filled(np.array([0] * zeros + [usual] * 70)) == (out, 0)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=120))
def test_no_count_is_ever_taken_for_filled(counts):
    """What is left out is nought throughout, and both sides mirror each other."""
    days = np.array(counts)
    before, after = filled(days)
    assert not days[:before].any()
    assert not days[len(days) - after :].any()
    assert filled(days[::-1]) == (after, before)
