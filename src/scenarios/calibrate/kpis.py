"""A KPI's history as the numbers of a scenario's KPI."""

from __future__ import annotations

import math
from typing import Any, Literal

import numpy as np

from scenarios.calibrate.estimates import Calibrated, Estimate, between, rounded, rounded_share
from scenarios.calibrate.fitted import Every, Fitted
from scenarios.calibrate.given import Values, given
from scenarios.calibrate.measured import FEWEST, KPI_KINDS
from scenarios.calibrate.months import WEEKS, monthly
from scenarios.calibrate.predicted import fitted_series
from scenarios.drivers import Kpi
from scenarios.drivers.logit import rate_sd
from scenarios.errors import Problem, ScenarioError, nearest
from scenarios.uncertain import Array

_METHOD = {
    "rate": "weighed by likelihood: AR(1) or walk of the logit",
    "time": "weighed by likelihood: AR(1) or walk of the logarithm",
    "score": "weighed by likelihood: AR(1) or walk",
    "count": "weighed by likelihood: AR(1) or walk of the logarithm, luck of counting apart",
}
_LOGARITHMIC = ("time", "count")
"""Kinds that deviate by their logarithm."""
_WIDEST = 5.0
"""Largest standard deviation of a time's logarithm that is told in the time's own unit."""
_MOST = 0.95
"""Share of the sd of a rate that is only ever 0 or 1, which is more than a scenario takes."""


def kpi(
    series: Values,
    kind: Literal["rate", "time", "score", "count"],
    of: Values | None = None,
    *,
    every: Every | None = None,
) -> Calibrated:
    """The numbers of ``kpis.NAME`` from one value a month, or a week where its periods are weeks or
    ``every`` says so.

    Dates, periods and labels such as ``Jan 2024`` are put in order, and those that lack in between
    are missing; a list has one period after the other. ``of`` are the units that a rate rests on:
    the luck of counting them is then told apart, and ``sd`` is what is left. Raises
    ``ScenarioError`` for an unknown kind, too few values, values that are no finite numbers, a rate
    above 1, labels that cannot be put in order, and other periods than months or weeks.
    """
    if kind not in KPI_KINDS:
        close = nearest(str(kind), KPI_KINDS)
        told = "there is no such kind of KPI"
        allowed = ", ".join(KPI_KINDS)
        raise ScenarioError(Problem(told, given=str(kind), allowed=allowed, nearest=close))
    measured, every = given(series, kind, of if kind == "rate" else None, every)
    if measured.known < FEWEST:
        told = "too few values to fit a KPI"
        raise ScenarioError(Problem(told, given=f"{measured.known}", allowed=f"{FEWEST} or more"))
    fitted, _ = fitted_series(measured, every)
    return numbers_of(fitted, measured.name)


def numbers_of(fitted: Fitted, name: str) -> Calibrated:
    """What a fitted series says of a KPI: kind, level, sd and autocorrelation, by month."""
    kind = fitted.scaled.kind
    own = fitted.posterior.deviation
    deviation, carried = monthly(
        own, fitted.posterior.autocorrelation, fitted.every, logarithmic=kind in _LOGARITHMIC
    )
    # The declared level of a lognormal is its mean, which lies above the median of its months.
    above = np.median(own) ** 2 / 2 if kind in _LOGARITHMIC else 0.0
    level = fitted.scaled.level(fitted.posterior.terms[:, 0] + above)
    level = level * (WEEKS if kind == "count" and fitted.every == "week" else 1)
    spread = _spread(kind, level, deviation)
    estimates = [
        Estimate.of(told, draws, fitted.periods, _METHOD[kind])
        for told, draws in (("level", level), ("sd", spread), ("autocorrelation", carried))
    ]
    still = fitted.scaled.still
    numbers: dict[str, Any] = {
        "kind": kind,
        "level": _level(kind, level),
        "sd": 0.0 if still else rounded(_possible(kind, level, estimates[1].estimate)),
        "autocorrelation": 0.0 if still else round(estimates[2].estimate, 2),
    }
    if kind == "time":
        numbers["better"] = "lower"
    return Calibrated(numbers, tuple(estimates), tuple(_said(fitted, name, numbers, still)), Kpi)


def _level(kind: str, level: Array) -> float | dict[str, float | str]:
    ends = [float(end) for end in np.quantile(level, (0.1, 0.9))]
    if kind == "rate":
        return between(*(min(max(rounded_share(end), 1e-6), 1 - 1e-6) for end in ends))
    if kind in _LOGARITHMIC:
        return between(*(rounded(end) for end in ends), shape="lognormal")
    return between(*(rounded(end, 4) for end in ends))


def _spread(kind: str, level: Array, deviation: Array) -> Array:
    """The deviation in the KPI's own unit, as the scenario's KPI has it, (draws,)."""
    if kind == "rate":
        return rate_sd(level, deviation)
    if kind == "score":
        return deviation
    return level * np.sqrt(np.expm1(np.square(np.minimum(deviation, _WIDEST))))


def _possible(kind: str, level: Array, sd: float) -> float:
    """The sd, of a rate no more than a rate of this level can have (``Kpi``)."""
    if kind != "rate":
        return sd
    middle = float(np.quantile(level, (0.1, 0.9)).mean())
    return min(sd, _MOST * math.sqrt(middle * (1 - middle)))


def _said(fitted: Fitted, name: str, numbers: dict[str, Any], still: bool) -> list[str]:
    said = []
    if still:
        said.append(f"{name}: every {fitted.every} has the same value, so it is taken as certain")
    if fitted.scaled.kind == "rate":
        counted_on = fitted.scaled.counted_on
        if counted_on is None:
            said.append(
                f"{name}: it is not known on how many units it rests: its sd holds the luck of "
                "counting them as well"
            )
        elif not still:
            units = counted_on * (WEEKS if fitted.every == "week" else 1)
            level = float(np.median(fitted.scaled.level(fitted.posterior.terms[:, 0])))
            luck = float(np.sqrt(level * (1 - level) / units))
            said.append(
                f"{name}: its sd of {numbers['sd']:g} is what is left beside the luck of counting "
                f"about {units:,.0f} units a month, another {rounded(luck, 2):g}"
            )
    if fitted.scaled.luck is not None and not still:
        said.append(
            f"{name}: its sd of {numbers['sd']:g} is what is left beside the luck of few cases, "
            "which the scenario's meter adds by case_sd and by how many cases it sees (cases, "
            "response_rate)"
        )
    if fitted.scaled.kind == "count":
        said.append(f"{name}: a log does not say whether more is better: set better by hand")
    return said
