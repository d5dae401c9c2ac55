"""What a reader passes to the calibration by hand: understood, or refused in words."""

import numpy as np
import pandas as pd
import pytest

from scenarios import calibrate
from scenarios.errors import ScenarioError

MONTHS = pd.period_range("2022-01", periods=36, freq="M")
RANDOM = np.random.default_rng(3)
RATE = pd.Series(0.8 + 0.05 * np.sin(np.arange(36) / 3) + RANDOM.normal(0, 0.01, 36), MONTHS)
OF = pd.Series(RANDOM.integers(100, 900, 36).astype(float), MONTHS)


def same(one, other):
    """Both fits have the same numbers."""
    return one.numbers == other.numbers and one.fit.equals(other.fit)


def shuffled(series):
    """The same values by period in another order."""
    return series.iloc[np.random.default_rng(1).permutation(len(series))]


@pytest.mark.parametrize("dated", [False, True])
def test_the_order_of_rows_does_not_matter(dated):
    """Periods and dates are sorted, and the units that a rate rests on with them."""
    rate, of = (s.to_timestamp() if dated else s for s in (RATE, OF))
    assert same(calibrate.kpi(shuffled(rate), "rate"), calibrate.kpi(RATE, "rate"))
    whole = calibrate.kpi(RATE, "rate", OF)
    assert same(calibrate.kpi(shuffled(rate), "rate", of), whole)
    assert same(calibrate.kpi(shuffled(rate), "rate", list(shuffled(of))), whole)


@pytest.mark.parametrize("dated", [False, True])
def test_a_month_that_lacks_is_missing(dated):
    """Rows left out give the fit of the same rows empty, not of months that follow each other."""
    gone = MONTHS[[4, 5, 6, 20]]
    rate = RATE.to_timestamp() if dated else RATE
    empty = RATE.mask(RATE.index.isin(gone))
    short = rate.drop(gone.to_timestamp() if dated else gone)
    found = calibrate.kpi(short, "rate")
    assert same(found, calibrate.kpi(empty, "rate"))
    assert not same(found, calibrate.kpi(list(short), "rate"))


def test_weeks_with_dates_are_weeks_where_that_is_said():
    """Dates a week apart are those weeks; without it they are months that repeat."""
    weeks = pd.period_range("2024-01-01", periods=36, freq="W")
    seen = pd.Series(RATE.to_numpy(), weeks)
    dated = seen.to_timestamp(how="start")
    assert same(calibrate.kpi(shuffled(dated), "rate", every="week"), calibrate.kpi(seen, "rate"))
    with pytest.raises(ScenarioError, match=r"2024-01 more than once.*every='week'"):
        calibrate.kpi(dated, "rate")


@pytest.mark.parametrize("frequency", ["D", "Q", "Y"])
@pytest.mark.parametrize("dated", [False, True])
def test_other_periods_than_months_are_refused(frequency, dated):
    """Days, quarters and years are not taken as months."""
    seen = pd.Series(RATE.to_numpy(), pd.period_range("2000-01", periods=36, freq=frequency))
    with pytest.raises(ScenarioError, match="one value a month"):
        calibrate.kpi(seen.to_timestamp() if dated else seen, "rate")


def test_a_month_given_twice_is_refused():
    """A month has one value; the one that repeats is named."""
    with pytest.raises(ScenarioError, match="2022-03 more than once"):
        calibrate.kpi(pd.concat([RATE, RATE.iloc[[2]]]), "rate")


def test_a_rate_in_percent_is_refused():
    """Percentages are not shares, not even one among shares; rounding above 1 is."""
    with pytest.raises(ScenarioError, match="divide percentages by 100"):
        calibrate.kpi(RATE * 100, "rate")
    with pytest.raises(ScenarioError, match=r"given: 85; allowed: 0 to 1"):
        calibrate.kpi([0.8] * 12 + [85], "rate")
    whole = calibrate.kpi([1.0, 0.9] * 6, "rate")
    assert same(calibrate.kpi([1.0 + 1e-12, 0.9] * 6, "rate"), whole)


def test_a_list_has_one_period_after_the_other():
    """A list, a tuple and an array are the series of the same values."""
    whole = calibrate.kpi(RATE, "rate", OF)
    for kind in (list, tuple, np.asarray):
        assert same(calibrate.kpi(kind(RATE), "rate", kind(OF)), whole)
    for nothing in ([], RATE.iloc[:0]):
        with pytest.raises(ScenarioError, match="too few values"):
            calibrate.kpi(nothing, "rate")
    assert calibrate.kpi([0.8, None, *RATE], "rate").fit["periods"].eq(37).all()


@pytest.mark.parametrize(
    "wrong",
    ["0.8", 0.8, None, RATE.to_frame(), RATE.to_numpy()[:, None], ["a"] * 9, [0.5, np.inf] * 9],
    ids=["text", "number", "none", "frame", "columns", "words", "infinite"],
)
def test_what_is_no_series_of_numbers_is_refused_in_words(wrong):
    """Anything but finite numbers by period is told, as a series and as its units."""
    with pytest.raises(ScenarioError, match="the series of a KPI must"):
        calibrate.kpi(wrong, "score")
    if wrong is not None:
        with pytest.raises(ScenarioError, match="the units that a rate rests on must"):
            calibrate.kpi(RATE, "rate", wrong)


def test_units_of_other_months_are_refused():
    """Units for fewer months, or for other months, do not fit the rate."""
    with pytest.raises(ScenarioError, match="35 numbers of units for 36 values"):
        calibrate.kpi(RATE, "rate", OF.iloc[1:])
    with pytest.raises(ScenarioError, match="units of other periods"):
        calibrate.kpi(RATE, "rate", OF.shift(1, freq="M"))


@pytest.mark.parametrize("wrong", [[100, 101, 102.0], np.ones(9), "cpi", RATE.to_frame()])
def test_an_index_without_periods_is_refused_in_words(wrong):
    """An index's levels need their periods."""
    with pytest.raises(ScenarioError, match="an index needs to know its periods"):
        calibrate.indexation(wrong)


def test_tasks_without_finite_effort_are_left_out_and_counted():
    """Infinite and missing estimates or actuals change nothing but what is said."""
    estimates, actuals = [4.0, 5, 6, 7, 8, 9], [5.0, 5, 9, 6, 8, 12]
    whole = calibrate.effort(estimates, actuals)
    found = calibrate.effort(
        [*estimates, np.inf, 3, np.nan, 3, -np.inf], [*actuals, 3, np.inf, 3, np.nan, 3]
    )
    assert same(found, whole)
    assert found.fit["standard error"].notna().all()
    assert found.decisions[0].startswith("5 tasks left out")
    assert "infinite" in found.decisions[0]
