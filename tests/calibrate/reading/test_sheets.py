"""Workbooks of several sheets: the only table is read, several are refused and named."""

from pathlib import Path

import openpyxl
import pytest
from tests.calibrate.reading.exports import TODAY, made_cases
from typer.testing import CliRunner

import scenarios as sc
from scenarios.calibrate.reading import read_log
from scenarios.cli.main import app
from scenarios.errors import ScenarioError

CASES = made_cases(end="2022-12-30")
TABLE = [
    ["id", "Created", "Closed"],
    *(
        [f"T{n}", opened, closed]
        for n, (opened, closed) in enumerate(zip(CASES["opened"], CASES["resolved"], strict=True))
    ),
]
COVER = [["Ticket report"], ["Author", "Ms Example"], ["Created", "2024-01-05"], ["Rows", 1500]]


def workbook(folder: Path, **sheets: list[list[object]]) -> Path:
    """A workbook with these sheets, in this order."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder / "export.xlsx")
    return folder / "export.xlsx"


@pytest.mark.parametrize(
    "first",
    [COVER, [], [["Priority", "Meaning"], [1, "high"], [2, "low"], [3, "none"]]],
    ids=["cover", "empty", "legend"],
)
def test_the_only_sheet_with_a_table_is_read(tmp_path, first):
    """A cover, an empty sheet and a legend are passed over; the sheet that is read is told."""
    log = read_log(workbook(tmp_path, First=first, Data=TABLE), today=TODAY)
    assert log.rows == len(CASES)
    (decision,) = [decision for decision in log.decisions if decision.what == "sheet"]
    assert (decision.decided, decision.option) == ("Data", 'sheet="..."')


def test_several_tables_are_refused_and_named(tmp_path):
    """With two tables the error names both, and the option takes one of them."""
    path = workbook(tmp_path, January=TABLE[:400], All=TABLE)
    with pytest.raises(ScenarioError, match='sheet="January", sheet="All"'):
        read_log(path, today=TODAY)
    assert read_log(path, sheet="All", today=TODAY).rows == len(CASES)
    assert sc.calibrate.tickets(path, sheet="All").log.rows == len(CASES)


def test_a_sheet_that_is_not_there_is_refused(tmp_path):
    """The error names the nearest sheet; a file without sheets has none to name."""
    path = workbook(tmp_path, Cover=COVER, Data=TABLE)
    with pytest.raises(ScenarioError, match="did you mean 'Data'"):
        read_log(path, sheet="Date", today=TODAY)
    (tmp_path / "export.csv").write_text("id,opened\n1,2024-01-05\n2,2024-01-06\n")
    with pytest.raises(ScenarioError, match="only an Excel workbook has sheets"):
        read_log(tmp_path / "export.csv", sheet="Data", today=TODAY)


def test_the_command_takes_a_sheet(tmp_path):
    """``scenarios calibrate FILE --sheet NAME`` reads the sheet of that name."""
    path = workbook(tmp_path, January=TABLE[:400], All=TABLE)
    found = CliRunner().invoke(app, ["calibrate", str(path), "--sheet", "All"])
    assert found.exit_code == 0, found.output
    assert f"{len(CASES):,} rows read" in found.output
