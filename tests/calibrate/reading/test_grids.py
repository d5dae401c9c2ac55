"""Tables of periods printed as ranges, quarters or months without a year, and their weeks."""

import numpy as np
import pandas as pd
import pytest
from tests.calibrate.reading.exports import TODAY, written

from scenarios.calibrate.reading import read_log
from scenarios.calibrate.reading.stamps import readings
from scenarios.errors import ScenarioError

COUNTS = [200 + 3 * n for n in range(24)]
MONTHS = pd.period_range("2022-01", "2023-12", freq="M")
MONDAYS = pd.date_range("2023-01-02", periods=24, freq="7D")
SUNDAYS = pd.date_range("2023-01-01", periods=24, freq="7D")
SIX_DAYS = pd.Timedelta(days=6)
QUARTERS = [(year, n) for year in range(2018, 2024) for n in (1, 2, 3, 4)]


def read(folder, **columns):
    """The log of a table with these columns."""
    return read_log(written(folder / "export.csv", pd.DataFrame(columns), ";"), today=TODAY)


@pytest.mark.parametrize(
    "form",
    [
        lambda a, b: f"{a:%d.%m.%Y} - {b:%d.%m.%Y}",
        lambda a, b: f"{a:%d.%m.}-{b:%d.%m.%Y}",
        lambda a, b: f"{a:%b} {a.day} - {b:%b} {b.day}, {b.year}",
        lambda a, b: f"{a:%Y-%m-%d}/{b:%Y-%m-%d}",
        lambda a, b: f"{a:%m/%d/%Y} \u2013 {b:%m/%d/%Y}",
        lambda a, b: f"{a:%d/%m/%Y} to {b:%d/%m/%Y}",
    ],
)
def test_ranges_of_a_week_are_that_week(tmp_path, form):
    """A range of seven days counts as the week that it begins with."""
    log = read(tmp_path, Week=[form(day, day + SIX_DAYS) for day in MONDAYS], Tickets=COUNTS)
    assert log.every == "week"
    assert log.periods["units"].tolist() == COUNTS
    assert [period.start_time for period in log.periods.index] == MONDAYS.tolist()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("29 Dec - 4 Jan 2025", [("2024-12-29", "week")]),
        ("01.02.2024 bis 29.02.2024", [("2024-02-01", "month")]),
        ("1/5/2024 - 1/11/2024", [("2024-01-05", "week")]),
        ("2024-01-01 - 2024-01-01", [("2024-01-01", "day")]),
        ("2024-01-01 - 2024-01-12", []),
        ("01-02-03 4-5", []),
    ],
)
def test_a_range_is_one_day_one_week_or_one_month(text, found):
    """Ranges of other lengths are no period; the year behind the last day is that of both."""
    days = [(str(np.datetime64(one.seconds, "s"))[:10], one.grain) for one in readings(text)]
    assert days == found


def test_weeks_from_sunday_stay_the_file_s_own_weeks(tmp_path):
    """Rows dated on Sundays are weeks from Sunday to Saturday, and not those of ISO 8601."""
    log = read(tmp_path, Week=SUNDAYS.strftime("%Y-%m-%d"), Tickets=COUNTS)
    assert log.periods["units"].tolist() == COUNTS
    assert [period.start_time for period in log.periods.index] == SUNDAYS.tolist()
    (decision,) = [decision for decision in log.decisions if decision.what == "weeks"]
    assert decision.decided == "Sunday to Saturday, by their first day"


def test_weeks_by_their_last_day(tmp_path):
    """Under a heading that says so, or by the option, dates are the last days of weeks."""
    saturdays = (SUNDAYS + SIX_DAYS).strftime("%Y-%m-%d")
    log = read(tmp_path, **{"Week ending": saturdays, "Tickets": COUNTS})
    assert [period.start_time for period in log.periods.index] == SUNDAYS.tolist()
    path = written(tmp_path / "a.csv", pd.DataFrame({"Week": saturdays, "Tickets": COUNTS}))
    log = read_log(path, {"period": "Week [ends]"}, today=TODAY)
    assert [period.start_time for period in log.periods.index] == SUNDAYS.tolist()


def test_a_week_that_new_year_cuts_is_still_that_week(tmp_path):
    """A row of Monday 1 January belongs to the week from Sunday 31 December."""
    days = ["2024-01-01", *pd.date_range("2024-01-07", periods=20, freq="7D").strftime("%Y-%m-%d")]
    log = read(tmp_path, Week=days, Tickets=COUNTS[:21])
    assert log.periods["units"].tolist() == COUNTS[:21]
    assert str(log.periods.index[0].start_time.date()) == "2023-12-31"


def test_a_week_from_sunday_that_is_not_over_is_left_out(tmp_path):
    """The week from Sunday 30 June is not over on its first day."""
    sundays = pd.date_range(end="2024-06-30", periods=24, freq="7D")
    log = read(tmp_path, Week=sundays.strftime("%Y-%m-%d"), Tickets=COUNTS)
    assert log.periods["units"].tolist() == COUNTS[:-1]
    assert any("the week of 2024-06-30, it is not over" in warning for warning in log.warnings)


@pytest.mark.parametrize(
    "quarters",
    [
        {"Quarter": [f"Q{n} {year}" for year, n in QUARTERS]},
        {"Period": [f"{year}-Q{n}" for year, n in QUARTERS]},
        {"Month": [f"{year}Q{n}" for year, n in QUARTERS]},
        {"Quartal": [f"{n}. Quartal {year}" for year, n in QUARTERS]},
        {"Year": [year for year, _ in QUARTERS], "Quarter": [f"Q{n}" for _, n in QUARTERS]},
    ],
)
def test_quarters_are_refused_in_words(tmp_path, quarters):
    """The error says that rows are quarters, and what to export instead."""
    with pytest.raises(ScenarioError, match="the rows are quarters, and months or weeks"):
        read(tmp_path, **quarters, Tickets=COUNTS)


@pytest.mark.parametrize("names", [[m.strftime("%b") for m in MONTHS], [m.month for m in MONTHS]])
def test_months_and_their_years_are_joined_or_asked_for(tmp_path, names):
    """Months beside a Year are dated; without one, or under another name, the option is named."""
    years = [month.year for month in MONTHS]
    log = read(tmp_path, Year=years, Month=names, Tickets=COUNTS)
    assert log.periods["units"].tolist() == COUNTS
    assert log.periods.index.tolist() == MONTHS.tolist()
    with pytest.raises(ScenarioError, match="nothing says the year of the months in 'Month'"):
        read(tmp_path, Month=names, Tickets=COUNTS)
    table = pd.DataFrame({"FY": years, "Month": names, "Tickets": COUNTS})
    path = written(tmp_path / "fiscal.csv", table)
    with pytest.raises(ScenarioError, match=r'columns=\{"year": "..."\} .*FY'):
        read_log(path, today=TODAY)
    log = read_log(path, {"year": "FY"}, today=TODAY)
    assert log.periods["units"].tolist() == COUNTS


def test_months_of_several_queues_need_no_year(tmp_path):
    """Months 1 to 12 once for each queue are added up by month, and that is told."""
    log = read(tmp_path, Month=[*range(1, 13)] * 2, Queue=["a"] * 12 + ["b"] * 12, Tickets=COUNTS)
    assert log.periods["units"].tolist() == (np.array(COUNTS[:12]) + COUNTS[12:]).tolist()


def test_quarters_and_month_names_beside_dates_are_only_labels(tmp_path):
    """Where dates stand in numbers, or days are numbered, such columns change nothing."""
    quarters = [f"Q{(month.month + 2) // 3} {month.year}" for month in MONTHS]
    names = [month.strftime("%b") for month in MONTHS]
    log = read(tmp_path, Period=MONTHS.strftime("%Y%m"), Quarter=quarters, Tickets=COUNTS)
    assert log.periods["units"].tolist() == COUNTS
    seconds = 1_640_995_200 + 86_400 * np.arange(0, 720, 2)
    cases = {"id": range(360), "opened_at": seconds, "month": [*names * 15]}
    assert read(tmp_path, **cases).every == "month"
    days = {"day": range(1, 241), "month": [*names * 10], "calls": 10}
    assert set(read(tmp_path, **days).periods["units"]) == {70}


def test_a_period_that_is_named_and_cannot_be_dated_is_refused_in_words(tmp_path):
    """The option does not make dates of quarters, nor of months without a year."""
    table = pd.DataFrame({"When": [f"Q{n} {year}" for year, n in QUARTERS], "Tickets": COUNTS})
    path = written(tmp_path / "export.csv", table)
    with pytest.raises(ScenarioError, match="the rows are quarters"):
        read_log(path, {"period": "When"}, today=TODAY)
