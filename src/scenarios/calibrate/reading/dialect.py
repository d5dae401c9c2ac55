"""How the fields of a text file are separated and quoted, and where its header stands."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from scenarios.calibrate.reading.decisions import Findings
from scenarios.calibrate.reading.durations import is_duration
from scenarios.calibrate.reading.numbers import is_number
from scenarios.calibrate.reading.stamps import readings
from scenarios.calibrate.reading.turned import turned
from scenarios.calibrate.reading.words import is_missing
from scenarios.errors import Problem, ScenarioError

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}


@dataclass(frozen=True)
class Dialect:
    """How the fields of a text file are separated and quoted."""

    delimiter: str = ","
    quote: str = '"'
    escape: str | None = None

    def fields(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """The fields of each row; what is quoted may hold line breaks."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote,
            escapechar=self.escape,
            doublequote=self.escape is None,
            skipinitialspace=True,
        )


@dataclass(frozen=True)
class _Fit:
    """How well a dialect fits: rows that have the commonest number of fields."""

    dialect: Dialect
    fields: int
    share: float
    rank: int
    """4 with a header in the first row, 3 with one below or of periods, 2 if the first row is
    whole, 1 for one field, 0 for the rest."""


def find_dialect(lines: Sequence[str], given: str | None, name: str, findings: Findings) -> Dialect:
    """The dialect under which most rows have the same number of fields, two or more.

    Raises ``ScenarioError`` where two dialects fit alike or no row could be split.
    """
    if given is not None:
        if len(given) != 1:
            problem = Problem(
                "must be one character",
                ("delimiter",),
                given=repr(given),
                allowed="such as ; or \\t",
            )
            raise ScenarioError(problem)
        return _with_quotes(lines, [given])[0].dialect
    if lines and (declared := _declared(lines[0])):
        findings.decide(
            "delimiter", _called(declared), "the first line says so (sep=)", 'delimiter="..."'
        )
        return _with_quotes(lines[1:], [declared])[0].dialect
    fits = _with_quotes(lines, DELIMITERS)
    best = fits[0]
    rivals = [
        fit
        for fit in fits[1:]
        if fit.dialect.delimiter != best.dialect.delimiter
        and (fit.rank, fit.share, fit.fields) == (best.rank, best.share, best.fields)
    ]
    if best.fields > 1 and rivals:
        both = " or ".join(_called(fit.dialect.delimiter) for fit in (best, *rivals))
        told_so = 'fields could be separated in two ways: say delimiter="..."'
        raise ScenarioError(
            Problem(told_so, file=name, line=1, given=lines[0][:80].strip(), allowed=both)
        )
    if best.fields == 1:
        findings.decide("delimiter", "none", "every row has one field", 'delimiter="..."')
        return Dialect()
    why = f"{best.share:.1%} of the first {len(lines):,} lines then have {best.fields} fields"
    findings.decide("delimiter", _called(best.dialect.delimiter), why, 'delimiter="..."')
    return best.dialect


def _called(delimiter: str) -> str:
    return DELIMITERS.get(delimiter, delimiter)


def _declared(line: str) -> str | None:
    """The delimiter that Excel's first line ``sep=;`` names."""
    bare = line.strip("\ufeff\r\n").strip('"')
    return bare[4] if bare.lower().startswith("sep=") and len(bare) == 5 else None  # noqa: PLR2004


def _with_quotes(lines: Sequence[str], delimiters: Iterable[str]) -> list[_Fit]:
    """Every dialect with its fit, the best first."""
    escaped = any('\\"' in line for line in lines)
    single = sum(line.lstrip().startswith("'") for line in lines) > len(lines) / 2
    fits = []
    for delimiter in delimiters:
        fits.append(_fit(lines, Dialect(delimiter)))
        if escaped:
            fits.append(_fit(lines, Dialect(delimiter, escape="\\")))
        if single:
            fits.append(_fit(lines, Dialect(delimiter, quote="'")))
    return sorted(fits, key=lambda fit: (fit.rank, fit.share, fit.fields), reverse=True)


def _fit(lines: Sequence[str], dialect: Dialect) -> _Fit:
    try:
        rows = [row for row in dialect.fields(lines) if row]
    except csv.Error:
        return _Fit(dialect, 1, 0.0, rank=0)
    if len(rows) > 20 and '"' in "".join(lines[-3:]):  # noqa: PLR2004  the last may be cut off
        rows.pop()
    counts = Counter(map(len, rows))
    if not counts:
        return _Fit(dialect, 1, 0.0, rank=0)
    fields, times = max(counts.items(), key=lambda pair: (pair[0] > 1, pair[1]))
    share = round(times / len(rows), 2)
    if fields == 1:
        rank = 1
    elif (place := find_header(rows, fields)) is not None:
        rank = 3 + (place == 0)
    elif turned(rows, Findings()) is not None:
        rank = 3
    else:
        rank = 2 * (len(rows[0]) == fields)
    return _Fit(dialect, fields, share, rank)


def looks_like_data(text: str) -> bool:
    """True for a number, a date or a length of time: nothing that names a column."""
    return is_number(text) or bool(readings(text)) or is_duration(text)


def find_header(rows: Sequence[Sequence[str]], fields: int) -> int | None:
    """The place of the first row with that many fields, most of them filled, none of them data."""
    for place, row in enumerate(rows):
        short = len(row) == fields - 1 and _padded(rows, place, fields)
        filled = [text for text in row if not is_missing(text)]
        if not (short or len(row) == fields) or 2 * len(filled) < fields:
            continue
        data = sum(looks_like_data(text) for text in filled)
        return place if data <= len(filled) / 4 else None
    return None


def _padded(rows: Sequence[Sequence[str]], place: int, fields: int) -> bool:
    """True where every full row below ends with an empty field that the header lacks."""
    below = [row for row in rows[place + 1 :] if len(row) == fields]
    return bool(below) and all(not row[-1] for row in below)
