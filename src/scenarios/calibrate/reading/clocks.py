"""Clocks of an SLA: columns of the time left, negative where it was missed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from scenarios.calibrate.reading.columns import Column
from scenarios.calibrate.reading.decisions import Findings
from scenarios.calibrate.reading.durations import DurationForm, read_durations
from scenarios.calibrate.reading.numbers import NumberForm
from scenarios.calibrate.reading.roles import Roles
from scenarios.calibrate.reading.words import words
from scenarios.world import Array

_TIMES = ("resolution_time", "answer_time", "handling_time")
_LEFT = frozenset(("sla", "slo", "slm", "remaining", "left", "restzeit", "verbleibend", "restante"))
_ANSWER = frozenset(("response", "respond", "reply", "answer"))
_SIGNED = 0.01
"""Share of negative values from which they are no faults of single rows; an assumption."""
_SIGN = DurationForm(1.0, clock="hours:minutes", number=NumberForm())
"""Enough to see the sign of a length of time, whatever its unit."""


def with_clocks(columns: Sequence[Column], roles: Roles, findings: Findings) -> None:
    """Take signed times for what they are: the clock of an SLA by its name, else no time at all.

    Jira's Time to resolution counts down to the target: its sign says whether the SLA was kept.
    Columns that the caller named stay as they are.
    """
    given = {roles[role].place for role in roles.given if role in roles}
    signed = [c for c in columns if c.place not in given and _is_signed(c) and _is_free(c, roles)]
    popped = {roles.columns.pop(r).place: r for r in _TIMES if r in roles and roles[r] in signed}
    clocks = [c for c in signed if _is_sla(c)]
    kept = [] if {"sla_met", "sla_breached"} & (roles.columns.keys() | roles.given) else clocks
    for column in signed:
        if column.place in popped and (column not in kept or len(kept) > 1):
            role = popped[column.place]
            findings.warn(
                f"{column.name!r}: more than one value in a hundred is negative, so it is no "
                f'length of time: not used; say columns={{"{role}": "{column.name}"}} if it is'
            )
    names = " or ".join(repr(column.name) for column in kept)
    if len(kept) > 1:
        findings.warn(f'sla_met: it may be {names}; not used: say columns={{"sla_met": "..."}}')
    elif kept:
        roles.columns["sla_met"] = kept[0]
        findings.warn(
            f"sla_met: {names} has negative values: taken for the time that was left of the SLA, "
            "missed where negative; open cases with time left count for neither"
        )


def is_clock(column: Column) -> bool:
    """True for a column of times left, which some rows have overrun; no flags such as -1."""
    if not column.holds("duration"):
        return False
    times = left(column.texts)
    known = times[np.isfinite(times)]
    return bool((known < 0).any()) and bool((np.abs(known) > 1).any())


def left(texts: list[str]) -> Array:
    """Times left, (texts,): right in their signs alone; nan for what is none."""
    return read_durations([text.replace("\u2212", "-").replace(",", ".") for text in texts], _SIGN)


def _is_signed(column: Column) -> bool:
    """True for times of which too many are negative; plain numbers only where they count down."""
    if not any(text[:1] in "-\u2212" for text in column.texts) or not column.holds("duration"):
        return False
    if column.is_numeric and not _counts_down(column):
        return False
    return bool(np.mean(left(column.texts) < 0) >= _SIGNED)


def _is_free(column: Column, roles: Roles) -> bool:
    """True where a column has no role, or that of a length of time."""
    of = [role for role, one in roles.columns.items() if one.place == column.place]
    return all(role in _TIMES for role in of)


def _is_sla(column: Column) -> bool:
    """True for the name of a clock that counts to the end of a case, not to the first answer."""
    return _counts_down(column) and not _ANSWER & {*words(column.name)}


def _counts_down(column: Column) -> bool:
    """True for names such as SLA remaining and Time to resolution."""
    held = words(column.name)
    return bool(_LEFT & {*held}) or ("time", "to") in pairwise(held)
