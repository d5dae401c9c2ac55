"""The KPIs of a log as sections of a scenario file, and which of them move together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from scenarios.calibrate.correlations import Together, correlations
from scenarios.calibrate.estimates import Calibrated, Estimate
from scenarios.calibrate.fitted import Fitted
from scenarios.calibrate.kpis import numbers_of
from scenarios.calibrate.samples import sample
from scenarios.drivers import Kpi

if TYPE_CHECKING:
    from scenarios.calibrate.reading.log import Log

WIDEST = 2.0
"""Standard deviation of a time's logarithm beyond which it has no level to speak of: assumption."""
LOWER = ("reopen", "abandon")
"""Words in the name of a KPI of which less is better; of times less is better anyway."""
Fits = Mapping[str, Fitted]
"""Fitted series by what the log calls them: units, reopened, kpi.NAME."""


def kpi_section(log: Log, fits: Fits) -> Calibrated:
    """The section ``kpis``: of each KPI its numbers, its meter's cases, its direction and unit."""
    numbers: dict[str, Any] = {}
    estimates: list[Estimate] = []
    said: list[str] = []
    for name, fit in _named(fits).items():
        found = numbers_of(fit, name)
        level = found.estimates[0].estimate
        cases, more = sample(log, name, level) if found.numbers["sd"] else ({}, ())
        numbers[name] = found.numbers | _more(log, name, found.numbers["kind"]) | cases
        estimates += under(f"kpis.{name}", (*found.estimates, *more))
        said += found.decisions
    said += [
        f"{name}: left out, it lies apart by a factor of {np.exp(_width(fit)):,.0f} (one standard "
        "deviation): its periods are not of one kind"
        for name, fit in _all_kpis(fits).items()
        if name not in numbers
    ]
    return Calibrated({"kpis": numbers} if numbers else {}, tuple(estimates), tuple(said))


def _more(log: Log, name: str, kind: str) -> dict[str, Any]:
    """A KPI's direction and unit, as far as its name and the log tell them."""
    more: dict[str, Any] = {}
    if any(word in name.casefold() for word in LOWER):
        more["better"] = "lower"
    if log.units_of.get(name) and kind != "rate":
        more["unit"] = log.units_of[name]
    return more


def correlation_section(fits: Fits, kpis: Mapping[str, Any]) -> Calibrated:
    """The section ``correlations``: the pairs that move together beyond chance, of the KPIs of a
    section ``kpis``.
    """
    named = _named(fits)
    if len(named) < 2:  # noqa: PLR2004  it takes two
        return Calibrated({}, ())
    declared = {name: Kpi.model_validate(kpis[name]) for name in named}
    pairs = correlations(named, declared)
    said = f"{len(pairs)} of {len(named) * (len(named) - 1) // 2} pairs of KPIs move together"
    told = f"{said} beyond chance; the others are taken as not correlated"
    if not pairs:
        return Calibrated({}, (), (told,))
    numbers = [{"between": list(pair.between), "value": pair.value} for pair in pairs]
    estimates = [_pair(place, pair) for place, pair in enumerate(pairs, start=1)]
    return Calibrated({"correlations": numbers}, tuple(estimates), (told,))


def under(section: str, estimates: tuple[Estimate, ...]) -> tuple[Estimate, ...]:
    """The same estimates, by the dotted path of their section."""
    return tuple(replace(one, number=f"{section}.{one.number}") for one in estimates)


def _pair(place: int, pair: Together) -> Estimate:
    error = (1 - pair.value**2) / np.sqrt(pair.periods - 3)
    method = f"{' and '.join(pair.between)}: of what is new in a period, Fisher's z"
    number = f"correlations.{place}"
    return Estimate(number, pair.value, error, pair.low, pair.high, pair.periods, method)


def _named(fits: Fits) -> dict[str, Fitted]:
    """The KPIs by name that one number for their level can stand for."""
    return {name: fit for name, fit in _all_kpis(fits).items() if _width(fit) <= WIDEST}


def _all_kpis(fits: Fits) -> dict[str, Fitted]:
    return {n.removeprefix("kpi."): fit for n, fit in fits.items() if n.startswith("kpi.")}


def _width(fit: Fitted) -> float:
    """Standard deviation of a time's or count's logarithm; 0 for what has bounds or no zero."""
    logarithmic = fit.scaled.kind in ("time", "count")
    return float(np.median(fit.posterior.deviation)) if logarithmic else 0.0
