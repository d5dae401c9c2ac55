"""Workbooks are read as text, within a budget, and no value is made up."""

from datetime import date, datetime, time, timedelta

import openpyxl
import pytest

from scenarios.errors import ScenarioError
from scenarios.io import sheet as reader
from scenarios.io.sheet import read_sheet


@pytest.fixture
def book(tmp_path):
    """Write rows to a workbook's sheets, and give its path."""

    def make(*sheets, hidden=()):
        made = openpyxl.Workbook()
        made.remove(made.active)
        for number, rows in enumerate(sheets):
            one = made.create_sheet(f"Sheet {number}")
            one.sheet_state = "hidden" if number in hidden else "visible"
            for row in rows:
                one.append(row)
        path = tmp_path / "book.xlsx"
        made.save(path)
        return path

    return make


def test_values_become_the_text_of_a_csv(book):
    """Dates are ISO 8601, lengths of time are clocks, numbers keep their digits."""
    row = [1, 0.1, True, None, "007", datetime(2024, 3, 1, 10, 5), time(9, 30), timedelta(hours=30)]  # noqa: DTZ001  a cell has no zone
    path = book([["a", "b", "c", "d", "e", "f", "g", "h"], row])
    assert list(read_sheet(path))[1] == [
        *("1", "0.1", "True", "", "007", "2024-03-01 10:05:00", "09:30:00", "30:00:00"),
    ]


def test_rows_are_as_long_as_the_first(book):
    """Cells that are missing at a row's end are empty."""
    assert list(read_sheet(book([["a", "b", "c"], [1]]))) == [["a", "b", "c"], ["1", "", ""]]


def test_the_first_visible_sheet_with_rows_is_read(book):
    """Hidden sheets, and covers of a single row, are passed over."""
    path = book(
        [["secret"], ["x"]], [["cover"]], [["id", "day"], [1, date(2024, 1, 2)]], hidden=(0,)
    )
    assert list(read_sheet(path)) == [["id", "day"], ["1", "2024-01-02 00:00:00"]]


def test_a_formula_without_its_value_is_an_error(book):
    """A formula that was never calculated has no value: the cell is named."""
    with pytest.raises(ScenarioError, match="cell B3 has a formula without its value"):
        list(read_sheet(book([["a", "b"], [1, 2], [1, "=1+1"]])))


def test_a_large_workbook_is_refused(book, monkeypatch):
    """More cells, or more bytes unpacked, than the budget are an error that says: save as CSV."""
    path = book([["a", "b"], *([n, n] for n in range(100))])
    monkeypatch.setattr(reader, "MOST_CELLS", 100)
    with pytest.raises(ScenarioError, match="100 cells: save it as CSV"):
        list(read_sheet(path))
    monkeypatch.setattr(reader, "MOST_UNPACKED", 100)
    with pytest.raises(ScenarioError, match="100: save it as CSV"):
        list(read_sheet(path))
