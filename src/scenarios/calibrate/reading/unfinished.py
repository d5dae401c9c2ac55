"""Last periods of which many cases are still open: what is known there is of the quick ones."""

from __future__ import annotations

import numpy as np
import pandas as pd

from scenarios.calibrate.reading.decisions import Findings, plural
from scenarios.calibrate.reading.grid import label
from scenarios.calibrate.reading.measures import Measure
from scenarios.calibrate.reading.span import Range
from scenarios.world import Array

_USUAL = 0.9
"""Share of the usual share known below which a last period is not told: an assumption."""
_ERRORS = 3.0
"""Standard errors beyond which that is no chance."""


def without_unfinished(
    table: pd.DataFrame, measured: list[Measure], kept: Range, findings: Findings
) -> None:
    """Take times and kept SLAs out of last periods where clearly fewer are known than usual.

    ``table`` is changed. A median of the cases that are done would fall towards the end of an
    export, as the slow ones are not done yet.
    """
    for measure in measured:
        if measure.kind != "time" and measure.name != "sla_met":
            continue
        of = table[f"of.{measure.name}"].to_numpy(dtype=float)
        first = _first_unfinished(table["units"].to_numpy(dtype=float), of)
        if first == len(of):
            continue
        done = np.arange(len(of)) < first
        for part in ("kpi", "of"):
            table[f"{part}.{measure.name}"] = table[f"{part}.{measure.name}"].where(done)
        findings.do_not_use(f"{measure.name} of unfinished periods", int(of[first:].sum()))
        findings.warn(
            f"{measure.name}: not told for the last {plural(len(of) - first, kept.every)}, from "
            f"{label(kept.first + first, kept.every)}: many of their cases are still open, and "
            "those that are done are the quick ones"
        )


def _first_unfinished(units: Array, of: Array) -> int:
    """The first of the last periods with clearly fewer known cases than usual."""
    share = np.divide(of, units, out=np.ones(len(of)), where=units > 0)
    usual = float(np.median(share))
    missing = usual * units - of
    room = _ERRORS * np.sqrt(units * usual * (1 - usual)) + 1
    few = (share < _USUAL * usual) & (missing > room)
    first = len(of)
    while first > (len(of) + 1) // 2 and few[first - 1]:
        first -= 1
    return first
