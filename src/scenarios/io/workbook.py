"""An Excel workbook of one table, with a sheet of checks read back from what was written."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from scenarios.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST_TEXT = 32_767
MOST_ROWS, MOST_COLUMNS = 1_048_575, 16_384
"""What a sheet can hold below its header."""
_MONEY = 1000
_DIGITS = 1e-14
"""A cell keeps the first 16 digits of a number: a written sum may differ in the last of them."""


def workbook(table: pd.DataFrame, facts: Mapping[str, Any]) -> bytes:
    """The workbook's bytes: sheet Table, and sheet Checks with rows, sums and ``facts``.

    Text is written as text, whatever it begins with. A number that is missing is an empty cell;
    Excel has no infinity, so one is written as a word.

    Raises ``ScenarioError`` for a table that is larger than a sheet and for a text that is longer
    than a cell.
    """
    from openpyxl import Workbook  # noqa: PLC0415  loads only where a workbook is written

    if len(table) > MOST_ROWS or len(table.columns) > MOST_COLUMNS:
        given = f"{len(table):,} rows, {len(table.columns):,} columns"
        allowed = f"{MOST_ROWS:,} rows, {MOST_COLUMNS:,} columns"
        advice = "the table does not fit on a sheet: write .csv or .parquet"
        raise ScenarioError(Problem(advice, given=given, allowed=allowed))
    book = Workbook()
    book.properties.creator = "scenarios"
    sheet = book.active
    sheet.title = "Table"
    _fill(sheet, table)
    written = _read_back(_bytes(book))
    _checks(book.create_sheet("Checks"), written, table, facts)
    return _bytes(book)


def _fill(sheet: Worksheet, table: pd.DataFrame) -> None:
    """A bold header that stays in view, and the rows below it."""
    for place, name in enumerate(table.columns, 1):
        _write(sheet.cell(1, place), str(name))
        _as_heading(sheet.cell(1, place))
        values = table.iloc[:, place - 1]
        money = _is_number(values) and bool((values.abs() >= _MONEY).any())
        for row, value in enumerate(values, 2):
            cell = sheet.cell(row, place)
            _write(cell, value)
            if money:
                cell.number_format = "#,##0.00"
    sheet.freeze_panes = "A2"


def _write(cell: Cell, value: Any) -> None:
    """One value; what begins with = stays text, also when somebody edits the cell in Excel."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)):
        cell.value = value
    elif not pd.api.types.is_scalar(value) or not pd.isna(value):
        text = _text(value)
        cell.value = text
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(("=", "+", "-", "@"))


def _text(value: Any) -> str:
    """The value's text; control characters, which no workbook can hold, become question marks."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415  as above

    text = str(ILLEGAL_CHARACTERS_RE.sub("?", str(value)))
    if len(text) > LONGEST_TEXT:
        advice = "a text is too long for a cell: write .csv or .parquet"
        given = f"{len(text):,} characters"
        raise ScenarioError(Problem(advice, given=given, allowed=f"{LONGEST_TEXT:,}"))
    return text


def _read_back(content: bytes) -> list[tuple[Any, ...]]:
    """The rows of the written sheet that hold a value, without its header."""
    from openpyxl import load_workbook  # noqa: PLC0415  as above

    written = load_workbook(io.BytesIO(content), read_only=True)["Table"]
    rows = written.iter_rows(min_row=2, values_only=True)
    return [row for row in rows if any(value is not None for value in row)]


def _checks(
    sheet: Worksheet,
    written: list[tuple[Any, ...]],
    table: pd.DataFrame,
    facts: Mapping[str, Any],
) -> None:
    """What a reader adds up to see that nothing was lost on the way."""
    meant = int(table.notna().any(axis=1).sum())
    rows: list[tuple[Any, ...]] = [
        ("check", "in this file", "in the table", "agrees"),
        ("rows with a value", len(written), meant, len(written) == meant),
    ]
    for place, name in enumerate(table.columns):
        column = table.iloc[:, place]
        if _is_number(column):
            there = _sum(row[place] for row in written if place < len(row))
            here, size = _sum(column), _sum(column.abs())
            agrees = math.isclose(there, here, rel_tol=0, abs_tol=size * _DIGITS)
            rows.append((f"sum of {name}", there, here, agrees))
    rows += [(name, value) for name, value in facts.items()]
    for number, values in enumerate(rows, 1):
        for place, value in enumerate(values, 1):
            _write(sheet.cell(number, place), value)
            if number == 1:
                _as_heading(sheet.cell(number, place))


def _sum(values: Iterable[Any]) -> float:
    """The sum of what is a finite number; exact, so that it can be compared."""
    numbers = (value for value in values if isinstance(value, int | float | np.number))
    return math.fsum(value for value in map(float, numbers) if math.isfinite(value))


def _as_heading(cell: Cell) -> None:
    from openpyxl.styles import Font  # noqa: PLC0415  as above

    cell.font = Font(bold=True)


def _is_number(values: pd.Series[Any]) -> bool:
    return pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)


def _bytes(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
