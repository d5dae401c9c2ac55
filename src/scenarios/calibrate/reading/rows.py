"""Rows of a file, strictly: each has as many fields as the header, or is left out and named."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Any

from scenarios.calibrate.reading.decisions import Findings, plural, some
from scenarios.calibrate.reading.dialect import (
    Dialect,
    find_dialect,
    find_header,
    looks_like_data,
)
from scenarios.calibrate.reading.encoding import find_encoding
from scenarios.calibrate.reading.headers import grouped, joined
from scenarios.calibrate.reading.sheets import find_sheet
from scenarios.calibrate.reading.source import Progress, Source, told
from scenarios.calibrate.reading.stamps import readings
from scenarios.calibrate.reading.turned import long_periods, months_without_years, turned
from scenarios.errors import Problem, ScenarioError
from scenarios.io.sheet import read_sheet

Row = list[str]
_LONGEST_LINE = 2**20
_FIRST_LINES = 500
_OFTEN = 20_000
"""Rows after which progress is told."""


_COMMA = Dialect()


@dataclass(frozen=True)
class Table:
    """A file's rows, read from its beginning as often as needed."""

    source: Source
    names: tuple[str, ...]
    header: int
    """How many rows stand before the first one of data."""
    encoding: str = ""
    dialect: Dialect = _COMMA
    padded: bool = False
    """True where each row ends with one empty field more than the header."""
    sheet: str = ""
    """The sheet of a workbook."""
    nul: bool = False
    """True where NUL bytes were seen, so that each row is looked at."""
    turned: tuple[Row, ...] = ()
    """The rows of a table whose periods stand side by side, one a period."""

    @contextmanager
    def rows(self, progress: Progress | None = None) -> Iterator[Iterator[tuple[int, Row]]]:
        """Rows of data with their line numbers, whatever their length; empty lines are skipped."""
        with told(self.source.name):
            if self.turned:
                yield enumerate(self.turned, 1)
                return
            if self.source.packed == "workbook":
                rows = read_sheet(self.source.path, self.sheet)
                yield islice(
                    ((n, row) for n, row in enumerate(rows, 1) if any(row)), self.header, None
                )
                return
            with _lines(self.source, self.encoding) as (lines, tell):
                reader = self.dialect.fields(lines)
                rows_read = _numbered(reader, tell, progress)
                yield islice(rows_read, self.header, None)


def _numbered(
    reader: Any, tell: Callable[[], int], progress: Progress | None
) -> Iterator[tuple[int, Row]]:
    """Rows with their line numbers; progress is told every now and then."""
    for count, row in enumerate(reader):
        if progress is not None and not count % _OFTEN:
            progress(tell(), 0)
        if row and (len(row) > 1 or row[0].strip()):
            yield reader.line_num, row


@contextmanager
def _lines(source: Source, encoding: str) -> Iterator[tuple[Iterator[str], Callable[[], int]]]:
    """The file's lines; one that is longer than any line should be comes in pieces."""
    with source.opened() as (stream, tell):
        text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
        try:
            yield iter(partial(text.readline, _LONGEST_LINE), ""), tell
        finally:
            text.detach()


def open_table(
    source: Source,
    delimiter: str | None,
    encoding: str | None,
    sheet: str | None,
    findings: Findings,
) -> Table:
    """The file's header and how its rows are read.

    Raises ``ScenarioError`` where no row looks like a header, and where a sheet is asked for that
    is not there.
    """
    if source.packed == "workbook":
        sheet = find_sheet(source, sheet, findings)
        with told(source.name):
            seen = list(islice(read_sheet(source.path, sheet), _FIRST_LINES))
        rows = [row for row in seen if any(row)]
        made = Table(source, (), 0, sheet=sheet)
        return _made(made, rows, findings, whole=len(seen) < _FIRST_LINES)
    if sheet is not None:
        told_so = "only an Excel workbook has sheets: leave sheet out"
        raise ScenarioError(Problem(told_so, ("sheet",), source.name, given=sheet))
    encoding, nul = find_encoding(source, encoding, findings)
    with told(source.name), _lines(source, encoding) as (lines, _):
        first = [line.replace("\0", "") for line in islice(lines, _FIRST_LINES)]
    dialect = find_dialect(first, delimiter, source.name, findings)
    with told(source.name):
        rows = [row for row in dialect.fields(first) if row and (len(row) > 1 or row[0].strip())]
    made = Table(source, (), 0, encoding, dialect, nul=nul)
    return _made(made, rows, findings, whole=len(first) < _FIRST_LINES)


def _made(table: Table, rows: Sequence[Row], findings: Findings, *, whole: bool) -> Table:
    """The table with its header; turned where it is seen whole and periods stand side by side."""
    if whole and (made := turned(rows, findings)) is not None:
        return replace(table, names=_unlike(made.names), turned=made.rows)
    if whole and (given := months_without_years(rows)):
        told_so = (
            "the months stand side by side, and the rows are not calendar years: turn the table so "
            "that each month, such as 2024-01, has a row of its own"
        )
        raise ScenarioError(Problem(told_so, file=table.source.name, given=given))
    if whole and (given := long_periods(rows)):
        told_so = (
            "only years or quarters stand side by side, and the spread from month to month and the "
            "season cannot be told from their totals: give the months or weeks, each such as "
            "2024-01 in a row of its own"
        )
        raise ScenarioError(Problem(told_so, file=table.source.name, given=given))
    return _headed(table, rows, findings)


def _headed(table: Table, rows: Sequence[Row], findings: Findings) -> Table:
    """The table with the names of its columns."""
    if not rows:
        told_so = "the file has no rows: give a header and one row a case, day, week or month"
        raise ScenarioError(Problem(told_so, file=table.source.name))
    counts = Counter(map(len, rows))
    fields = max(counts.items(), key=lambda pair: (pair[0] > 1, pair[1]))[0]
    place = find_header(rows, fields)
    if place is None:
        dated = [
            row
            for row in rows
            if len(row) == fields and sum(bool(readings(t)) for t in row) > fields / 2
        ]
        if dated and not any(len(row) == fields for row in rows[: rows.index(dated[0])]):
            told_so = (
                "the periods stand side by side: turn the table so that each has a row of its own"
            )
            raise ScenarioError(
                Problem(told_so, file=table.source.name, line=1, given=" | ".join(rows[0][:4]))
            )
        raise ScenarioError(
            Problem(
                "no row looks like a header: name the columns in the first line",
                file=table.source.name,
                line=1,
                given=" | ".join(rows[0][:6])[:120],
                allowed="names such as opened, resolved, reopen_count; or date, calls",
            )
        )
    first, last, names = _header(rows, place)
    if first < last:
        how = f"rows {first + 1} and {last + 1} together"
        findings.decide("header", how, f"names in two rows: {some(names, 12)}")
    elif place:
        above = plural(place, "row")
        findings.decide("header", f"row {place + 1}", f"{above} above it are a title, not columns")
    padded = len(names) < fields
    named = _unlike(names + [""] * padded)
    return replace(table, names=named, header=last + 1, padded=padded)


def _header(rows: Sequence[Row], place: int) -> tuple[int, int, list[str]]:
    """The first and the last row of a header that is in the row at ``place``, and its names."""
    if (names := joined(rows, place, looks_like_data)) is not None:
        return place, place + 1, _bare(names)
    if (names := grouped(rows, place, looks_like_data)) is not None:
        return place - 1, place, _bare(names)
    return place, place, _bare(rows[place])


def _bare(names: Sequence[str]) -> list[str]:
    return [name.strip().strip("\ufeff") for name in names]


def _unlike(names: Sequence[str]) -> tuple[str, ...]:
    """The names, repeated ones numbered and empty ones called by their place."""
    seen: Counter[str] = Counter()
    made = []
    for place, name in enumerate(names, 1):
        plainly = name or f"column {place}"
        seen[plainly] += 1
        made.append(plainly if seen[plainly] == 1 else f"{plainly} ({seen[plainly]})")
    return tuple(made)


def kind_of_row(table: Table, row: Row) -> str:
    """What is to be done with a row: "take" it, or why not."""
    if len(row) != len(table.names) or (table.padded and row[-1]):
        return "wrong number of fields"
    if row[0] == table.names[0] and row == list(table.names):
        return "header repeated"
    return "NUL bytes" if table.nul and any("\0" in text for text in row) else "take"
