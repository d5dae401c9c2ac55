"""Fitted series put together: the sections of a scenario file, with sources and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import stats

from scenarios import paths
from scenarios.calibrate.correlations import Together, correlations
from scenarios.calibrate.estimates import Calibrated, Estimate, between, rounded
from scenarios.calibrate.fitted import Fitted
from scenarios.calibrate.kpis import numbers_of
from scenarios.calibrate.measured import REOPENED
from scenarios.calibrate.months import WEEKS
from scenarios.calibrate.volume import volume
from scenarios.drivers import Kpi

if TYPE_CHECKING:
    from scenarios.calibrate.reading.log import Log

QUANTILES = np.array([0.1, 0.5, 0.9])
"""What is shown beside each period that was seen."""
WIDEST = 2.0
"""Standard deviation of a time's logarithm beyond which it has no level to speak of: assumption."""
LOWER = ("reopen", "abandon")
"""Words in the name of a KPI of which less is better; of times less is better anyway."""
_DIFFERENT = (
    "the level is that of the month after the last, to be changed where a scenario starts later; "
    "a scenario begins at that level and not at the last deviation, and takes volatility and "
    "autocorrelation as known: it says less of the first months than the fit itself predicts; a "
    "backtest shows both"
)
Fits = Mapping[str, Fitted]
"""Fitted series by what the log calls them: units, reopened, kpi.NAME."""


@dataclass(frozen=True)
class Assembled:
    """What fitted series come to, as plain data of a scenario file."""

    sections: dict[str, Any]
    sources: dict[str, str]
    """By dotted path."""
    estimates: tuple[Estimate, ...]
    decisions: tuple[str, ...]


def assembled(log: Log, source: str, fits: Fits, reason: str) -> Assembled:
    """The sections that a log's series give; ``reason`` says why there are seasons or none."""
    parts = [
        _demand(log, fits, reason),
        _kpis(log, fits),
        _correlations(fits),
        _outcomes(log, fits),
    ]
    sections = {name: numbers for part in parts for name, numbers in part.numbers.items()}
    notes = {one.number: f"{source}: {_about(one)}" for part in parts for one in part.estimates}
    return Assembled(
        sections,
        {path: notes.get(path, source) for path in _numbers(sections)},
        tuple(one for part in parts for one in part.estimates),
        tuple(words for part in parts for words in part.decisions),
    )


def by_period(fits: Fits, observed: Mapping[str, pd.Series]) -> pd.DataFrame:
    """One row a series and period: observed, and quantiles of what the driver would have shown."""
    tables = {
        name: pd.DataFrame(fit.by_period(QUANTILES), observed[name].index, ["p10", "p50", "p90"])
        for name, fit in fits.items()
    }
    for name, table in tables.items():
        table.insert(0, "observed", observed[name].astype(float))
    return pd.concat(tables, names=["series", "period"])


def _demand(log: Log, fits: Fits, reason: str) -> Calibrated:
    if "units" not in fits:
        return Calibrated({}, ())
    found = volume(fits["units"], log.unit, reason)
    said = [
        *found.decisions,
        _DIFFERENT,
    ]
    if log.every == "week":
        said.append(
            f"fitted on weeks: a month is {WEEKS:.2f} of them, and deviations are those of its mean"
        )
    return Calibrated(
        {"demand": {"volume": found.numbers}}, _under("demand.volume", found), tuple(said)
    )


def _kpis(log: Log, fits: Fits) -> Calibrated:
    found = {name: numbers_of(fit, name) for name, fit in _named(fits).items()}
    kpis = {name: one.numbers | _more(log, name, one.numbers) for name, one in found.items()}
    numbers = {"kpis": kpis} if kpis else {}
    estimates = [one for name, told in found.items() for one in _under(f"kpis.{name}", told)]
    said = [words for told in found.values() for words in told.decisions]
    said += [
        f"{name}: left out, it lies apart by a factor of {np.exp(_width(fit)):,.0f} (one standard "
        "deviation): its periods are not of one kind"
        for name, fit in _all_kpis(fits).items()
        if name not in found
    ]
    return Calibrated(numbers, tuple(estimates), tuple(said))


def _more(log: Log, name: str, numbers: Mapping[str, Any]) -> dict[str, Any]:
    """What the log besides says of a KPI: its direction, its unit, and of all units the share that
    a rate's meter looks at, whose luck is its own.
    """
    more: dict[str, Any] = {}
    if any(word in name.casefold() for word in LOWER):
        more["better"] = "lower"
    if log.units_of.get(name) and numbers["kind"] != "rate":
        more["unit"] = log.units_of[name]
    if numbers["kind"] == "rate" and f"of.{name}" in log.periods and numbers["sd"]:
        of, units = log.periods[f"of.{name}"], log.periods["units"]
        both = of.notna() & units.notna()
        more["cases"] = rounded(min(float(of[both].sum() / units[both].sum()), 1.0))
    return more


def _correlations(fits: Fits) -> Calibrated:
    named = _named(fits)
    if len(named) < 2:  # noqa: PLR2004  it takes two
        return Calibrated({}, ())
    declared = {n: Kpi.model_validate(numbers_of(fit, n).numbers) for n, fit in named.items()}
    pairs = correlations(named, declared)
    said = f"{len(pairs)} of {len(named) * (len(named) - 1) // 2} pairs of KPIs move together"
    told = f"{said} beyond chance; the others are taken as not correlated"
    if not pairs:
        return Calibrated({}, (), (told,))
    numbers = [{"between": list(pair.between), "value": pair.value} for pair in pairs]
    estimates = [_pair(place, pair) for place, pair in enumerate(pairs, start=1)]
    return Calibrated({"correlations": numbers}, tuple(estimates), (told,))


def _pair(place: int, pair: Together) -> Estimate:
    error = (1 - pair.value**2) / np.sqrt(pair.periods - 3)
    method = f"{' and '.join(pair.between)}: of what is new in a period, Fisher's z"
    number = f"correlations.{place}"
    return Estimate(number, pair.value, error, pair.low, pair.high, pair.periods, method)


def _outcomes(log: Log, fits: Fits) -> Calibrated:
    months = len(log.periods) / (WEEKS if log.every == "week" else 1)
    numbers: dict[str, Any] = {"baseline_months": int(months)}
    fit = fits.get("reopened", fits.get(f"kpi.{REOPENED}"))
    if fit is None:
        return Calibrated({"outcomes": numbers}, ())
    if log.volume_doubt and REOPENED in log.overall:
        one = _over_all_cases(log.overall[REOPENED])
    else:
        share = fit.scaled.level(fit.posterior.terms[:, 0])
        one = Estimate.of(
            "outcomes.reopened", share, fit.periods, "weighed by likelihood: AR(1) of the logit"
        )
    ends = (min(rounded(end), 1.0) for end in (one.p10, one.p90))
    return Calibrated(
        {"outcomes": {"reopened": between(*ends, shape="lognormal")} | numbers}, (one,)
    )


def _over_all_cases(found: Mapping[str, float]) -> Estimate:
    """The share of all cases of a log whose periods hold some kinds of cases more than others."""
    share, cases = found["value"], int(found["of"])
    beta = stats.beta(share * cases + 0.5, (1 - share) * cases + 0.5)
    low, high = (float(beta.ppf(q)) for q in (0.1, 0.9))
    method = f"share of all {cases:,} cases, Jeffreys interval: the periods are not alike"
    return Estimate("outcomes.reopened", share, float(beta.std()), low, high, 1, method)


def _named(fits: Fits) -> dict[str, Fitted]:
    """The KPIs by name that one number for their level can stand for."""
    return {name: fit for name, fit in _all_kpis(fits).items() if _width(fit) <= WIDEST}


def _all_kpis(fits: Fits) -> dict[str, Fitted]:
    return {n.removeprefix("kpi."): fit for n, fit in fits.items() if n.startswith("kpi.")}


def _width(fit: Fitted) -> float:
    """Standard deviation of a time's or count's logarithm; 0 for what has bounds or no zero."""
    logarithmic = fit.scaled.kind in ("time", "count")
    return float(np.median(fit.posterior.deviation)) if logarithmic else 0.0


def _under(section: str, found: Calibrated) -> tuple[Estimate, ...]:
    return tuple(replace(one, number=f"{section}.{one.number}") for one in found.estimates)


def _about(one: Estimate) -> str:
    """What a comment says of a number besides where it comes from."""
    low, middle, high = (f"{rounded(x):,.10g}" for x in (one.p10, one.estimate, one.p90))
    return f"{middle}, 80 % between {low} and {high}"


def _numbers(sections: Mapping[str, Any], above: str = "") -> Iterable[str]:
    """The dotted path of each number, and of each correlation."""
    for path, value in paths.entries(dict(sections), above):
        if path == "correlations":
            yield from (f"correlations.{place + 1}" for place in range(len(value)))
        elif isinstance(value, dict) and not {"p10"} & value.keys():
            yield from _numbers(value, path)
        elif not isinstance(value, str):
            yield path
