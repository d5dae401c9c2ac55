"""Lengths of time as they are printed: ``0:02:14``, ``1 day 02:03:04``, ``2h 30m``, ``PT2H``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from scenarios.calibrate.reading.numbers import NumberForm, read_numbers
from scenarios.calibrate.reading.words import UNITS, plain, words
from scenarios.world import Array

Clock = Literal["hours:minutes", "minutes:seconds"]

_DAY_WORD = r"(?:d|days?|tage?n?|dias?|jours?|giorn[oi]|t|j|g)"
_CLOCK = re.compile(
    rf"(?P<sign>-)?(?:(?P<days>\d+)(?: ?{_DAY_WORD}\.?,? +| ?{_DAY_WORD}[, ]*|\.| (?=\d)))?"
    r"(?P<a>\d+):(?P<b>\d{1,2})(?::(?P<c>\d{1,2})(?:[.,]\d+)?)?(?: ?(?:h|hrs?|std|hours?|uhr))?"
)
_ISO = re.compile(
    r"(?P<sign>-)?p(?:(?P<w>\d+(?:[.,]\d+)?)w)?(?:(?P<d>\d+(?:[.,]\d+)?)d)?"
    r"(?:t(?:(?P<h>\d+(?:[.,]\d+)?)h)?(?:(?P<m>\d+(?:[.,]\d+)?)m)?(?:(?P<s>\d+(?:[.,]\d+)?)s)?)?"
)
_ISO_SECONDS = {"w": 604800, "d": 86400, "h": 3600, "m": 60, "s": 1}
_HOURS_OF = re.compile(r"(?:within |during |in )?(?:business|working|calendar) hours")
_PIECE = re.compile(r"(\d+(?:[.,]\d+)?) ?([a-z]+)\.?(?:[ ,]+(?:and |und |y |et |e )?)?")


_PLAIN = NumberForm()


@dataclass(frozen=True)
class DurationForm:
    """How the lengths of time of a column are printed."""

    unit: float | None = None
    """Seconds that a plain number counts; None where nothing says it."""
    unit_name: str = ""
    clock: Clock | None = None
    """What two numbers with a colon mean; None where nothing says it."""
    number: NumberForm = _PLAIN
    open_unit: bool = False
    """True for plain numbers of which nothing says the unit: dates may tell it."""


def unit_in_name(name: str) -> tuple[str, float] | None:
    """The unit of time that a column's name ends with or has in brackets: hours of ``resolve_h``.

    ``Resolution Time (in Hrs)`` gives hours, ``talk_s`` seconds; ``Time spent`` gives nothing.
    """
    for bracket in re.findall(r"[\[(]([^\])]*)[\])]", name):
        for word in reversed(words(bracket)):
            if word in UNITS:
                return UNITS[word]
    found = words(_HOURS_OF.sub("", plain(name)) if len(words(name)) > 2 else name)  # noqa: PLR2004
    for before, word in pairwise(found):
        if before in ("in", "en", "em") and word in UNITS:
            return UNITS[word]
    last = found[-1] if found else ""
    return UNITS[last] if last in UNITS and (len(found) > 1 or len(last) > 1) else None


def clock_in_name(name: str) -> Clock | None:
    """What the name says about two numbers with a colon: ``(hh:mm)`` or ``(mm:ss)``."""
    plainly = plain(name).replace(" ", "")
    if re.search(r"\bm+:?ss?\b|mm:ss|min:s", plainly) and "hh:mm" not in plainly:
        return "minutes:seconds"
    return "hours:minutes" if re.search(r"hh?:mm", plainly) else None


def seconds(text: str, clock: Clock | None) -> float | None:
    """The length of time that a text prints [seconds]; None if it is not one, or open."""
    text = " ".join(plain(text.replace("\u00a0", " ")).split())
    if found := _CLOCK.fullmatch(text):
        return _clock(found, clock)
    if text.startswith(("p", "-p")) and (found := _ISO.fullmatch(text)):
        parts = [
            float(found[name].replace(",", ".")) * size
            for name, size in _ISO_SECONDS.items()
            if found[name]
        ]
        return (-1 if found["sign"] else 1) * sum(parts) if parts else None
    return _pieces(text)


def _clock(found: re.Match[str], clock: Clock | None) -> float | None:
    first, second, third = int(found["a"]), int(found["b"]), found["c"]
    if second > 59 or (third and int(third) > 59):  # noqa: PLR2004  sixty to the next
        return None
    if third:
        value = first * 3600 + second * 60 + int(third)
    elif found["days"] or clock == "hours:minutes":
        value = first * 3600 + second * 60
    elif clock == "minutes:seconds":
        value = first * 60 + second
    else:
        return None
    return (-1 if found["sign"] else 1) * (int(found["days"] or 0) * 86400.0 + value)


def _pieces(text: str) -> float | None:
    """Numbers with words for units: ``1 day 2 hours``, ``2h 30m``."""
    sign = -1 if text.startswith("-") else 1
    rest, total = text.removeprefix("-").strip(), 0.0
    if not rest:
        return None
    while rest:
        found = _PIECE.match(rest)
        if found is None or found[2] not in UNITS:
            return None
        total += float(found[1].replace(",", ".")) * UNITS[found[2]][1]
        rest = rest[found.end() :]
    return sign * total


def is_two_part(text: str) -> bool:
    """True for ``2:14``, which is hours and minutes or minutes and seconds."""
    found = _CLOCK.fullmatch(text.strip().lower())
    return found is not None and not found["c"] and not found["days"]


def is_duration(text: str) -> bool:
    """True for a text that prints a length of time with its units."""
    return seconds(text, "hours:minutes") is not None


def clock_in_values(texts: Iterable[str]) -> Clock | None:
    """What values with three numbers say about those with two: ``1:02:14`` beside ``2:14``."""
    clocks = [found for text in texts if (found := _CLOCK.fullmatch(text.strip().lower()))]
    three = any(found["c"] for found in clocks)
    two = any(not found["c"] for found in clocks)
    return "minutes:seconds" if three and two else None


def read_durations(texts: Sequence[str], form: DurationForm) -> Array:
    """Lengths of time [seconds], (texts,); nan for what is missing, no length of time, or open."""
    read = np.full(len(texts), np.nan)
    if form.unit is not None:
        read = read_numbers(texts, form.number) * form.unit
    known: dict[str, float] = {}
    for place in np.flatnonzero(np.isnan(read)).tolist():
        text = texts[place]
        if text and text not in known:
            found = seconds(text, form.clock)
            known[text] = np.nan if found is None else found
        read[place] = known.get(text, np.nan)
    return read
