"""Lengths of time that a file states and that cannot be, such as decimals that a tool regrouped."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from scenarios.calibrate.reading.cases import Cases
from scenarios.calibrate.reading.decisions import Findings

_DAY = 86_400
_PEOPLE = 10.0
"""How many may work on one case day and night before its effort is not believed: assumption."""
_FEW = 0.01
"""Share of the values up to which impossible ones are slips, and the others kept: assumption."""


def without_impossible(cases: Cases, roles: Iterable[str], today: date, findings: Findings) -> None:
    """Take out what took longer than there was time for, from its opening until ``today``.

    Where that is more than a few values the whole column goes, as the others are as doubtful.
    """
    end = int(np.datetime64(today, "s").astype(np.int64)) + _DAY
    room = (end - cases.opened) / 3600
    for role in roles:
        if role not in cases.columns:
            continue
        hours = cases.columns[role]
        limit = room * (_PEOPLE if role == "handling_time" else 1.0)
        absurd, known = hours > limit, int(np.isfinite(hours).sum())
        rows = int(absurd.sum())
        if rows <= _FEW * known:
            findings.do_not_use(f"{role} longer than can be", rows)
            hours[absurd] = np.nan
            continue
        del cases.columns[role]
        findings.do_not_use(f"{role} longer than can be", known)
        years = float(np.median(hours[absurd])) / 8766
        findings.warn(
            f"{role}: left out, {rows:,} of {known:,} values are longer than there was time for "
            f"since the opening (the middle one is {years:,.0f} years): its unit is another, or "
            "its decimals were lost; correct the file, or say "
            f'columns={{"{role}": "NAME [minutes]"}}'
        )
