"""Cases without an end in a median: it needs to know that they are long, and not how long."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scenarios.calibrate.reading.cases import Cases
from scenarios.calibrate.reading.decisions import Findings, plural, some
from scenarios.calibrate.reading.grid import label
from scenarios.calibrate.reading.measures import Measure
from scenarios.calibrate.reading.span import Range
from scenarios.world import Array

_MOST = 0.5
"""Share of open cases from which a median is not known."""
_FEW = 0.01
"""Share of open cases up to which a decision tells of them, and no warning: an assumption."""


def longer_than_known(cases: Cases, measured: list[Measure], findings: Findings) -> list[Measure]:
    """The KPIs, with the open cases that count as longer than any known in a median of times.

    A case counts where nothing is written as its end and it has been open for longer than half of
    those that ended took; of younger ones it is not known on which side of a median they are.
    Where half of the cases or more are open, ends may not be written, and none counts.
    """
    is_open = cases.columns.pop("open", None)
    if is_open is None:
        return measured
    return [_with_open(cases, measure, is_open, findings) for measure in measured]


def _with_open(cases: Cases, measure: Measure, is_open: Array, findings: Findings) -> Measure:
    if measure.name != "resolution_hours" or not measure.from_dates:
        return measure
    known = np.isfinite(measure.by_case)
    last = max(int(cases.opened.max()), int(cases.columns["done"].max()))
    age = (last - cases.opened) / 3600
    longer = is_open & ~known & (age > np.median(measure.by_case[known]))
    number = int(longer.sum())
    if not number or is_open.sum() >= _MOST * (is_open.sum() + known.sum()):
        return measure
    why = f"{plural(number, 'case')} without an end among {int(known.sum()):,} with one"
    findings.decide("open cases in medians of resolution_hours", "longer than any known", why)
    if number > _FEW * known.sum():
        findings.warn(
            f"resolution_hours: {why}: in the median of a period they count as longer than any "
            "known; the mean, and what is told of the whole file, are of those with an end"
        )
    return measure.counting(longer)


def tell_unknown_medians(
    table: pd.DataFrame, measured: list[Measure], kept: Range, findings: Findings
) -> None:
    """Take out medians of periods of which half the cases or more are open, and say so.

    ``table`` is changed.
    """
    for measure in measured:
        value = f"kpi.{measure.name}"
        unknown = np.isinf(table[value].to_numpy(dtype=float))
        if measure.kind != "time" or not unknown.any():
            continue
        for part in (value, f"of.{measure.name}"):
            table[part] = table[part].where(~unknown)
        names = some([label(kept.first + int(n), kept.every) for n in np.flatnonzero(unknown)])
        findings.warn(
            f"{measure.name}: not told for {plural(int(unknown.sum()), kept.every)} of which half "
            f"of the cases or more are open: {names}"
        )
