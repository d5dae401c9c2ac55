"""Bad files give a clear result with what was left out, or an error that says what to do."""

import gzip
import zipfile
from datetime import date
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
from tests.calibrate.reading.exports import TODAY, made_cases, printed, truth, written

from scenarios.calibrate.reading import read_log
from scenarios.errors import ScenarioError

CASES = made_cases(end="2022-12-30")
TRUTH = truth(CASES)


def plain(**more: object) -> pd.DataFrame:
    """The cases as a plain export; keywords add columns."""
    table = pd.DataFrame(
        {
            "id": [f"T{n}" for n in range(len(CASES))],
            "opened": printed(CASES["opened"], "%Y-%m-%d %H:%M"),
            "resolved": printed(CASES["resolved"], "%Y-%m-%d %H:%M"),
        }
    )
    return table.assign(**more)


def text(folder: Path, content: str | bytes, name: str = "tickets.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "the file is empty"),
        ("\n\n \n", "has no rows"),
        ("id,opened,resolved\n", "has a header and no rows"),
        ("id,opened\n1,2024-01-05 10:00\n", "has one row"),
        ("1,2024-01-05 10:00\n2,2024-01-06 10:00\n", "no row looks like a header"),
        ("a,b\nx,y\nz,w\n", "no column tells when a case was opened"),
        ("id,opened\n1,n/a\n2,\n3,2024-01-05\n", "no complete month remains"),
        ("%PDF-1.7 ...", "is a PDF"),
        ("<html><table>", "is a web page"),
        (b"PAR1....", "is a Parquet file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook"),
        (b"PK\x03\x04broken", "cannot be read"),
        (b"\x1f\x8b\x08broken", "cannot be read"),
        ('id,opened\n1,"2024-01-05\n2,2024-01-06\n' + "3,2024-01-07\n" * 20_000, "cannot be read"),
    ],
)
def test_what_is_no_log_is_refused_in_words(tmp_path, content, told):
    """The error says what the file is or lacks; nothing else than the package's error escapes."""
    with pytest.raises(ScenarioError, match=told):
        read_log(text(tmp_path, content), today=TODAY)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    """The nearest name in the folder is offered."""
    text(tmp_path, "x", "tickets.csv")
    with pytest.raises(ScenarioError, match=r"did you mean 'tickets.csv'"):
        read_log(tmp_path / "tickts.csv")
    with pytest.raises(ScenarioError, match="is a folder"):
        read_log(tmp_path)


def test_a_row_with_one_comma_more_shifts_nothing(tmp_path):
    """A row with another number of fields is left out; its line and count are named."""
    lines = plain().to_csv(index=False).splitlines()
    lines[56] = lines[56].replace(",", ",,", 1)
    lines[90] = lines[90].rpartition(",")[0]
    log = read_log(text(tmp_path, "\n".join(lines)), today=TODAY)
    assert log.left_out == {"wrong number of fields": 2}
    assert (
        log.warnings[0]
        == "left out: line 57 has 4 fields, line 91 has 2 fields, where the header has 3"
    )
    assert log.periods["units"].sum() == len(CASES) - 2


def test_many_rows_of_a_wrong_length_are_refused(tmp_path):
    """Where more than one row in twenty is of a wrong length, columns cannot be trusted."""
    lines = plain().to_csv(index=False).splitlines()
    lines[1::10] = [line + ",more" for line in lines[1::10]]
    with pytest.raises(
        ScenarioError, match=r"rows have another number of fields .* allowed: 3 fields"
    ):
        read_log(text(tmp_path, "\n".join(lines)), today=TODAY)


def test_rows_with_another_delimiter_are_named(tmp_path):
    """Some rows parted by semicolons in a file with commas are left out, and it is said why."""
    lines = plain().to_csv(index=False).splitlines()
    lines[7] = lines[7].replace(",", ";")
    log = read_log(text(tmp_path, "\n".join(lines)), today=TODAY)
    assert log.left_out == {"wrong number of fields": 1}
    assert "line 8 has 1 field (it is separated by semicolon)" in log.warnings[0]


def test_trailing_delimiters_in_all_rows_are_no_extra_field(tmp_path):
    """Rows that all end with one more delimiter than the header are read as they are meant."""
    header, *rows = plain().to_csv(index=False).splitlines()
    log = read_log(text(tmp_path, "\n".join([header, *(row + "," for row in rows)])), today=TODAY)
    assert log.periods["units"].tolist() == TRUTH.units
    assert log.left_out == {}


def test_nul_bytes_are_left_out(tmp_path):
    """A row with NUL bytes, as a crashed export leaves it, is left out and counted."""
    lines = plain().to_csv(index=False).splitlines()
    lines[30] = lines[30].replace("T", "\0\0")
    log = read_log(text(tmp_path, "\n".join(lines) + "\n" + "\0" * 500), today=TODAY)
    assert log.left_out["NUL bytes"] == 1
    assert log.periods["units"].sum() == len(CASES) - 1


def test_dates_in_every_row_that_can_be_read_twice_are_refused(tmp_path):
    """03/04/2024 in every row: the error says which option settles it, and it does."""
    content = "id,opened,resolved\n" + "".join(
        f"{n},{n % 12 + 1:02d}/{n % 11 + 1:02d}/2023,{n % 12 + 1:02d}/{n % 11 + 1:02d}/2023\n"
        for n in range(600)
    )
    path = text(tmp_path, content)
    with pytest.raises(
        ScenarioError, match='say date_order="day first" or date_order="month first"'
    ):
        read_log(path, today=TODAY)
    by_day = read_log(path, date_order="day first", today=TODAY)
    by_month = read_log(path, date_order="month first", today=TODAY)
    assert by_day.periods["units"].tolist() != by_month.periods["units"].tolist()


def test_dates_of_both_kinds_are_refused(tmp_path):
    """25/03 and 03/25 in one column cannot both be right."""
    table = plain(opened=printed(CASES["opened"], "%d/%m/%Y %H:%M"))
    table.loc[::2, "opened"] = printed(CASES["opened"][::2], "%m/%d/%Y %H:%M")
    with pytest.raises(ScenarioError, match="of more than one kind"):
        read_log(written(tmp_path / "mixed.csv", table), today=TODAY)


def test_another_column_settles_the_order(tmp_path):
    """Dates that could be read twice follow the other dates of the same file."""
    early = CASES[CASES["opened"].dt.day <= 12]
    table = pd.DataFrame(
        {
            "opened": printed(early["opened"], "%d/%m/%Y %H:%M"),
            "resolved": printed(early["resolved"] + pd.Timedelta(days=11), "%d/%m/%Y %H:%M"),
        }
    )
    log = read_log(written(tmp_path / "early.csv", table), today=TODAY, edges="keep")
    assert log.periods["units"].sum() == len(early)
    assert log.periods["units"].iloc[0] == (early["opened"].dt.month == 1).sum()
    assert any("'resolved' is day first" in decision.why for decision in log.decisions)


def test_an_order_that_the_dates_contradict_is_refused(tmp_path):
    """date_order="month first" for 25/03/2022 is an error, not an empty log."""
    table = plain(opened=printed(CASES["opened"], "%d/%m/%Y %H:%M"))
    with pytest.raises(ScenarioError, match="cannot be read so"):
        read_log(written(tmp_path / "a.csv", table), date_order="month first", today=TODAY)


def test_two_columns_of_opening_are_refused(tmp_path):
    """Two dates that may both be the opening: the error names them and the option."""
    table = plain().rename(columns={"opened": "Opened", "resolved": "Created"})
    path = written(tmp_path / "two.csv", table)
    with pytest.raises(ScenarioError, match=r'columns=\{"opened": "..."\}.*Opened.*Created'):
        read_log(path, today=TODAY)
    log = read_log(path, {"opened": "Opened", "resolved": "Created"}, today=TODAY)
    assert log.periods["units"].tolist() == TRUTH.units


def test_a_wrong_choice_says_what_there_is(tmp_path):
    """Roles, columns, periods, zones and encodings that do not exist are refused by name."""
    path = written(tmp_path / "a.csv", plain())
    for told, choice in [
        ("did you mean 'opened'", {"columns": {"opend": "opened"}}),
        ("did you mean 'resolved'", {"columns": {"closed": "resolvd"}}),
        ("there is no such choice", {"every": "day"}),
        ("there is no such choice", {"date_order": "day"}),
        ("no such time zone", {"timezone": "Berlin"}),
        ("no such encoding", {"encoding": "utf-9"}),
        ("there is no such choice", {"decimal": "comma"}),
        ("must be one character", {"delimiter": "comma"}),
    ]:
        with pytest.raises(ScenarioError, match=told):
            read_log(path, **choice)


def test_dates_after_today_are_left_out(tmp_path):
    """A case that is opened after today is no case; a later resolution is not used."""
    log = read_log(written(tmp_path / "a.csv", plain()), today=date(2022, 9, 30))
    assert log.left_out["opened after today"] == (CASES["opened"] >= "2022-10-01").sum()
    late = (CASES["resolved"] >= "2022-10-01") & (CASES["opened"] < "2022-10-01")
    assert log.unused == {"resolved after today": late.sum()}
    assert str(log.periods.index[-1]) == "2022-08"
    assert any("2022-09 is not over" in warning for warning in log.warnings)


def test_what_closes_before_it_opens_counts_as_a_case_without_a_time(tmp_path):
    """The opening counts, the time does not, and both are told; so for negative times."""
    table = plain(wait_h=[-1.0 if n % 2 else 1.0 for n in range(len(CASES))])
    table = table.rename(columns={"wait_h": "first_response_h"})
    table.loc[:9, "resolved"] = "2021-01-01 00:00"
    log = read_log(written(tmp_path / "a.csv", table), today=TODAY)
    assert log.periods["units"].sum() == len(CASES)
    assert log.unused == {"resolved before opened": 10, "answer_time negative": len(CASES) // 2}
    assert log.durations["resolution_hours"]["n"] == len(CASES) - 10
    assert log.durations["answer_hours"]["p50"] == 1.0


def test_one_month_of_cases_is_counted_by_week(tmp_path):
    """All cases in one month give whole weeks; asked for months, one month and a warning."""
    month = CASES[CASES["opened"].dt.month == 8]
    table = pd.DataFrame({"opened": printed(month["opened"], "%Y-%m-%d %H:%M")})
    path = written(tmp_path / "august.csv", table)
    log = read_log(path, today=TODAY)
    assert log.every == "week"
    weeks = month.groupby(month["opened"].dt.to_period("W")).size()
    assert log.periods["units"].tolist() == weeks.reindex(log.periods.index).tolist()
    assert len(log.periods) >= 4
    monthly = read_log(path, every="month", today=TODAY)
    assert monthly.periods["units"].tolist() == [len(month)]
    assert any("no spread and no trend" in warning for warning in monthly.warnings)


def test_periods_without_a_case_count_as_nought(tmp_path):
    """A month without a case, between others, is nought and not missing, and that is said."""
    months = CASES[~CASES["opened"].dt.month.isin([5, 8])]
    table = pd.DataFrame({"opened": printed(months["opened"], "%Y-%m-%d %H:%M")})
    log = read_log(written(tmp_path / "gaps.csv", table), today=TODAY)
    assert (log.periods["units"] == 0).sum() == 2
    assert any("counted as nought: 2022-05, 2022-08" in warning for warning in log.warnings)


def test_months_cut_off_at_both_ends_are_left_out(tmp_path):
    """A log from 13 February to 17 November has whole months from March to October."""
    part = CASES[CASES["opened"].between("2022-02-13", "2022-11-18")]
    table = pd.DataFrame({"opened": printed(part["opened"], "%Y-%m-%d %H:%M")})
    log = read_log(written(tmp_path / "part.csv", table), today=TODAY)
    assert [str(log.periods.index[n]) for n in (0, -1)] == ["2022-03", "2022-10"]
    assert sum("cut off by the extraction" in warning for warning in log.warnings) == 2
    kept = read_log(tmp_path / "part.csv", today=TODAY, edges="keep")
    assert len(kept.periods) == 10


def test_a_log_of_what_was_closed_since_a_date_begins_with_that_date(tmp_path):
    """Only cases closed from May on, most within ten weeks: earlier months hold a remainder."""
    rng = np.random.default_rng(8)
    closed = CASES["opened"] + pd.to_timedelta(rng.gamma(4, 10, len(CASES)), unit="D").floor("min")
    part = CASES.assign(closed=closed)[closed >= "2022-05-01"]
    table = pd.DataFrame(
        {name: printed(part[name], "%Y-%m-%d %H:%M") for name in ("opened", "closed")}
    )
    log = read_log(written(tmp_path / "since.csv", table), today=TODAY)
    assert str(log.periods.index[0]) == "2022-05"
    assert log.periods["units"].tolist() == TRUTH.units[4:]
    assert log.left_out == {"opened before the log begins": (part["opened"] < "2022-05-01").sum()}
    assert any("no case was closed before 2022-05-0" in warning for warning in log.warnings)


def test_a_log_of_closed_cases_ends_before_what_was_still_open(tmp_path):
    """Only cases closed by October: September, of which a third was still open, goes."""
    rng = np.random.default_rng(8)
    closed = CASES["opened"] + pd.to_timedelta(rng.gamma(4, 10, len(CASES)), unit="D").floor("min")
    part = closed < "2022-10-31"
    table = pd.DataFrame(
        {
            "opened": printed(CASES["opened"][part], "%Y-%m-%d %H:%M"),
            "closed": printed(closed[part], "%Y-%m-%d %H:%M"),
        }
    )
    log = read_log(written(tmp_path / "until.csv", table), today=TODAY)
    assert str(log.periods.index[-1]) == "2022-08"
    assert any("not yet closed is missing" in warning for warning in log.warnings)


def test_a_few_absurd_dates_do_not_stretch_the_log(tmp_path):
    """Three cases of 1970 and 1999 are left out as a sparse beginning; they are counted."""
    table = plain()
    table.loc[:2, "opened"] = ["1970-01-01 00:00", "1999-12-31 10:00", "1970-01-02 00:00"]
    log = read_log(written(tmp_path / "old.csv", table), today=TODAY)
    assert len(log.periods) == 12
    assert log.left_out == {"in the sparse beginning": 3}


def test_rows_of_the_same_case_are_one_case(tmp_path):
    """Rows that repeat an id count once: earliest opening, latest state, reopened if ever."""
    table = plain(reopened=0)
    again = table.iloc[100:200].assign(
        reopened=1, resolved="2023-03-01 10:00", opened="2022-12-30 17:00"
    )
    both = pd.concat([table, again, table.iloc[300:310]])
    log = read_log(written(tmp_path / "twice.csv", both), today=TODAY)
    assert log.periods["units"].tolist() == TRUTH.units
    assert log.overall["reopen_rate"]["value"] == pytest.approx(100 / len(CASES))
    assert log.left_out == {"repeats a case": 110}
    assert any("10 of them word for word" in warning for warning in log.warnings)


def test_ids_that_are_no_case_are_refused(tmp_path):
    """Rows with the same id and other openings are not merged: the error names the option."""
    table = plain(id=[f"C{n % 40}" for n in range(len(CASES))])
    path = written(tmp_path / "customers.csv", table)
    with pytest.raises(ScenarioError, match="rows with the same id were opened at different times"):
        read_log(path, today=TODAY)
    assert read_log(path, {"case": ""}, today=TODAY).periods["units"].tolist() == TRUTH.units


def test_cases_that_close_before_they_open_are_refused(tmp_path):
    """Where most cases close first, columns are swapped or dates misread: it is not counted."""
    table = plain().rename(columns={"opened": "resolved", "resolved": "opened"})
    with pytest.raises(ScenarioError, match="most cases are resolved before they are opened"):
        read_log(written(tmp_path / "swapped.csv", table), today=TODAY)


def test_a_zone_moves_cases_to_its_calendar(tmp_path):
    """A case at 23:30 UTC on 31 March was opened in April in Berlin, where that is asked for."""
    moments = pd.date_range("2022-01-01 23:30", "2022-12-31 23:30", freq="D")
    table = pd.DataFrame({"opened": moments.strftime("%Y-%m-%dT%H:%M:%SZ")})
    path = written(tmp_path / "utc.csv", table)
    printed_as = read_log(path, today=TODAY, edges="keep")
    berlin = read_log(path, today=TODAY, edges="keep", timezone="Europe/Berlin")
    assert printed_as.periods["units"].iloc[0] == 31
    assert berlin.periods["units"].iloc[0] == 30
    assert str(berlin.periods.index[-1]) == "2023-01"


def test_archives_hold_one_table(tmp_path):
    """A zip of two tables is refused by name; a gzip that is cut off is refused too."""
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.csv", "x")
        archive.writestr("b.csv", "x")
    with pytest.raises(ScenarioError, match=r"an archive must hold one table.*a.csv, b.csv"):
        read_log(tmp_path / "two.zip")
    whole = gzip.compress(plain().to_csv(index=False).encode())
    with pytest.raises(ScenarioError, match="cannot be read"):
        read_log(text(tmp_path, whole[:-100], "cut.csv.gz"))


def test_a_formula_without_its_value_is_an_error(tmp_path):
    """A workbook whose formulas were never calculated is refused, with the cell."""
    book = openpyxl.Workbook()
    book.active.append(["id", "opened"])
    book.active.append([1, "=TODAY()"])
    book.active.append([2, "2024-01-01"])
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(ScenarioError, match="cell B2 has a formula without its value"):
        read_log(tmp_path / "a.xlsx", today=TODAY)


def test_a_given_dialect_is_taken(tmp_path):
    """Delimiter and encoding that are given are not looked for."""
    path = written(tmp_path / "a.csv", plain(note="ü"), "^", "cp850")
    log = read_log(path, delimiter="^", encoding="cp850", today=TODAY)
    assert log.periods["units"].tolist() == TRUTH.units


def test_progress_goes_from_nought_to_all(tmp_path):
    """Progress is told in bytes, never falls, and ends at all of them."""
    told: list[tuple[int, int]] = []
    read_log(
        written(tmp_path / "a.csv", plain()), today=TODAY, progress=lambda a, b: told.append((a, b))
    )
    done = [a for a, _ in told]
    assert done == sorted(done)
    assert told[-1][0] == told[-1][1]
