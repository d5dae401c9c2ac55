"""Dates and times of day in two columns, and dates alone: never hours that are short by a day."""

import numpy as np
import openpyxl
import pandas as pd
import pytest
from tests.calibrate.reading.exports import TODAY, made_cases, printed, truth, written

from scenarios.calibrate.reading import read_log

CASES = made_cases()
TRUTH = truth(CASES)
MIDNIGHTS = (CASES["resolved"].dt.normalize() - CASES["opened"].dt.normalize()).dt.days
"""Midnights between opening and resolution: what dates alone can tell [days]."""


def table(**columns: tuple[str, str]) -> pd.DataFrame:
    """An export with an id; each keyword names a column, its moment and how it is printed."""
    made = pd.DataFrame({"id": [f"T{n}" for n in range(len(CASES))]})
    for name, (moment, form) in columns.items():
        made[name.replace("_", " ")] = printed(CASES[moment], form)
    return made


DAY, CLOCK = "%Y-%m-%d", "%H:%M"


@pytest.mark.parametrize(
    "columns",
    [
        ("Created date", "Created time", "Closed date", "Closed time"),
        ("Open Date", "Open Time", "Close Date", "Close Time"),
        ("Date opened", "Time opened", "Resolution date", "Resolution time"),
        ("Created", "Created time", "Closed date", "Closing time"),
        ("Datum", "Uhrzeit", "Abschlussdatum", "Abschlusszeit"),
        ("Erstelldatum", "Erstellzeit", "Geschlossen am", "Geschlossen um"),
    ],
)
def test_dates_and_times_whose_names_pair_up_are_joined(tmp_path, columns):
    """Both dates get their time of day, also where its name may mean a length of time; told."""
    parts = (("opened", DAY), ("opened", CLOCK), ("resolved", DAY), ("resolved", CLOCK))
    export = table(**dict(zip(columns, parts, strict=True)))
    log = read_log(written(tmp_path / "export.csv", export), today=TODAY)
    assert log.durations["resolution_hours"]["p50"] == pytest.approx(TRUTH.median_hours, abs=0.01)
    told = {decision.decided for decision in log.decisions if decision.what.startswith("time of")}
    assert told == {columns[1], columns[3]}
    assert not log.warnings


def test_a_length_of_time_is_no_time_of_day(tmp_path):
    """Resolution time beside a date is a length of time where only so the rows fit together."""
    short = CASES["hours"] < 24
    export = table(
        Open_date=("opened", DAY), Open_time=("opened", CLOCK), Resolution_date=("resolved", DAY)
    )[short]
    minutes = (CASES["hours"][short] * 60).round().astype(int)
    export["Resolution time (hh:mm)"] = [f"{m // 60:02d}:{m % 60:02d}" for m in minutes]
    log = read_log(written(tmp_path / "export.csv", export), today=TODAY)
    assert log.durations["resolution_hours"]["p50"] == pytest.approx(minutes.median() / 60, 0.01)


def test_a_clock_that_may_be_both_is_left_to_the_caller(tmp_path):
    """Opened and closed in the morning, 09:30 may be a time or a length: the caller says."""
    morning = (CASES["opened"].dt.hour < 11) & (CASES["resolved"].dt.hour < 12) & (MIDNIGHTS == 0)
    export = table(
        Open_date=("opened", DAY),
        Open_time=("opened", CLOCK),
        Resolution_date=("resolved", DAY),
        Resolution_time=("resolved", CLOCK),
    )[morning]
    path = written(tmp_path / "export.csv", export)
    log = read_log(path, today=TODAY)
    assert "resolution_hours" not in log.durations
    assert any("hours and minutes or minutes and seconds" in told for told in log.warnings)
    log = read_log(path, {"resolved": "Resolution date + Resolution time"}, today=TODAY)
    median = CASES["hours"][morning].median()
    assert log.durations["resolution_hours"]["p50"] == pytest.approx(median, abs=0.01)


@pytest.mark.parametrize("name", ["Wait time", "Handling time", "Time in queue"])
def test_a_length_of_time_beside_dates_alone_is_not_their_time(tmp_path, name):
    """A clock that is named for something else is no time of day of a date."""
    export = table(Created=("opened", DAY), Closed=("resolved", DAY))
    export[name] = [f"{n % 3}:{n % 60:02d}:{n % 50:02d}" for n in range(len(export))]
    log = read_log(written(tmp_path / "export.csv", export), today=TODAY)
    assert not any(decision.what.startswith("time of") for decision in log.decisions)
    assert "resolution_days" in log.durations


def test_a_column_called_time_may_be_time_spent(tmp_path):
    """Behind a day of closing, Time is joined only if the rows make it a time of day."""
    export = table(Created=("opened", "%Y-%m-%d %H:%M"), Closed=("resolved", DAY))
    export["Time"] = [f"00:{n % 60:02d}" for n in range(len(export))]
    log = read_log(written(tmp_path / "export.csv", export), today=TODAY)
    assert "resolution_hours" not in log.durations
    export["Time"] = printed(CASES["resolved"], CLOCK)
    log = read_log(written(tmp_path / "export.csv", export), today=TODAY)
    assert log.durations["resolution_hours"]["p50"] == pytest.approx(TRUTH.median_hours, abs=0.01)


def test_columns_called_time_belong_to_the_dates_before_them(tmp_path):
    """Where each date is followed by a column that is only called Time, they are joined."""
    export = table(
        Created=("opened", DAY),
        Time=("opened", CLOCK),
        Closed=("resolved", DAY),
        Time_2=("resolved", CLOCK),
    )
    export.columns = ["id", "Created", "Time", "Closed", "Time"]
    log = read_log(written(tmp_path / "export.csv", export), today=TODAY)
    assert log.durations["resolution_hours"]["p50"] == pytest.approx(TRUTH.median_hours, abs=0.01)


def test_a_lone_time_is_not_guessed_and_an_option_joins_it(tmp_path):
    """A time whose date is open is told with the option that joins it; the option does."""
    export = table(
        Created=("opened", "%Y-%m-%d %H:%M"), Closed=("resolved", DAY), Clock=("resolved", CLOCK)
    )
    path = written(tmp_path / "export.csv", export)
    log = read_log(path, today=TODAY)
    option = {"closed": "Closed + Clock"}
    assert any('columns={"closed": "Closed + Clock"}' in warning for warning in log.warnings)
    assert "resolution_hours" not in log.durations
    log = read_log(path, option, today=TODAY)
    assert log.durations["resolution_hours"]["p50"] == pytest.approx(TRUTH.median_hours, abs=0.01)


@pytest.mark.parametrize(
    ("opened", "closed"),
    [
        ("%Y-%m-%d %H:%M", DAY),
        ("%Y-%m-%d %H:%M", "%Y-%m-%d 00:00:00"),
        (DAY, "%Y-%m-%d %H:%M"),
        (DAY, DAY),
    ],
)
def test_a_date_without_a_time_of_day_gives_whole_days(tmp_path, opened, closed):
    """A day-only date at either end gives the mean of whole days, and no hours; that is told."""
    export = table(Created=("opened", opened), Closed=("resolved", closed))
    log = read_log(written(tmp_path / "export.csv", export), today=TODAY)
    assert "resolution_hours" not in log.kinds
    assert log.units_of["resolution_days"] == "days"
    month = CASES["opened"].dt.to_period("M")
    expected = MIDNIGHTS.groupby(month).mean().to_numpy()
    assert log.periods["kpi.resolution_days"].to_numpy() == pytest.approx(expected)
    assert any("in whole days and not in hours" in warning for warning in log.warnings)
    assert not log.unused


def test_stated_hours_replace_whole_days(tmp_path):
    """Beside day-only dates the file's own hours are used, and stay hours."""
    export = table(Created=("opened", "%Y-%m-%d %H:%M"), Closed=("resolved", DAY))
    export["Resolution Hours"] = CASES["hours"].round(3)
    log = read_log(written(tmp_path / "export.csv", export), today=TODAY)
    assert log.durations["resolution_hours"]["p50"] == pytest.approx(TRUTH.median_hours, abs=0.01)
    assert "resolution_days" not in log.durations


def test_single_dates_without_a_time_are_not_used_for_times(tmp_path):
    """Where the time is missing in some rows, these have a day of closing and no hours."""
    export = table(
        Created_date=("opened", DAY),
        Created_time=("opened", CLOCK),
        Closed_date=("resolved", DAY),
        Closed_time=("resolved", CLOCK),
    )
    gap = np.arange(len(export)) % 3 == 0
    export.loc[gap, "Closed time"] = ""
    log = read_log(written(tmp_path / "export.csv", export), today=TODAY)
    assert log.unused == {"time until closed, without a time of day": gap.sum()}
    median = CASES["hours"][~gap].median()
    assert log.durations["resolution_hours"]["p50"] == pytest.approx(median, abs=0.01)
    assert log.periods["closed"].sum() == (CASES["resolved"] < "2024-01-01").sum()


def test_a_workbook_s_midnights_give_way_to_its_times(tmp_path):
    """Cells of dates print midnight: beside a column of times they are days."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["id", "Created date", "Created time", "Closed date", "Closed time"])
    for number, (opened, closed) in enumerate(zip(CASES["opened"], CASES["resolved"], strict=True)):
        cells = [part for one in (opened, closed) for part in (one.normalize(), one.time())]
        sheet.append([f"T{number}", *cells])
    book.save(tmp_path / "export.xlsx")
    log = read_log(tmp_path / "export.xlsx", today=TODAY)
    assert log.durations["resolution_hours"]["p50"] == pytest.approx(TRUTH.median_hours, abs=0.01)


def test_a_due_time_is_held_against_a_day_by_the_day(tmp_path):
    """What is done on the day that it is due, at a time not known, is kept; that is told."""
    export = table(Created=("opened", "%Y-%m-%d %H:%M"), Resolved=("resolved", DAY))
    due = CASES["opened"] + pd.Timedelta(hours=8)
    export["Due"] = printed(due, "%Y-%m-%d %H:%M")
    log = read_log(written(tmp_path / "export.csv", export), today=TODAY)
    kept = (CASES["resolved"].dt.normalize() <= due.dt.normalize()).mean()
    assert log.overall["sla_met"] == {"value": pytest.approx(kept), "of": len(CASES)}
    assert any("sla_met: 'Resolved' has no time of day" in told for told in log.warnings)
