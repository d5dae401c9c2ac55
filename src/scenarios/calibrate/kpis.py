"""A KPI's history as the numbers of a scenario's KPI."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from scenarios.calibrate.estimates import Calibrated, Estimate, between, rounded, rounded_share
from scenarios.calibrate.fitted import Every, Fitted, every_of
from scenarios.calibrate.measured import FEWEST, KINDS, Measured, Values, by_period, numbers, within
from scenarios.calibrate.months import WEEKS, monthly
from scenarios.calibrate.predicted import fitted_series
from scenarios.drivers import Kpi
from scenarios.errors import Problem, ScenarioError, nearest
from scenarios.uncertain import Array

_METHOD = {
    "rate": "weighed by likelihood: AR(1) of the logit",
    "time": "weighed by likelihood: AR(1) of the logarithm",
    "score": "weighed by likelihood: AR(1)",
    "count": "weighed by likelihood: AR(1) of the logarithm, luck of counting apart",
}
_LOGARITHMIC = ("time", "count")
"""Kinds that deviate by their logarithm."""
_ROUNDING = 1e-9
"""Distance from 1 that is nothing but rounding."""
_WIDEST = 5.0
"""Largest standard deviation of a time's logarithm that is told in the time's own unit."""


def kpi(
    series: Values,
    kind: Literal["rate", "time", "score", "count"],
    of: Values | None = None,
    *,
    every: Every | None = None,
) -> Calibrated:
    """The numbers of ``kpis.NAME`` from one value a month, or a week where its periods are weeks or
    ``every`` says so.

    Dates and periods are put in order, and those that lack in between are missing; a list has one
    period after the other. ``of`` are the units that a rate rests on: the luck of counting them is
    then told apart, and ``sd`` is what is left. Raises ``ScenarioError`` for an unknown kind, too
    few values, values that are no finite numbers, a rate above 1, and other periods than these.
    """
    if kind not in KINDS:
        close = nearest(str(kind), KINDS)
        told = "there is no such kind of KPI"
        raise ScenarioError(Problem(told, given=str(kind), allowed=", ".join(KINDS), nearest=close))
    measured, every = _given(series, kind, of if kind == "rate" else None, every)
    if measured.known < FEWEST:
        told = "too few values to fit a KPI"
        raise ScenarioError(Problem(told, given=f"{measured.known}", allowed=f"{FEWEST} or more"))
    fitted, _ = fitted_series(measured, every)
    return numbers_of(fitted, measured.name)


def _given(
    series: Values, kind: str, of: Values | None, every: Every | None
) -> tuple[Measured, Every]:
    """The series by period in order, the units it rests on beside it, and what its periods are."""
    seen = numbers(series, "the series of a KPI")
    every = every or every_of(seen.index)
    if kind == "rate":
        seen = seen.mask((seen - 1).abs() <= _ROUNDING, 1.0)
        if (seen > 1).any():
            raise ScenarioError(
                Problem(
                    "a rate is a share: divide percentages by 100",
                    given=f"{seen.max():g}",
                    allowed="0 to 1",
                )
            )
    regular = by_period(seen, every)
    if of is not None:
        units = numbers(of, "the units that a rate rests on")
        told = f"{len(units):,} numbers of units for {len(seen):,} values"
        if len(units) == len(seen):
            # Units with dates of their own go by these; others stand beside the values as given.
            dated = isinstance(units.index, type(seen.index)) and hasattr(units.index, "year")
            units = by_period(units if dated else units.set_axis(seen.index), every)
            told = "units of other periods"
        if not units.index.equals(regular.index):
            same = "one number of units for each value, in the same periods"
            raise ScenarioError(
                Problem("a rate and its units do not fit together", given=told, allowed=same)
            )
        of = units
    return Measured("the KPI", KINDS[kind], within(KINDS[kind], regular), of), every


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
        "sd": 0.0 if still else rounded(estimates[1].estimate),
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
        return level * (1 - level) * deviation
    if kind == "score":
        return deviation
    return level * np.sqrt(np.expm1(np.square(np.minimum(deviation, _WIDEST))))


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
    if fitted.scaled.kind == "count":
        said.append(f"{name}: a log does not say whether more is better: set better by hand")
    return said
