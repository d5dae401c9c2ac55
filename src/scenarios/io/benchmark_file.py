"""One CSV file of market figures, read strictly: no column, number or kind is guessed."""

from __future__ import annotations

import csv
import math
import re
from pathlib import Path

import pandas as pd

from scenarios.errors import Problem, ScenarioError, nearest

COLUMNS = (
    *("key", "figure", "low", "mid", "high", "unit"),
    *("period", "region", "who", "kind", "source", "note"),
)
NUMBERS = ("low", "mid", "high")
REQUIRED = ("figure", "unit", "who", "source")
KINDS = ("observation", "claim", "assumption", "list price", "model", "survey")

_KEY = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")


def read_benchmarks(path: Path) -> pd.DataFrame:
    """Return the market figures of one CSV file, strictly read: no field is guessed.

    Raises ScenarioError with every problem found, each with its file and line: columns other
    than declared, too few or too many fields, a number that is not one, low <= mid <= high
    broken, a repeated key, a kind that is not allowed, a figure without unit, who or source.
    """
    rows: list[dict[str, str | float]] = []
    problems: list[Problem] = []
    lines: dict[str, int] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            if tuple(header) != COLUMNS:
                message = "the columns must be exactly the declared ones, in their order"
                raise ScenarioError(
                    _at(path, 1, message, given=", ".join(header), allowed=", ".join(COLUMNS))
                )
            for fields in reader:
                row, wrong = _row(fields, path, reader.line_num)
                key = str(row.get("key", ""))
                if key and lines.setdefault(key, reader.line_num) != reader.line_num:
                    told = f"key already used in line {lines[key]}; choose another"
                    wrong.append(_at(path, reader.line_num, told, given=repr(key)))
                problems += wrong
                rows.append(row)
    except (OSError, UnicodeError, csv.Error) as error:
        raise ScenarioError(f"{path.name} cannot be read as CSV in UTF-8: {error}") from error
    if problems:
        raise ScenarioError(*problems)
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(dict.fromkeys(NUMBERS, float))


def _row(fields: list[str], path: Path, line: int) -> tuple[dict[str, str | float], list[Problem]]:
    if len(fields) != len(COLUMNS):
        message = "wrong number of fields; put quotes around text that holds a comma"
        return {}, [_at(path, line, message, given=str(len(fields)), allowed=str(len(COLUMNS)))]
    text = dict(zip(COLUMNS, fields, strict=True))
    problems = [
        _at(path, line, f"{name} must be a plain number or empty", given=repr(text[name]))
        for name in NUMBERS
        if text[name] and not _NUMBER.fullmatch(text[name])
    ]
    if not problems:
        numbers = [float(text[name]) for name in NUMBERS if text[name]]
        if not numbers:
            problems.append(_at(path, line, "a figure needs a number in low, mid or high"))
        if numbers != sorted(numbers) or not all(map(math.isfinite, numbers)):
            told = "low, mid and high must be finite and in rising order"
            problems.append(_at(path, line, told, given=str(numbers)))
    if not _KEY.fullmatch(text["key"]):
        problems.append(_at(path, line, "key must be in snake_case", given=repr(text["key"])))
    if text["kind"] not in KINDS:
        close = nearest(text["kind"], KINDS)
        told = "unknown kind" if close is None else f"unknown kind; did you mean {close!r}?"
        problems.append(_at(path, line, told, given=repr(text["kind"]), allowed=", ".join(KINDS)))
    problems += [_at(path, line, f"{name} is empty") for name in REQUIRED if not text[name].strip()]
    if problems:
        return {"key": text["key"]}, problems
    return text | {name: float(text[name] or "nan") for name in NUMBERS}, []


def _at(
    path: Path, line: int, message: str, given: str | None = None, allowed: str | None = None
) -> Problem:
    return Problem(message, file=path.name, line=line, given=given, allowed=allowed)
