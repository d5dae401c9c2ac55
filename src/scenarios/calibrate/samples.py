"""The cases that a KPI's meter looks at: their share of all units, and how far they lie apart."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from scenarios.calibrate.estimates import Estimate, rounded
from scenarios.calibrate.single_cases import apart

if TYPE_CHECKING:
    from scenarios.calibrate.reading.log import Log

_SURVEY = "answers on"
"""How a log says that a KPI rests on those cases alone that answered a survey."""


def sample(log: Log, name: str, level: float) -> tuple[dict[str, Any], tuple[Estimate, ...]]:
    """What a KPI of this level says of its meter: the share of all units that it looks at, of a
    survey those that answer, and how far single cases lie apart [the KPI's unit].
    """
    kind, of = log.kinds[name], log.periods.get(f"of.{name}")
    single = apart(log, name)
    if of is None or not (kind == "rate" or single is not None):
        return {}, ()
    share = _share(of.astype(float), log.periods["units"].astype(float))
    numbers: dict[str, Any] = {}
    if _SURVEY in log.stated.get(name, ""):
        numbers["cases"] = 1.0
        told, method = "response_rate", "share of the units that answered"
    else:
        told, method = "cases", "share of the units that have a value"
    estimates = [Estimate.normal(told, *share, len(of), method, within=(0.0, 1.0))]
    if single is not None:
        sd = single.sd * (level if kind == "time" else 1)
        error, within = sd * single.error, (0.0, math.inf)
        estimates.append(
            Estimate.normal("case_sd", sd, error, len(of), single.method, within=within)
        )
    numbers |= {one.number: rounded(one.estimate) for one in estimates}
    return numbers, tuple(estimates)


def _share(of: pd.Series, units: pd.Series) -> tuple[float, float]:
    """A share of all units and its standard error, by what periods differ. Source: Cochran (1977),
    ratio estimator.
    """
    both = of.notna() & (units > 0)
    cases, units = of[both], units[both]
    share = min(float(cases.sum() / units.sum()), 1.0)
    periods = len(units)
    off = float(((cases - share * units) ** 2).sum()) * periods / max(periods - 1, 1)
    return share, float(np.sqrt(off) / units.sum())
