"""Tables whose periods stand side by side, as statistics are often published: turned into rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scenarios.calibrate.reading.decisions import Findings, plural, some
from scenarios.calibrate.reading.headers import with_years_above
from scenarios.calibrate.reading.lexicon import TOTAL_WORDS
from scenarios.calibrate.reading.stamps import readings
from scenarios.calibrate.reading.words import MONTHS, is_missing, plain, words

_FEWEST = 6
"""Periods side by side from which a row is taken for a header of periods; an assumption."""
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d) ?(?:\*+|\(?[prs]\)?)?")
"""A year, and the mark of figures that are provisional, revised or estimated."""
_QUARTER = re.compile(
    r"(?:[qt][1-4]|[1-4] ?[qt]|[1-4]\.? ?(?:quartal|quarter|trim\w*))(?:[ /'.-]*\d{2,4})?"
    r"|(?:fy)?\d{2,4}[ /.-]*[qt][1-4]"
)


@dataclass(frozen=True)
class Turned:
    """A table with one row a period."""

    names: tuple[str, ...]
    rows: tuple[list[str], ...]


@dataclass(frozen=True)
class _Wide:
    """A table as it is printed: a header of periods, and the rows below it."""

    header: list[str]
    begin: int
    """Where the first period stands."""
    end: int
    """Behind the last period."""
    body: list[list[str]]
    notes: list[str]
    """What stands below and is no row of the table."""

    def periods(self, row: Sequence[str]) -> Sequence[str]:
        """The cells of a row below the periods."""
        return row[self.begin : self.end]


def turned(rows: Sequence[Sequence[str]], findings: Findings) -> Turned | None:
    """One row for each period of a table whose periods stand side by side; None if it has none.

    Either each row is something that is counted or measured, named in front, or rows are years
    and columns their months, or the other way round.
    """
    rows = with_years_above(rows)
    if (found := _wide(rows, _is_month)) is not None:
        made = _years(found)
    elif (found := _wide(rows, _is_date)) is not None:
        made = _measures(found)
    elif (found := _wide(rows, _is_year, 2)) is not None:
        made = _months(found)
    else:
        return None
    if found is None or made is None:
        return None
    told = f"{found.header[found.begin]!r} to {found.header[found.end - 1]!r} stand side by side"
    shape = f"{plural(found.end - found.begin, 'column')} by {plural(len(found.body), 'row')}"
    findings.decide("table", "turned, one row a period", f"{told}, {shape}")
    if behind := [text for text in found.header[found.end :] if text]:
        findings.warn(f"left out: columns behind the periods ({some(behind)})")
    if found.notes:
        findings.warn(f"left out: lines that are no row of the table ({some(found.notes, 3)})")
    return made


def months_without_years(rows: Sequence[Sequence[str]]) -> str:
    """The first rows' names of a table whose months stand side by side without years, or none."""
    found = _wide(rows, _is_month)
    return some([row[0] for row in found.body], 3) if found and _years(found) is None else ""


def long_periods(rows: Sequence[Sequence[str]]) -> str:
    """The first years or quarters that stand side by side above numbers, or none."""
    for is_period in (_is_quarter, _is_year):
        found = _wide(rows, is_period, 2)
        if found is not None and not any(
            _is_date(row[0]) or _is_month(row[0]) for row in found.body
        ):
            return some(list(found.periods(found.header)), 4)
    return ""


def _is_quarter(text: str) -> bool:
    return _QUARTER.fullmatch(plain(text)) is not None


def _is_month(text: str) -> bool:
    return plain(text).rstrip(".") in MONTHS


def _is_year(text: str) -> bool:
    return _YEAR.fullmatch(text) is not None


def _is_text(text: str) -> bool:
    return not any(letter.isdigit() for letter in text)


def _is_date(text: str) -> bool:
    return not text.isdigit() and bool(readings(text))


def _wide(
    rows: Sequence[Sequence[str]], is_period: Callable[[str], bool], fewest: int = _FEWEST
) -> _Wide | None:
    """The header of periods and what stands below; None where no row is such a header."""
    for place, row in enumerate(rows):
        header = [text.strip() for text in row]
        found = [n for n, text in enumerate(header) if text and is_period(text)]
        if len(found) < fewest:
            if sum(bool(text) for text in header) >= fewest:
                return None  # another header comes first
            continue
        begin, end = found[0], found[-1] + 1
        behind = [text for text in header[end:] if text]
        alike = len({plain(text) for text in header[begin:end]}) < end - begin
        if not begin or len(found) < end - begin or alike or not all(map(_is_total, behind)):
            return None
        return _below(header, begin, end, rows[place + 1 :])
    return None


def _below(header: list[str], begin: int, end: int, rows: Sequence[Sequence[str]]) -> _Wide | None:
    """The rows below a header, and the notes; None where texts or dates stand in the rows."""
    body, notes = [], []
    for row in rows:
        cells = [text.strip() for text in row]
        filled = [text for text in cells[begin:end] if not is_missing(text)]
        if len(cells) < end or not filled:
            notes.append(" ".join(text for text in cells if text)[:60])
        elif sum(_is_text(text) or _is_date(text) for text in filled) > len(filled) / 2:
            return None
        else:
            body.append(cells)
    return _Wide(header, begin, end, body, notes) if body else None


def _is_total(name: str) -> bool:
    return bool(set(words(name)) & TOTAL_WORDS)


def _years(wide: _Wide) -> Turned | None:
    """Years below each other and their months side by side."""
    totals = [row for row in wide.body if _is_total(row[0])]
    body = [row for row in wide.body if row not in totals]
    years = [found["year"] for row in body if (found := _YEAR.fullmatch(row[0]))]
    numbers = [MONTHS[plain(text).rstrip(".")] for text in wide.periods(wide.header)]
    if wide.begin != 1 or len(set(years)) < len(body) or numbers != sorted(numbers):
        return None  # April to March is a fiscal year, of which January is in the next year
    wide.notes.extend(row[0] for row in totals)
    rows = tuple(
        [f"{year}-{number:02d}", text]
        for year, row in zip(years, body, strict=True)
        for number, text in zip(numbers, wide.periods(row), strict=True)
        if not is_missing(text)
    )
    return Turned(("Month", "Count"), rows)


def _months(wide: _Wide) -> Turned | None:
    """Months below each other and their years side by side: the same, mirrored."""
    totals = [row for row in wide.body if _is_total(row[0])]
    body = [row for row in wide.body if row not in totals]
    mirrored = [list(texts) for texts in zip(*(row[: wide.end] for row in body), strict=True)]
    header = [wide.header[0], *(row[0] for row in body)]
    alike = len({plain(text) for text in header[1:]}) < len(body)
    if wide.begin != 1 or len(body) < _FEWEST or alike or not all(map(_is_month, header[1:])):
        return None
    wide.notes.extend(row[0] for row in totals)
    years = zip(wide.periods(wide.header), mirrored[1:], strict=True)
    return _years(_Wide(header, 1, len(header), [[year, *texts] for year, texts in years], []))


def _measures(wide: _Wide) -> Turned | None:
    """What is counted or measured below each other, and the periods side by side."""
    names = [" ".join(text for text in row[: wide.begin] if text) for row in wide.body]
    if not all(names) or len({plain(name) for name in names}) < len(names):
        return None
    periods = wide.periods(wide.header)
    values = zip(*(wide.periods(row) for row in wide.body), strict=True)
    rows = tuple([period, *texts] for period, texts in zip(periods, values, strict=True))
    return Turned(("Period", *names), rows)
