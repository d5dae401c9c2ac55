"""Fitted series put together: the sections of a scenario file, with sources and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
from scipy import stats

from scenarios import paths
from scenarios.calibrate.comments import Comments
from scenarios.calibrate.estimates import Calibrated, Estimate, between, rounded
from scenarios.calibrate.kpi_sections import Fits, correlation_section, kpi_section, under
from scenarios.calibrate.measured import REOPENED
from scenarios.calibrate.months import WEEKS
from scenarios.calibrate.predicted import PROBABILITIES
from scenarios.calibrate.volume import volume

if TYPE_CHECKING:
    from scenarios.calibrate.reading.log import Log

_DIFFERENT = (
    "the level is that of the month after the last, to be changed where a scenario starts later; "
    "a scenario begins at that level and not at the last deviation, and takes volatility and "
    "autocorrelation as known: it says less of the first months than the fit itself predicts; a "
    "backtest shows both"
)


@dataclass(frozen=True)
class Assembled:
    """What fitted series come to, as plain data of a scenario file."""

    sections: dict[str, Any]
    sources: dict[str, str]
    """By dotted path."""
    estimates: tuple[Estimate, ...]
    decisions: tuple[str, ...]


def assembled(log: Log, name: str, fits: Fits, reason: str) -> Assembled:
    """The sections that the series of a log called ``name`` give; ``reason`` says why there are
    seasons or none.
    """
    kpis = kpi_section(log, fits)
    together = correlation_section(fits, kpis.numbers.get("kpis", {}))
    parts = [_demand(log, fits, reason), kpis, together, _outcomes(log, fits)]
    sections = {name: numbers for part in parts for name, numbers in part.numbers.items()}
    estimates = tuple(one for part in parts for one in part.estimates)
    said = Comments(estimates, name, log.every, len(log.periods))
    return Assembled(
        sections,
        {path: said.beside(path, value) for path, value in _numbers(sections)},
        estimates,
        tuple(words for part in parts for words in part.decisions),
    )


def by_period(fits: Fits, observed: Mapping[str, pd.Series]) -> pd.DataFrame:
    """One row a series and period: observed, and quantiles of what the driver would have shown."""
    tables = {
        name: pd.DataFrame(
            fit.by_period(PROBABILITIES), observed[name].index, ["p10", "p50", "p90"]
        )
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
        {"demand": {"volume": found.numbers}}, under("demand.volume", found.estimates), tuple(said)
    )


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
        how = "weighed by likelihood: AR(1) or walk of the logit"
        one = Estimate.of("outcomes.reopened", share, fit.periods, how)
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


def _numbers(sections: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """The dotted path of each number and of each correlation, and what stands there."""
    for path, value in paths.entries(dict(sections), above):
        if path == "correlations":
            yield from ((f"correlations.{place}", one) for place, one in enumerate(value, start=1))
        elif isinstance(value, dict) and not {"p10"} & value.keys():
            yield from _numbers(value, path)
        elif not isinstance(value, str):
            yield path, value
