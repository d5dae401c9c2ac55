"""A column's name and values, and what its values may be."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from scenarios.calibrate.reading.answers import answer
from scenarios.calibrate.reading.dateform import DateEvidence, date_evidence, numeric_kind
from scenarios.calibrate.reading.durations import is_duration
from scenarios.calibrate.reading.lexicon import Content
from scenarios.calibrate.reading.numbers import NumberForm, bare, is_number, read_numbers
from scenarios.calibrate.reading.stamps import readings, without_midnight
from scenarios.calibrate.reading.words import is_missing, plain

_LOOKED_AT = 300
_NEARLY_ALL = 0.95
_MOST = 0.8
_FEW_ANSWERS = 12
_FEWEST_SPACED = 6
"""Days from which an equal spacing is no chance; an assumption."""
_BOTH_MARKS = re.compile(
    r"[+-]?\d{1,3}(?P<group>[.,])\d{3}(?:(?P=group)\d{3})*(?!(?P=group))[.,]\d+"
)
_TIME_OF_DAY = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?: ?[ap]\.?m\.?)?")


@dataclass(frozen=True)
class Column:
    """A column's name and a sample of its values."""

    place: int
    name: str
    sample: tuple[str, ...] = field(repr=False)
    """Sampled values, missing ones included."""
    unit: str = ""
    """What the caller wrote in brackets: a unit of time, ``%`` or ``share``."""
    more: tuple[int, ...] = ()
    """Places of the columns whose texts follow, as a time of day follows its date."""
    between: str = " "
    """What stands between them."""

    @property
    def places(self) -> tuple[int, ...]:
        """Where its texts stand."""
        return (self.place, *self.more)

    def joined(self, other: Column, between: str = " ") -> Column:
        """This column with another one's texts after its own."""
        pairs = zip(self.sample, other.sample, strict=True)
        values = tuple(
            f"{without_midnight(one)}{between}{two}".strip() if one else "" for one, two in pairs
        )
        name = f"{self.name} + {other.name}"
        return Column(self.place, name, values, self.unit, (*self.more, other.place), between)

    @property
    def sampled(self) -> int:
        """How many values there are in the sample."""
        return len(self.sample)

    @cached_property
    def texts(self) -> list[str]:
        """Sampled values that are not missing."""
        return [text for text in self.sample if not is_missing(text)]

    @cached_property
    def some(self) -> list[str]:
        """A few of them, from all over."""
        return self.texts[:: max(1, len(self.texts) // _LOOKED_AT)]

    @cached_property
    def dates(self) -> DateEvidence:
        """What the values allow as dates."""
        return date_evidence(self.texts)

    @cached_property
    def numbers(self) -> np.ndarray:
        """The values as numbers with a decimal point; good enough to see their size."""
        return read_numbers([bare(text).replace(",", ".") for text in self.some], NumberForm())

    @cached_property
    def counts(self) -> np.ndarray:
        """The sampled values as whole numbers, nan for what is missing."""
        return read_numbers([_ungrouped(text) for text in self.sample], NumberForm())

    @cached_property
    def steps(self) -> bool:
        """True for dates that each stand there once, a day, a week or a month after the other."""
        found = self.dates
        if not self.is_date or self.unique < 1 or found.timed > found.midnights:
            return False
        if found.grains["month"] or found.grains["week"]:
            return True
        return found.steps

    @cached_property
    def spaced(self) -> bool:
        """True for days that each stand there once, whole weeks or months apart, gaps allowed."""
        found = self.dates
        if not self.is_date or self.unique < 1 or found.timed > found.midnights:
            return False
        return any(_spaced(days) for days in (found.sure, *found.days.values()))

    @cached_property
    def unique(self) -> float:
        """Share of the values that stand there once."""
        return len(set(self.texts)) / len(self.texts) if self.texts else 0.0

    def share(self, test: Callable[[str], object]) -> float:
        """Share of the values that pass a test."""
        passed = sum(bool(test(text)) for text in self.some)
        return passed / len(self.some) if self.some else 0.0

    @cached_property
    def is_numeric(self) -> bool:
        """True where nearly all values are numbers."""
        return self.share(is_number) >= _NEARLY_ALL

    @cached_property
    def is_clock(self) -> bool:
        """True where nearly all values are times of day."""
        return self.share(lambda text: _TIME_OF_DAY.fullmatch(text.strip().lower())) >= _NEARLY_ALL

    @cached_property
    def is_date(self) -> bool:
        """True where most values are dates by their looks, not digits alone."""
        return self.share(_looks_like_date) >= _MOST

    def holds(self, content: Content) -> bool:
        """Whether the values may be what a role wants, given that the name says so."""
        return bool(self.some) and _TESTS[content](self)


def _spaced(days: set[int]) -> bool:
    """Whether days are all first days of months, all last ones, or all the same day of the week."""
    if len(days) < _FEWEST_SPACED:
        return False
    dates = np.fromiter(days, np.int64).astype("datetime64[D]")
    first = dates.astype("datetime64[M]") == dates
    last = (dates + 1).astype("datetime64[M]") == dates + 1
    return bool(first.all() or last.all() or (np.ptp(dates.astype(np.int64) % 7) == 0))


def _looks_like_date(text: str) -> bool:
    return not bare(text).isdigit() and bool(readings(text))


def _date(column: Column) -> bool:
    if column.is_date:
        return True
    if not column.is_numeric:
        return False
    return column.share(readings) >= _MOST or numeric_kind(column.numbers) is not None


def _count(column: Column) -> bool:
    """Whole numbers, not negative; ``1,234`` may be one."""
    if not column.is_numeric:
        return False
    numbers = read_numbers([_ungrouped(text) for text in column.some], NumberForm())
    known = numbers[np.isfinite(numbers)]
    return bool(len(known)) and bool(np.mean((known >= 0) & (known % 1 == 0)) >= _NEARLY_ALL)


def _ungrouped(text: str) -> str:
    """A number without its thousands marks and with a decimal point: ``10.872,0`` is 10872.0."""
    token = bare(text)
    if re.fullmatch(r"[+-]?\d{1,3}(?:[.,]\d{3})+", token):
        return re.sub("[.,]", "", token)
    if both := _BOTH_MARKS.fullmatch(token):
        token = token.replace(both["group"], "")
    return token.replace(",", ".")


def _flag(column: Column) -> bool:
    few = len(set(column.some)) <= _FEW_ANSWERS
    return few and column.share(lambda text: answer(text) is not None) >= 0.5  # noqa: PLR2004  half


def _duration(column: Column) -> bool:
    return column.is_numeric or column.share(is_duration) >= _MOST


def _score(column: Column) -> bool:
    if column.is_numeric:
        return True
    few = len({plain(text.strip()) for text in column.some}) <= _FEW_ANSWERS
    return few and any((said := answer(text)) is not None and said[1] for text in column.some)


_TESTS: dict[Content, Callable[[Column], bool]] = {
    "date": _date,
    "count": _count,
    "flag": _flag,
    "duration": _duration,
    "score": _score,
    "number": lambda column: column.is_numeric,
    "text": lambda column: not column.is_date,
}
