"""Meters: what is shown of a KPI, by how many cases, with which error, and in whose favour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from scenarios.drivers.chance import found
from scenarios.uncertain import Array, Draws

if TYPE_CHECKING:
    from scenarios.drivers.kpis import Kpi


def shown(kpi: Kpi, true: Array, draws: Draws, name: str, completed: Array | None) -> Array:
    """The KPI as its meter shows it, (months, paths or 1) [the KPI's unit]: measured on the cases
    that it looks at, with its random error, better than the truth by ``overstated``, and within the
    KPI's scale.
    """
    seen = true
    if kpi.cases is not None and completed is not None:
        seen = _on_cases(kpi, true, draws, name, completed)
    if kpi.meter_error:
        seen = seen + kpi.meter_error * draws.normals(f"kpis.{name}.meter", len(true))
    by = draws.value(kpi.overstated, f"kpis.{name}.overstated")
    if np.ndim(by) or by:
        seen = seen + by if kpi.better == "higher" else seen - by
    if kpi.kind == "score" or seen is true:
        return seen
    return np.clip(seen, 0, 1 if kpi.kind == "rate" else None)


def _on_cases(kpi: Kpi, true: Array, draws: Draws, name: str, completed: Array) -> Array:
    """What the cases of the month show; the truth itself in a month without a case."""
    share = draws.value(kpi.cases or 0, f"kpis.{name}.cases")
    answered = draws.value(kpi.response_rate, f"kpis.{name}.response_rate")
    cases: Any = np.rint(completed * share * answered)
    noise = draws.normals(f"kpis.{name}.sample", len(true))
    some = np.maximum(cases, 1)
    if kpi.kind == "rate":
        seen = found(noise, some, true)
    else:
        seen = true + noise * kpi.case_sd / np.sqrt(some)
    return np.where(cases > 0, seen, true)
