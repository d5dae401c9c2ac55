"""Cases that are open and past their due date when the export was made: their SLA is missed."""

from __future__ import annotations

import numpy as np

from scenarios.calibrate.reading.cases import Cases
from scenarios.calibrate.reading.decisions import Findings, plural
from scenarios.calibrate.reading.grid import day_label
from scenarios.calibrate.reading.stamps import NONE

_DAY = 86_400
_MOST = 0.5
"""Share of the cases due from which ends are rather not written than open: an assumption."""


def count_overdue(cases: Cases, findings: Findings) -> None:
    """Count an open case as late where it was due before the last date of the file, and say so.

    Counting only what was done would leave out what waits longest. Where most have no end, whether
    they are open is not known, and they are left out.
    """
    due = cases.columns.pop("due_open", None)
    if due is None or not len(cases) or {"sla_met", "sla_breached"} & cases.columns.keys():
        return
    dated = [cases.columns[name] for name in ("done", "closed", "updated") if name in cases.columns]
    last = int(max(cases.opened.max(), *(moments.max() for moments in dated)))
    late = (due != NONE) & (due < last)
    in_time = cases.columns["in_time"]
    number, known = int(late.sum()), int(np.isfinite(in_time).sum())
    if not number:
        return
    told = f"{plural(number, 'case')} without an end, due before {day_label(last // _DAY)}"
    if number > _MOST * (number + known):
        findings.warn(f"sla_met: {told}: not counted, as ends may not be written")
        findings.do_not_use("due, and no end is written", number)
        return
    in_time[late] = 0
    why = f"{told}, the last date in the file"
    findings.decide("open cases past their due date", "SLA missed", why, 'columns={"due": ""}')
