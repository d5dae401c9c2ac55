import csv
import math
import sys

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from scenarios.errors import MissingExtraError, ScenarioError
from scenarios.io.tables import flat, save

COLUMNS = pd.MultiIndex.from_tuples(
    [("all-in cost", "P10"), ("all-in cost", "P90"), ("chance of", "a loss"), ("paths", "")]
)


@pytest.fixture
def table():
    """Two deals, two-level columns, a number that is missing and sums that floats get wrong."""
    rows = [[1_000_000.1, 0.1 + 0.2, math.nan, 7], [-2.5, 1e-9, 0.25, 8]]
    made = pd.DataFrame(rows, columns=COLUMNS, index=pd.Index(["Hourly", "=1+1"], name="deal"))
    made.attrs |= {"currency": "USD", "paths": 15, "crossings": {"not": "plain"}}
    return made


def cells(path, sheet):
    """The values of a sheet, row by row."""
    return [list(row) for row in load_workbook(path)[sheet].iter_rows(values_only=True)]


def test_columns_of_two_levels_become_one_line(table):
    """Measure and statistic are joined by a comma; the index comes first, under its own name."""
    assert list(flat(table).columns) == [
        "deal",
        "all-in cost, P10",
        "all-in cost, P90",
        "chance of, a loss",
        "paths",
    ]
    assert list(flat(pd.DataFrame({"a": [1]})).columns) == ["a"]
    assert list(flat(pd.DataFrame({"a": [1]}, index=["x"])).columns) == ["row", "a"]


def test_csv_keeps_every_digit(table, tmp_path):
    """What is read back is bit for bit what was written; what is missing is empty."""
    path = save(table, tmp_path / "a.csv")
    header, first, second = csv.reader(path.read_text(encoding="utf-8").splitlines())
    assert header[:2] == ["deal", "all-in cost, P10"]
    assert [float(x) for x in first[1:3]] == [1_000_000.1, 0.1 + 0.2]
    assert first[3] == ""
    assert float(second[2]) == 1e-9


def test_csv_text_that_a_spreadsheet_would_calculate_is_quoted(table, tmp_path):
    """Text that begins like a formula gets an apostrophe; a negative number stays a number."""
    rows = save(table, tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()
    assert rows[2].startswith("'=1+1,-2.5,")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_a_workbook_holds_text_never_a_formula(text, tmp_path):
    """In a cell, a header or a fact, text stays text whatever it begins with."""
    table = pd.DataFrame({text: [text]})
    table.attrs["currency"] = text
    path = save(table, tmp_path / "a.xlsx")
    book = load_workbook(path)
    found = [cell for sheet in book for row in sheet for cell in row if cell.value == text]
    assert len(found) == 3
    assert {cell.data_type for cell in found} == {"s"}
    assert all(cell.quotePrefix for cell in found)


def test_a_workbook_holds_the_numbers_of_the_table(table, tmp_path):
    """Sheet Table is the table: same floats, empty where a number is missing."""
    path = save(table, tmp_path / "a.xlsx")
    assert cells(path, "Table")[1:] == [
        ["Hourly", 1_000_000.1, 0.3, None, 7],  # a cell keeps 16 digits
        ["=1+1", -2.5, 1e-9, 0.25, 8],
    ]


def test_the_checks_sheet_adds_up_what_was_written(table, tmp_path):
    """Sheet Checks has the rows, each column's sum in file and table, currency and paths."""
    checks = {row[0]: row[1:] for row in cells(save(table, tmp_path / "a.xlsx"), "Checks")}
    assert checks["rows with a value"] == [2, 2, True]
    assert checks["sum of all-in cost, P10"] == [999_997.6, 999_997.6, True]
    assert checks["sum of chance of, a loss"] == [0.25, 0.25, True]
    assert checks["sum of paths"] == [15, 15, True]
    assert checks["currency"][0] == "USD"
    assert checks["paths"][0] == 15
    assert checks["sum of all-in cost, P90"][2] is True
    assert "crossings" not in checks


def test_the_checks_sheet_sees_a_number_that_got_lost(table, tmp_path, monkeypatch):
    """The sums come from the written file: a number lost on the way shows as a difference."""
    from scenarios.io import workbook  # noqa: PLC0415  to break it

    write = workbook._write
    monkeypatch.setattr(
        workbook, "_write", lambda cell, value: write(cell, None if value == -2.5 else value)
    )
    checks = {row[0]: row[1:] for row in cells(save(table, tmp_path / "a.xlsx"), "Checks")}
    assert checks["sum of all-in cost, P10"][2] is False


def test_a_workbook_takes_what_excel_cannot_hold(tmp_path):
    """Infinity becomes a word, a control character a question mark, a truth value stays one."""
    table = pd.DataFrame({"a": [math.inf, 1.0], "b": ["x\x07y", "z"], "c": [np.True_, np.False_]})
    rows = cells(save(table, tmp_path / "a.xlsx"), "Table")
    assert rows[1:] == [["inf", "x?y", True], [1, "z", False]]


@pytest.mark.parametrize(
    ("table", "fragment"),
    [
        (pd.DataFrame({"a": ["x" * 40_000]}), "too long for a cell"),
        (pd.DataFrame(index=range(1), columns=range(16_385)), "does not fit on a sheet"),
    ],
    ids=["text", "columns"],
)
def test_a_table_too_large_for_a_sheet_is_refused(table, fragment, tmp_path):
    """Nothing is cut off: what does not fit is an error that names the other formats."""
    with pytest.raises(ScenarioError, match=fragment):
        save(table, tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_parquet_keeps_types_and_facts(table, tmp_path):
    """Parquet has the flat columns with their types, and what the table says about itself."""
    pytest.importorskip("pyarrow")
    back = pd.read_parquet(save(table, tmp_path / "a.parquet"))
    pd.testing.assert_frame_equal(back, flat(table), check_column_type=False)
    assert back.attrs == {"currency": "USD", "paths": 15}


def test_parquet_without_its_extra_says_what_to_install(table, tmp_path, monkeypatch):
    """A missing optional part is named with the line that installs it."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match=r"scenarios\[parquet\]"):
        save(table, tmp_path / "a.parquet")


def test_saving_changes_nothing_of_the_table(table, tmp_path):
    """The caller's table is as it was: columns, index and facts."""
    before = table.copy(deep=True)
    for ending in ("csv", "xlsx"):
        save(table, tmp_path / f"a.{ending}")
    pd.testing.assert_frame_equal(table, before)
    assert table.attrs == before.attrs


@pytest.mark.parametrize(
    ("name", "fragments"),
    [
        ("a.xls", ["allowed: .csv, .xlsx, .parquet", "did you mean '.xlsx'?"]),
        ("a", ["must end with a kind of table", "given: a"]),
        ("no/a.csv", ["no such folder"]),
    ],
)
def test_a_place_that_cannot_be_written_is_refused(table, tmp_path, name, fragments):
    """An unknown ending or a folder that is not there says so, and what is allowed."""
    with pytest.raises(ScenarioError) as caught:
        save(table, tmp_path / name)
    assert all(fragment in str(caught.value) for fragment in fragments)
