"""A first pass over all rows: how many there are, which are wrong, and a sample of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from scenarios.calibrate.reading.decisions import Findings, plural, some
from scenarios.calibrate.reading.dialect import DELIMITERS
from scenarios.calibrate.reading.rows import Row, Table, kind_of_row
from scenarios.calibrate.reading.source import Progress
from scenarios.errors import Problem, ScenarioError

_MOST_SAMPLED = 20_000
_MOST_CELLS = 400_000
_LONGEST_SAMPLE = 80
_TOLERATED = 0.05
"""Share of rows of a wrong length beyond which a file is refused; an assumption."""
_FEW = 5


@dataclass
class Survey:
    """A first pass over all rows: how many there are, which are wrong, and rows from all over."""

    rows: int = 0
    sample: list[Row] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    stride: int = 1
    wrong: Counter[int] = field(default_factory=Counter)
    """How many rows have each wrong number of fields."""
    examples: list[tuple[int, Row]] = field(default_factory=list)
    nul: int = 0
    headers: int = 0

    def keep(self, line: int, row: Row) -> None:
        """Count a row; keep it if it is its turn. When there are too many, every other one goes."""
        if self.rows % self.stride == 0:
            self.sample.append([text[:_LONGEST_SAMPLE] for text in row])
            self.lines.append(line)
            if len(self.sample) >= max(2000, min(_MOST_SAMPLED, _MOST_CELLS // len(row))):
                self.sample, self.lines = self.sample[::2], self.lines[::2]
                self.stride *= 2
        self.rows += 1

    @property
    def all_rows(self) -> int:
        """Rows of data, also those that are left out."""
        return self.rows + self.wrong.total() + self.nul + self.headers

    def column(self, place: int) -> list[str]:
        """The sampled values of a column."""
        return [row[place] for row in self.sample]


def survey(table: Table, findings: Findings, progress: Progress | None) -> Survey:
    """Look at every row once; say which are left out.

    Raises ``ScenarioError`` where there is no row, or where so many are of a wrong length that
    columns cannot be trusted.
    """
    seen = Survey()
    with table.rows(progress) as rows:
        for line, row in rows:
            kind = kind_of_row(table, row)
            if kind == "take":
                seen.keep(line, row)
            elif kind == "wrong number of fields":
                seen.wrong[len(row)] += 1
                if len(seen.examples) < _FEW:
                    seen.examples.append((line, row))
            else:
                seen.nul += kind == "NUL bytes"
                seen.headers += kind == "header repeated"
    _report(table, seen, findings)
    return seen


def _report(table: Table, seen: Survey, findings: Findings) -> None:
    wrong, fields = seen.wrong.total(), len(table.names)
    if wrong > max(_FEW, _TOLERATED * (seen.rows + wrong)) or (wrong and not seen.rows):
        raise ScenarioError(
            Problem(
                f"{wrong:,} of {seen.rows + wrong:,} rows have another number of fields than the "
                'header: quote texts that hold the delimiter, or say delimiter="..."',
                file=table.source.name,
                line=seen.examples[0][0],
                given="; ".join(_told(table, *example) for example in seen.examples),
                allowed=f"{fields} fields",
            )
        )
    if not seen.rows:
        told_so = "has a header and no rows: give one row a case, day, week or month"
        raise ScenarioError(Problem(told_so, file=table.source.name))
    findings.leave_out("wrong number of fields", wrong)
    findings.leave_out("NUL bytes", seen.nul)
    findings.leave_out("header repeated", seen.headers)
    if wrong:
        told_rows = some([_told(table, *example) for example in seen.examples], _FEW)
        more = f" and {wrong - _FEW:,} more" if wrong > _FEW else ""
        findings.warn(f"left out: {told_rows}{more}, where the header has {fields}")
    if seen.nul:
        findings.warn(f"left out: {plural(seen.nul, 'row')} with NUL bytes: the export is damaged")


def _told(table: Table, line: int, row: Row) -> str:
    """A row of a wrong length, and another delimiter under which it would be right."""
    text = table.dialect.delimiter.join(row)
    for delimiter, name in DELIMITERS.items():
        if delimiter == table.dialect.delimiter or table.source.packed == "workbook":
            continue
        if text.count(delimiter) == len(table.names) - 1:
            return f"line {line} has {plural(len(row), 'field')} (it is separated by {name})"
    return f"line {line} has {plural(len(row), 'field')}"
