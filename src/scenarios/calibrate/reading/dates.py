"""Columns of dates: many at once, as wall clock and as UTC."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from scenarios.calibrate.reading.dateform import Numeric
from scenarios.calibrate.reading.fixed import read_fixed
from scenarios.calibrate.reading.numbers import NumberForm, read_numbers
from scenarios.calibrate.reading.stamps import (
    EARLIEST,
    LATEST,
    NONE,
    Order,
    Stamp,
    in_numbers,
    offset,
    readings,
    shape,
)
from scenarios.calibrate.reading.words import plain
from scenarios.world import Array

_BOUNDS = tuple(
    int(np.datetime64(f"{year}-01-01", "s").astype(np.int64)) for year in (EARLIEST, LATEST + 1)
)
_FASTEST = 8
"""How many printed shapes of a column get a fast path."""


_PLAIN = NumberForm()


@dataclass(frozen=True)
class Fast:
    """A printed shape that pandas reads in one go: a format, after which the zone is printed."""

    format: str
    suffix: str
    offset: int | None
    named: bool = False
    """True where month names are written as numbers before the format reads them."""


@dataclass(frozen=True)
class DateForm:
    """How the dates of a column are printed, and in which zone they are wanted."""

    order: Order | None = None
    numeric: Numeric | None = None
    fast: tuple[Fast, ...] = ()
    zone: ZoneInfo | None = None
    number: NumberForm = _PLAIN
    whole_days: bool = False
    """True where mostly no time of day is printed, or midnight."""


def fast_shapes(texts: Sequence[str], order: Order | None) -> tuple[Fast, ...]:
    """The commonest shapes of the texts, as far as a format reads them as ``readings`` does."""
    by_shape: dict[str, list[str]] = {}
    for text in texts:
        by_shape.setdefault(re.sub(r"\d+", "9", in_numbers(text)), []).append(text)
    common = sorted(by_shape.values(), key=len, reverse=True)[:_FASTEST]
    found = (_fast(same[:50], order) for same in common)
    return tuple(dict.fromkeys(fast for fast in found if fast is not None))


def _fast(texts: list[str], order: Order | None) -> Fast | None:
    for text in texts:
        if (found := _format(text, order)) is not None:
            break
    else:
        return None
    wall, _ = _read_fast(texts, found)
    for text, seconds in zip(texts, wall.tolist(), strict=True):
        stamp = chosen(text, order)
        if seconds != NONE and (stamp is None or stamp.seconds != seconds):
            return None
    return found


_DIRECTIVES = {"h": "%H", "mi": "%M", "s": "%S"}


def _format(text: str, order: Order | None) -> Fast | None:
    """The format of a numeric date, or None where there is none."""
    given, text = text, plain(text)
    found = shape(text)
    if found is None or len(given) != len(text):
        return None
    parts = _date_directives(found, order)
    if parts is None:
        return None
    named = {**parts, **{name: code for name, code in _DIRECTIVES.items() if found[name]}}
    if found["half"]:
        named["h"] = "%I"
    written = text if "d" in parts else given
    spans = sorted((found.span(name), code) for name, code in named.items())
    end = found.start("zone") if found["zone"] else len(text)
    made, place = "", 0
    for (start, stop), code in spans:
        made += written[place:start].replace("%", "%%") + code
        place = stop
    tail = written[place:end]
    if found["half"]:
        made, tail = made + " %p" if tail.startswith(" ") else made + "%p", ""
    elif fraction := re.fullmatch(r"([.,])\d{1,6}", tail):
        made, tail = made + fraction[1] + "%f", ""
    return Fast(made + tail.replace("%", "%%"), given[end:], offset(found["zone"]), "d" in parts)


def _date_directives(found: re.Match[str], order: Order | None) -> dict[str, str] | None:
    if "name" in found.groupdict():
        return {"d": "%d", "name": "%m", "y": "%Y" if len(found["y"]) == 4 else "%y"}  # noqa: PLR2004  a year
    if len(found["a"]) == 4:  # noqa: PLR2004  a year
        return {"a": "%Y", "b": "%m", "c": "%d"}
    year = "%Y" if len(found["c"]) == 4 else "%y"  # noqa: PLR2004  a year
    if order == "day first":
        return {"a": "%d", "b": "%m", "c": year}
    if order == "month first":
        return {"a": "%m", "b": "%d", "c": year}
    return {"a": "%y", "b": "%m", "c": "%d"} if order == "year first" else None


def _read_fast(texts: Sequence[str], fast: Fast) -> tuple[Array, Array]:
    """Wall clock and UTC of the texts that have this shape."""
    wall = np.full(len(texts), NONE)
    if fast.suffix:
        size = len(fast.suffix)
        places = [n for n, text in enumerate(texts) if text.endswith(fast.suffix)]
        stems = [texts[n][:-size] for n in places]
    else:
        places, stems = list(range(len(texts))), list(texts)
    if fast.named:
        stems = [in_numbers(stem) for stem in stems]
    if stems:
        wall[places] = _read_stems(stems, fast.format)
    return wall, np.where(wall == NONE, NONE, wall - (fast.offset or 0))


def _read_stems(stems: list[str], pattern: str) -> Array:
    """Seconds of each text: those of full width at once, the others by pandas."""
    wall = read_fixed(stems, pattern)
    rest = np.flatnonzero(wall == NONE)
    if len(rest):
        some = np.array(stems, dtype=object)[rest]
        read = pd.to_datetime(some, format=pattern, errors="coerce")
        seconds = read.to_numpy().astype("datetime64[s]")
        wall[rest] = np.where(np.isnat(seconds), NONE, seconds.astype(np.int64))
    return wall


def chosen(text: str, order: Order | None) -> Stamp | None:
    """The reading of a text in this order; None if it has none."""
    for stamp in readings(text):
        if stamp.order in (None, order):
            return stamp
    return None


def read_dates(texts: Sequence[str], form: DateForm) -> tuple[Array, Array]:
    """Wall clock and UTC of each text [seconds since 1970], (texts,); ``NONE`` for no date.

    Where no zone is printed both are the same; a zone that is asked for moves the wall clock.
    """
    if form.numeric is not None:
        wall, utc, aware = _from_numbers(texts, form)
    else:
        wall, utc, aware = _from_texts(texts, form)
    outside = (wall < _BOUNDS[0]) | (wall >= _BOUNDS[1])
    wall[outside] = utc[outside] = NONE
    if form.zone is not None and (known := aware & (wall != NONE)).any():
        moments = pd.to_datetime(utc[known], unit="s", utc=True).tz_convert(form.zone)
        local = moments.tz_localize(None).to_numpy().astype("datetime64[s]")
        wall[known] = local.astype(np.int64)
    return wall, utc


def without_time(texts: Sequence[str], wall: Array, form: DateForm) -> Array:
    """Which dates have no time of day, (texts,): all of a column of whole days.

    Elsewhere a midnight that is printed is a time, and a date alone is none.
    """
    if form.whole_days or form.numeric is not None:
        return np.full(len(texts), form.whole_days)
    found = np.zeros(len(texts), bool)
    for n in np.flatnonzero((wall != NONE) & (wall % 86400 == 0)).tolist():
        if ":" not in texts[n]:
            stamp = chosen(texts[n], form.order)
            found[n] = stamp is not None and stamp.grain != "second"
    return found


def _from_texts(texts: Sequence[str], form: DateForm) -> tuple[Array, Array, Array]:
    wall = np.full(len(texts), NONE)
    utc = wall.copy()
    aware = np.zeros(len(texts), bool)
    todo = np.arange(len(texts))
    for fast in form.fast:
        if not len(todo):
            break
        found_wall, found_utc = _read_fast([texts[n] for n in todo.tolist()], fast)
        read = found_wall != NONE
        wall[todo[read]], utc[todo[read]] = found_wall[read], found_utc[read]
        aware[todo[read]] = fast.offset is not None
        todo = todo[~read]
    known: dict[str, Stamp | None] = {}
    for place in todo.tolist():
        text = texts[place]
        if text not in known:
            known[text] = chosen(text, form.order) if text else None
        if (stamp := known[text]) is not None:
            wall[place], utc[place] = stamp.seconds, stamp.seconds - (stamp.offset or 0)
            aware[place] = stamp.offset is not None
    return wall, utc, aware


def _from_numbers(texts: Sequence[str], form: DateForm) -> tuple[Array, Array, Array]:
    numbers = read_numbers(texts, form.number)
    if form.numeric == "serial":
        numbers = (numbers - 25569) * 86400
    elif form.numeric == "epoch ms":
        numbers = numbers / 1000
    known = np.isfinite(numbers) & (np.abs(numbers) < 1e11)  # noqa: PLR2004  else no int64
    wall = np.where(known, np.round(np.where(known, numbers, 0)), NONE).astype(np.int64)
    wall[~known] = NONE
    return wall, wall.copy(), np.full(len(texts), form.numeric != "serial")


def zones_told(offsets: Counter[int | None]) -> str:
    """The printed offsets in words, such as "+01:00, +02:00"."""

    def one(seconds: int | None) -> str:
        if seconds is None:
            return "none"
        sign = "-" if seconds < 0 else "+"
        hours, rest = divmod(abs(seconds), 3600)
        return f"{sign}{hours:02d}:{rest // 60:02d}"

    return ", ".join(one(seconds) for seconds, _ in offsets.most_common(4))
