"""One date as it is printed: which readings it allows, and what each of them means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from scenarios.calibrate.reading.words import MONTHS, plain

Order = Literal["day first", "month first", "year first"]
Grain = Literal["second", "day", "week", "month"]
ORDERS: tuple[Order, ...] = ("day first", "month first", "year first")
NONE = -(2**63)
"""Stands for no date among seconds since 1970."""
EARLIEST, LATEST = 1970, 2199
"""Years outside these are taken for unreadable: 1900-01-01 and 9999-12-31 stand for no date."""
_PIVOT = 69
"""Two digits from 69 on are 19xx, below that 20xx: POSIX strptime."""

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAYS = r"(?:[a-z]{2,10}\.?,? +)?"
_OF = r"(?:(?:de|di|del|do|of) +)?"
_TIME = (
    r"(?:(?:t|,? +(?:- +|(?:at|um|a las|as|a|alle|le) +)?|:)"
    r"(?P<h>\d{1,2})(?:(?P<colon>[:.h])(?P<mi>\d{2})(?:[:.m](?P<s>\d{2})(?:[.,:]\d{1,9})?)?)?"
    r"(?: ?(?P<half>[ap])\.? ?m\.?)?(?: ?(?:uhr|hs|hrs|h|s)\b)?)?"
)
_ZONE = r"(?: ?\(?(?P<zone>z|(?:utc|gmt)? ?[+-]\d{1,2}(?::?\d{2})?|[a-z]{2,4})\)?)?"
_NUMERIC = re.compile(
    _DAYS
    + r"(?P<a>\d{1,4})(?P<sep>[-/.]|\. |/ )(?P<b>\d{1,2})(?P=sep)(?P<c>\d{1,4})"
    + _TIME
    + _ZONE
)
_NAMED = (
    re.compile(
        rf"{_DAYS}(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.|º|°)?[-/ .]*{_OF}(?P<name>{_MONTH})\.?"
        rf"[-/ .,]*{_OF}(?P<y>\d{{4}}|\d{{2}})" + _TIME + _ZONE
    ),
    re.compile(
        rf"{_DAYS}(?P<name>{_MONTH})\.?[-/ ]+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?[-/ ]+(?P<y>\d{{4}})"
        + _TIME
        + _ZONE
    ),
    re.compile(rf"(?P<y>\d{{4}})[-/ .](?P<name>{_MONTH})\.?[-/ .](?P<d>\d{{1,2}})" + _TIME + _ZONE),
    re.compile(
        rf"{_DAYS}(?P<name>{_MONTH}) +(?P<d>\d{{1,2}})"
        + _TIME.removesuffix("?")
        + _ZONE
        + r" +(?P<y>\d{4})"
    ),
)
_COMPACT = re.compile(
    r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:[t _-]?(?P<h>\d{2})(?P<mi>\d{2})(?P<s>\d{2})?)?"
    r"(?P<zone>z|[+-]\d{2}:?\d{2})?"
)
_MONTHLY = (
    re.compile(r"(?P<y>\d{4})[-/. m](?P<m>\d{1,2})"),
    re.compile(r"(?P<m>\d{1,2})[-/. ](?P<y>\d{4})"),
    re.compile(rf"(?P<name>{_MONTH})\.?[-/ .,']*{_OF}(?P<y>\d{{4}}|\d{{2}})"),
    re.compile(rf"(?P<y>\d{{4}})[-/ .]*(?P<name>{_MONTH})\.?"),
    re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-2])"),
)
_W = r"(?:cw|kw|week|semaine|semana|settimana|woche|sem|wk|w|s)"
_WEEKLY = (
    re.compile(rf"(?P<y>\d{{4}})[-/ ]*{_W}[-. ]*(?P<w>\d{{1,2}})"),
    re.compile(rf"{_W}[-. ]*(?P<w>\d{{1,2}})[-/ ,]+(?P<y>\d{{4}})"),
)
_MIDNIGHT = re.compile(r"(?:[Tt]| +)(?:0?0:00(?::00(?:\.0+)?)?|12:00(?::00)? ?[Aa][Mm])$")
_LONGEST_RANGE = 60
_TWO_DAYS = re.compile(r".*\d.*\D.*\d.*\D.*\d")
_BETWEEN = re.compile(
    r" *(?:[-\u2013\u2014/]+| (?:to|thru|through|until|bis|au|al|a|ate|tot)(?= )) *"
)
_WEEKS = (4, 5, 6)
"""Days from the first to the last of a week, which may end on Friday or Saturday."""
_NUMBERS = {name: f"{number:02d}" for name, number in MONTHS.items()}
_HOUR = 3600
ZONES = {
    **dict.fromkeys(("z", "utc", "gmt", "wet"), 0),
    **dict.fromkeys(("cet", "west", "mez"), _HOUR),
    **dict.fromkeys(("cest", "eet", "mesz"), 2 * _HOUR),
    **dict.fromkeys(("est", "cdt"), -5 * _HOUR),
    **dict.fromkeys(("mst", "pdt"), -7 * _HOUR),
    "edt": -4 * _HOUR,
    "mdt": -6 * _HOUR,
    "pst": -8 * _HOUR,
    "eest": 3 * _HOUR,
}
"""Offsets of the short zone names that have one meaning [seconds]; others are ignored."""


@dataclass(frozen=True)
class Stamp:
    """One reading of a printed date."""

    order: Order | None
    """The order that gives this reading, or None where the text allows no other."""
    seconds: int
    """Wall clock as printed, in seconds since 1970-01-01."""
    offset: int | None
    """Offset from UTC [seconds], or None where none is printed."""
    grain: Grain
    short_year: bool = False
    """True where the year has two digits."""


def readings(text: str) -> list[Stamp]:
    """Every reading that a printed date allows, none if it is no date.

    ``03/04/2024`` has two, ``25/04/2024`` and ``2024-04-03`` have one.
    """
    text = " ".join(plain(text.replace("\u202f", " ").replace("\u00a0", " ")).split())
    if not text or not any(letter.isdigit() for letter in text):
        return []
    return _single(text) or list(_from_to(text))


def _single(text: str) -> list[Stamp]:
    """The readings of one day, week or month, in lower case and without accents."""
    if found := _NUMERIC.fullmatch(text):
        return list(_numeric(found))
    for shape in _NAMED:
        if found := shape.fullmatch(text):
            return _one(found, _year(found["y"]), MONTHS[found["name"]], int(found["d"]))
    if found := _COMPACT.fullmatch(text):
        return _one(found, int(found["y"]), int(found["m"]), int(found["d"]))
    return _coarse(text)


def shape(text: str) -> re.Match[str] | None:
    """The parts of a date with day and month, at their places in the text in lower case."""
    for one in (_NUMERIC, *_NAMED[:3]):
        if found := one.fullmatch(text):
            return found
    return None


def without_midnight(text: str) -> str:
    """A date without the midnight that spreadsheets print behind a day."""
    return _MIDNIGHT.sub("", text)


def in_numbers(text: str) -> str:
    """The same text with month names written as two digits."""
    return re.sub("[a-z]+", lambda found: _NUMBERS.get(found[0], found[0]), plain(text))


def _numeric(found: re.Match[str]) -> Iterator[Stamp]:
    """The readings of three numbers with separators."""
    a, b, c = found["a"], found["b"], found["c"]
    if len(a) == 4:  # noqa: PLR2004  a year
        yield from _one(found, int(a), int(b), int(c)) if len(c) < 3 else ()  # noqa: PLR2004  day
        return
    if len(a) > 2 or len(c) not in (2, 4):  # noqa: PLR2004  day or month; year
        return
    short = len(c) == 2  # noqa: PLR2004  two digits
    parts: dict[Order, tuple[str, str, str]] = {"day first": (c, b, a), "month first": (c, a, b)}
    if short:
        parts["year first"] = (a, b, c)
    for order, (year, month, day) in parts.items():
        yield from _one(found, _year(year), int(month), int(day), order=order, short=short)


def _one(
    found: re.Match[str],
    year: int,
    month: int,
    day: int,
    *,
    order: Order | None = None,
    short: bool = False,
) -> list[Stamp]:
    """The reading with these parts, if there is such a day and time."""
    parts = found.groupdict()
    try:
        hour, minute, second = (int(parts.get(name) or 0) for name in ("h", "mi", "s"))
        if half := parts.get("half"):
            if not 1 <= hour <= 12:  # noqa: PLR2004  a clock of twelve hours
                return []
            hour = hour % 12 + 12 * (half == "p")
        whole_day = hour == 24 and minute == second == 0  # noqa: PLR2004  ISO 8601: midnight
        moment = datetime(
            year, month, day, 0 if whole_day else hour, minute, min(second, 59), tzinfo=UTC
        )
        if second > 60 or not EARLIEST <= year <= LATEST:  # noqa: PLR2004  60: a leap second
            return []
    except ValueError:
        return []
    if parts.get("h") is not None and parts.get("mi") is None and not parts.get("half"):
        return []
    grain: Grain = "day" if parts.get("h") is None else "second"
    seconds = int(moment.timestamp()) + 86400 * whole_day
    return [Stamp(order, seconds, offset(parts.get("zone")), grain, short)]


def _coarse(text: str) -> list[Stamp]:
    """The first day of a printed month or week."""
    for shape in _WEEKLY:
        if found := shape.fullmatch(text):
            try:
                monday = datetime.fromisocalendar(int(found["y"]), int(found["w"]), 1)
            except ValueError:
                return []
            return [Stamp(None, _seconds(monday), None, "week")]
    for shape in _MONTHLY:
        if found := shape.fullmatch(text):
            parts = found.groupdict()
            month = MONTHS[parts["name"]] if parts.get("name") else int(parts["m"])
            year = _year(parts["y"])
            if 1 <= month <= 12 and EARLIEST <= year <= LATEST:  # noqa: PLR2004  months
                return [Stamp(None, _seconds(datetime(year, month, 1)), None, "month")]  # noqa: DTZ001  a calendar date
    return []


def _from_to(text: str) -> Iterator[Stamp]:
    """The first day of a printed week or month, such as ``01.01.2024 - 07.01.2024``.

    The year may stand behind the last day alone: ``Jan 1 - Jan 7, 2024``.
    """
    if len(text) > _LONGEST_RANGE or not _TWO_DAYS.match(text):
        return
    for found in _BETWEEN.finditer(text):
        first, last = text[: found.start()], text[found.end() :]
        ends = {stamp.order: stamp.seconds for stamp in _single(last) if stamp.grain == "day"}
        for order, end in ends.items():
            for begin in _begins(first, end, order):
                if grain := _between(begin // 86400, end // 86400):
                    yield Stamp(order, begin, None, grain)
        if ends:
            return


def _begins(first: str, end: int, order: Order | None) -> list[int]:
    """When a range begins [seconds]; without a year, in that of its end or the one before."""
    dated = [stamp for stamp in _single(first) if stamp.grain == "day"]
    if not dated:
        year = datetime.fromtimestamp(end, UTC).year
        sign = (
            "" if first.endswith(("/", ".", "-")) else next((s for s in "/-." if s in first), " ")
        )
        tries = [_single(f"{first}{sign}{one}") for one in (year, year - 1)]
        dated = [stamp for found in tries for stamp in found if stamp.grain == "day"]
    return [
        stamp.seconds
        for stamp in dated
        if stamp.seconds <= end and (order is None or stamp.order in (None, order))
    ]


def _between(first: int, last: int) -> Grain | None:
    """What two days bound: a week (its working days, too), a month, or one day."""
    if last - first in _WEEKS:
        return "week"
    begin, after = (datetime.fromtimestamp(day * 86400, UTC) for day in (first, last + 1))
    months = (after.year - begin.year) * 12 + after.month - begin.month
    if begin.day == after.day == 1 and months == 1:
        return "month"
    return "day" if first == last else None


def offset(zone: str | None) -> int | None:
    """Offset from UTC [seconds] of what is printed for a zone; None for none and unknown ones."""
    if zone is None:
        return None
    if (bare := zone.strip()) in ZONES:
        return ZONES[bare]
    found = re.fullmatch(r"(?:utc|gmt)? ?([+-])(\d{1,2}):?(\d{2})?", bare)
    if found is None:
        return None
    sign, hours, minutes = found.groups()
    return (1 if sign == "+" else -1) * (int(hours) * _HOUR + int(minutes or 0) * 60)


def _seconds(moment: datetime) -> int:
    return int(
        (moment.replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)) / timedelta(seconds=1)
    )


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:  # noqa: PLR2004  two digits
        return year
    return year + (1900 if year >= _PIVOT else 2000)
