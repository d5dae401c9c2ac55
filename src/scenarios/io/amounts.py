"""CSV files of amounts, read strictly into exact decimals: no number is guessed."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.errors import Problem, ScenarioError

_NUMBER = re.compile(r"[+-]?(\d+(_\d{3})*|\d{1,3}(,\d{3})+)(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
MOST_BYTES = 10_000_000


def read_amounts(path: str | Path, words: tuple[str, ...]) -> pd.DataFrame:
    """A CSV file as a table: the columns named in ``words`` as text, all others as ``Decimal``.

    Fields are separated by commas, or by semicolons where the header has them; thousands may be
    grouped by commas within quotes or by underscores. Raises ``ScenarioError`` with every problem,
    each with its file and line: a missing or repeated column, too few or too many fields, a number
    that is not one or that could be read in two ways.
    """
    file = Path(path)
    header, rows = _read(file)
    problems = [
        Problem("column is named twice", file=file.name, line=1, given=name)
        for name in dict.fromkeys(header)
        if header.count(name) > 1
    ]
    table: dict[str, list[Any]] = {name: [] for name in header}
    for line, fields in rows:
        if len(fields) != len(header):
            told = "wrong number of fields; put quotes around a text or number that holds a comma"
            given, allowed = str(len(fields)), str(len(header))
            problems.append(Problem(told, file=file.name, line=line, given=given, allowed=allowed))
            continue
        for name, text in zip(header, fields, strict=True):
            read: Callable[[str], Any] = str.strip if name in words else _number
            try:
                table[name].append(read(text))
            except ValueError as error:
                key = (name,)
                told = str(error)
                problems.append(Problem(told, key, file=file.name, line=line, given=repr(text)))
    if not rows:
        problems.append(Problem("has a header and no rows: give at least one", file=file.name))
    if problems:
        raise ScenarioError(*problems)
    return pd.DataFrame(table, dtype=object)


def _read(file: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header, and each row's line number and fields; empty lines are left out."""
    try:
        if file.stat().st_size > MOST_BYTES:
            told = f"is larger than {MOST_BYTES // 1_000_000} MB: monthly figures never are"
            raise ScenarioError(Problem(told, file=file.name))
        with file.open(encoding="utf-8-sig", newline="") as opened:
            first = opened.readline()
            opened.seek(0)
            delimiter = ";" if ";" in first else ","
            reader = csv.reader(opened, strict=True, delimiter=delimiter)
            header = [name.strip() for name in next(reader, [])]
            rows = [(reader.line_num, fields) for fields in reader if any(fields)]
    except (OSError, UnicodeError, csv.Error) as error:
        raise ScenarioError(f"{file.name} cannot be read as CSV in UTF-8: {error}") from error
    if not header:
        raise ScenarioError(Problem("is empty: give a header and rows", file=file.name))
    return header, rows


def _number(text: str) -> Decimal:
    text = text.strip()
    if not text:
        raise ValueError("a number is missing: write 0 where there was nothing")
    if _DECIMAL_COMMA.fullmatch(text):
        raise ValueError("could be a decimal comma or thousands: write 1234.56")
    if not _NUMBER.fullmatch(text):
        raise ValueError("must be a plain number such as 1234.56")
    return Decimal(text.replace(",", "").replace("_", ""))
