"""Headers in two rows: names of groups above names of columns, or names that go on below."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from scenarios.calibrate.reading.words import MONTHS, is_missing, plain

_LONGEST = 40
"""Letters up to which a text may be the second half of a name: an assumption."""
_MOST = 0.8
"""Share of data from which a column's values are no names: an assumption."""
_FEWEST = 2
"""Rows below two rows of names, and columns of data with names above: an assumption."""

_YEAR = re.compile(r"(?:19|20)\d\d")

IsData = Callable[[str], bool]


def joined(rows: Sequence[Sequence[str]], place: int, is_data: IsData) -> list[str] | None:
    """The names of a header whose first row is at ``place`` and goes on in the next; else None.

    The next row goes on where no cell of it is data, though the rows below it hold data there.
    """
    upper = [text.strip() for text in rows[place]]
    below = rows[place + 2 :]
    if len(below) < _FEWEST or len(rows[place + 1]) != len(upper):
        return None
    lower = [text.strip() for text in rows[place + 1]]
    named = [n for n, text in enumerate(lower) if not is_missing(text)]
    if not named or any(is_data(lower[n]) or len(lower[n]) > _LONGEST for n in named):
        return None
    data = [n for n in named if _holds_data(below, n, is_data)]
    if len(data) < _FEWEST and not (data and any(not upper[n] for n in named)):
        return None
    return _names(upper, lower)


def grouped(rows: Sequence[Sequence[str]], place: int, is_data: IsData) -> list[str] | None:
    """The names of a header that repeats names for each group named in the row above; else None."""
    lower = [text.strip() for text in rows[place]]
    if not place or len(set(lower)) == len(lower) or len(rows[place - 1]) != len(lower):
        return None
    upper = [text.strip() for text in rows[place - 1]]
    if sum(map(bool, upper)) < _FEWEST or any(map(is_data, upper)):
        return None
    names = _names(upper, lower)
    return names if len(set(names)) == len(names) else None


def with_years_above(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """The rows, those of years above and months below made one: 2020-01, 2020-02 and so on."""
    for place, (upper, lower) in enumerate(pairwise(rows)):
        years = [text.strip() for text in upper[1:] if text.strip()]
        months = [plain(text.strip()).rstrip(".") for text in lower[1:]]
        named = len(upper) == len(lower) and all(name in MONTHS for name in months)
        if not (years and months and named and all(map(_YEAR.fullmatch, years))):
            continue
        if not upper[1].strip():
            return rows
        year, header = "", [lower[0] or upper[0]]
        for above, name in zip(upper[1:], months, strict=True):
            year = above.strip() or year
            header.append(f"{year}-{MONTHS[name]:02d}")
        return [*rows[:place], header, *rows[place + 2 :]]
    return rows


def _holds_data(rows: Sequence[Sequence[str]], place: int, is_data: IsData) -> bool:
    """Whether nearly all that stands in a column is data."""
    texts = [row[place] for row in rows if len(row) > place and not is_missing(row[place])]
    return len(texts) >= _FEWEST and sum(map(is_data, texts)) >= _MOST * len(texts)


def _names(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Both rows' words; a group's name holds until the next one, or a column without a group."""
    made, group = [], ""
    for above, below in zip(upper, lower, strict=True):
        group = above or (group if below else "")
        made.append(" ".join(text for text in (group, below) if text))
        group = group if below else ""
    return made
