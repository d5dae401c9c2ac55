"""Which of several dates is the opening, where they say the same to within minutes."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios.calibrate.reading.columns import Column
from scenarios.calibrate.reading.dateform import settled
from scenarios.calibrate.reading.dates import chosen
from scenarios.calibrate.reading.decisions import Findings, some
from scenarios.calibrate.reading.lexicon import CASE_ROLES
from scenarios.calibrate.reading.stamps import Order
from scenarios.calibrate.reading.words import is_missing, words

_MINUTES = 5
"""Minutes that two dates of the same opening may lie apart; an assumption."""
_NEARLY_ALL = 0.95
"""Share of the rows on which they must; an assumption."""
_RECORD = "sys"
"""What ServiceNow's names of system fields begin with: ``sys_created_at`` dates the record."""
_RECORD_MINUTES = 30
"""Minutes after the opening that a record may be written, and often it is blank: assumption."""
_COMPARED = 5_000
"""Rows that are looked at for that."""


def same_opening(
    columns: Sequence[Column], names: Sequence[str], order: Order | None, findings: Findings
) -> Column | None:
    """The best called of several dates of opening that differ by minutes at most; None if more.

    The earlier phrase of the lexicon is the better name, then the shorter one.
    """
    rivals = sorted((one for one in columns if one.name in names), key=_rank)
    best, others = rivals[0], rivals[1:]
    told = []
    for other in others:
        record = _RECORD in words(other.name) and _RECORD not in words(best.name)
        for minutes in (_MINUTES, _RECORD_MINUTES) if record else (_MINUTES,):
            near, rows = _near(best, other, order, minutes, record=record)
            if rows and near >= _NEARLY_ALL * rows:
                break
        else:
            return None
        told.append(f"{other.name!r} is within {minutes} minutes of it on {near:,} of {rows:,}")
    why = f"{some(told)} rows looked at, and its name says opened more plainly"
    findings.decide("date of opening", best.name, why, 'columns={"opened": "..."}')
    return best


def _rank(column: Column) -> tuple[int, int, int]:
    """The place of the first phrase that a name holds, how many words it has, where it stands."""
    held = words(column.name)
    fits = [n for n, (_, phrase) in enumerate(CASE_ROLES["opened"].phrases) if phrase <= {*held}]
    return min(fits, default=len(CASE_ROLES["opened"].phrases)), len(held), column.place


def _near(
    one: Column, two: Column, order: Order | None, minutes: int, *, record: bool
) -> tuple[int, int]:
    """On how many rows both are within minutes, and how many have either.

    The date of a ``record`` says nothing where it is blank.
    """
    orders = [order or settled(column.dates)[0] for column in (one, two)]
    near = rows = 0
    for first, second in list(zip(one.sample, two.sample, strict=True))[:_COMPARED]:
        if not (first or second) or (record and first and is_missing(second)):
            continue
        rows += 1
        stamps = chosen(first, orders[0]), chosen(second, orders[1])
        if stamps[0] is not None and stamps[1] is not None:
            near += abs(stamps[0].seconds - stamps[1].seconds) <= 60 * minutes
    return near, rows
