"""Tables as files: CSV, Excel with a sheet of checks, Parquet. Text never becomes a formula."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.errors import Problem, ScenarioError, nearest, require
from scenarios.io.atomic import write_atomically
from scenarios.io.workbook import workbook

_COMMANDS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes text that begins like this for something to calculate."""


def save(table: pd.DataFrame, path: str | Path) -> Path:
    """Write a table to a file, as what its name ends with: .csv, .xlsx or .parquet.

    The index becomes the first columns; two-level column names become "measure, statistic".
    Numbers keep all their digits (16 in a workbook). A workbook has a second sheet, Checks: the
    number of rows and the sum of each column, read back from what was written. In CSV, text that
    a spreadsheet would calculate gets an apostrophe in front. The file is replaced as a whole or
    not at all.

    Raises ``ScenarioError`` for another ending, a folder that is not there, or a file that cannot
    be written; ``MissingExtraError`` for .parquet where pyarrow is not installed.
    """
    path = Path(path)
    ending = path.suffix.lower()
    if ending not in _FORMATS:
        known = ", ".join(_FORMATS)
        advice = "the file's name must end with a kind of table that can be written"
        close = nearest(ending, _FORMATS)
        raise ScenarioError(Problem(advice, given=path.name, allowed=known, nearest=close))
    if not path.parent.is_dir():
        raise ScenarioError(
            Problem("there is no such folder: make it first", given=path.as_posix())
        )
    content = _FORMATS[ending](flat(table), _facts(table))
    try:
        write_atomically(path, content)
    except OSError as error:
        message = f"cannot be written: {error.strerror or error}"
        raise ScenarioError(Problem(message, file=path.as_posix())) from error
    return path


def flat(table: pd.DataFrame) -> pd.DataFrame:
    """The same rows under one line of column names, the index as the first columns."""
    plain = table.set_axis([_one_name(name) for name in table.columns], axis=1)
    if isinstance(table.index, pd.RangeIndex) and table.index.name is None:
        return plain
    names = [
        "row" if name is None else str(name) + " " * (str(name) in plain.columns)
        for name in table.index.names
    ]
    return plain.reset_index(names=names)


def _one_name(name: Any) -> str:
    parts = name if isinstance(name, tuple) else (name,)
    return ", ".join(str(part) for part in parts if str(part))


def _facts(table: pd.DataFrame) -> dict[str, str | int | float]:
    """What the table says about itself, as far as it is a plain word or number."""
    return {
        str(name): value
        for name, value in table.attrs.items()
        if isinstance(value, str | int | float)
    }


def _csv(table: pd.DataFrame, _: Mapping[str, Any]) -> bytes:
    text = table.map(_quoted).rename(columns=_quoted).to_csv(index=False, lineterminator="\n")
    return text.encode()


def _quoted(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_COMMANDS) else value


def _parquet(table: pd.DataFrame, facts: Mapping[str, Any]) -> bytes:
    require("pyarrow", "parquet")
    table.attrs.clear()
    table.attrs.update(facts)
    buffer = io.BytesIO()
    table.to_parquet(buffer, engine="pyarrow", index=False)
    return buffer.getvalue()


_FORMATS: dict[str, Callable[[pd.DataFrame, Mapping[str, Any]], bytes]] = {
    ".csv": _csv,
    ".xlsx": workbook,
    ".parquet": _parquet,
}
