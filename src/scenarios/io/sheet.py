"""A sheet of an Excel workbook, read as text with a budget of cells and unpacked size."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import zip_longest
from pathlib import Path
from typing import Any

from scenarios.errors import Problem, ScenarioError

MOST_UNPACKED = 150 * 2**20
MOST_CELLS = 20_000_000
_LOOKED_AT = 50


def read_sheet(path: Path, name: str | None = None) -> Iterator[list[str]]:
    """The rows of a sheet, each as long as the first: the one named, or the first visible one with
    two rows or more.

    Numbers keep their digits, dates are written as ISO 8601, times as hours, minutes and seconds.
    Raises ``ScenarioError`` for a workbook that unpacks to more than ``MOST_UNPACKED`` bytes or has
    more than ``MOST_CELLS`` cells, and for a formula without its value.
    """
    values, formulas = _opened(path, values=True), _opened(path, values=False)
    try:
        name = name or _first(values)
        yield from _rows(values[name], formulas[name], path.name)
    finally:
        values.close()
        formulas.close()


def first_rows(path: Path, most: int) -> dict[str, list[list[str]]]:
    """The beginning of each visible sheet, by its name: rows that hold something, as texts."""
    book = _opened(path, values=True)
    try:
        return {
            str(sheet.title): _beginning(sheet, most)
            for sheet in book.worksheets
            if sheet.sheet_state == "visible"
        }
    finally:
        book.close()


def sheet_names(path: Path) -> list[str]:
    """The names of all sheets that hold cells, hidden ones included."""
    book = _opened(path, values=True)
    try:
        return [str(sheet.title) for sheet in book.worksheets]
    finally:
        book.close()


def _beginning(sheet: Any, most: int) -> list[list[str]]:
    """The first rows that hold something, each as long as the longest."""
    sheet.reset_dimensions()
    rows = [
        [_text(value) for value in row] for row in sheet.iter_rows(max_row=most, values_only=True)
    ]
    width = max((place + 1 for row in rows for place, text in enumerate(row) if text), default=0)
    return [(row + [""] * width)[:width] for row in rows if any(row)]


def _opened(path: Path, *, values: bool) -> Any:
    """The workbook, row by row, if it is not too large."""
    from openpyxl import load_workbook  # noqa: PLC0415  loads only where a workbook is read

    with zipfile.ZipFile(path) as archive:
        unpacked = sum(info.file_size for info in archive.infolist())
    if unpacked > MOST_UNPACKED:
        given, allowed = f"{unpacked:,} bytes unpacked", f"{MOST_UNPACKED:,}: save it as CSV"
        raise ScenarioError(Problem("is too large", file=path.name, given=given, allowed=allowed))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that no value depends on
        return load_workbook(path, read_only=True, data_only=values)


def _first(book: Any) -> str:
    """The first visible sheet with two rows that hold something."""
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        filled = 0
        sheet.reset_dimensions()
        for row in sheet.iter_rows(max_row=_LOOKED_AT, values_only=True):
            filled += any(value is not None for value in row)
            if filled > 1:
                return str(sheet.title)
    return str(book.worksheets[0].title)


def _rows(values: Any, formulas: Any, file: str) -> Iterator[list[str]]:
    for sheet in (values, formulas):
        sheet.reset_dimensions()  # a declared size may be a million times the true one
    cells = 0
    width = 0
    pairs = zip_longest(
        values.iter_rows(values_only=True),
        formulas.iter_rows(values_only=True),
        fillvalue=(),
    )
    for number, (row, written) in enumerate(pairs, 1):
        texts = []
        for place, (value, formula) in enumerate(zip_longest(row, written), 1):
            if value is None and isinstance(formula, str) and formula.startswith("="):
                told = f"cell {_letter(place)}{number} has a formula without its value"
                advice = f"{told}: open and save the workbook once"
                raise ScenarioError(Problem(advice, file=file, given=formula))
            texts.append(_text(value))
        while texts and not texts[-1] and len(texts) > width:
            texts.pop()
        width = width or (len(texts) if sum(map(bool, texts)) > 1 else 0)
        cells += len(texts)
        if cells > MOST_CELLS:
            allowed = f"{MOST_CELLS:,} cells: save it as CSV"
            raise ScenarioError(Problem("is too large", file=file, allowed=allowed))
        yield texts + [""] * (width - len(texts))


def _letter(place: int) -> str:
    """The column's letters."""
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _text(value: Any) -> str:
    """A cell's value as a text file would have it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        sign, seconds = ("-" if seconds < 0 else ""), abs(seconds)
        return f"{sign}{seconds // 3600}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
