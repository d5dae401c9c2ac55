"""Backtest: fit the first part of a log, predict the rest, and see how often that was right."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from scenarios.calibrate.fitted import A_YEAR, Every
from scenarios.calibrate.from_log import Progress, read
from scenarios.calibrate.measured import Measured, measured
from scenarios.calibrate.predicted import PROBABILITIES, pinball, predicted
from scenarios.calibrate.rivals import RIVALS
from scenarios.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from scenarios.calibrate.reading.log import Log

SHARE = 2 / 3
"""Share of the periods that is fitted first."""
HORIZON = 6
"""Months that are predicted before the fit is made anew."""
LOSSES = ("fit", "scenario", *RIVALS)
"""Whose losses are told."""
_FEWEST = 3
"""Values that a fit must see."""


@dataclass(frozen=True)
class Backtest:
    """Predictions of periods that were held out, beside what happened."""

    predictions: pd.DataFrame
    """One row a series and period held out: how many periods ahead it was predicted, ``observed``,
    ``p10``, ``p50``, ``p90`` [the series' unit], whether it lies ``inside``, and inside what a
    ``scenario`` with the same numbers expects; the losses of the fit, of the scenario and of each
    rival: pinball loss, mean of the three quantiles, over the series' typical change.
    """
    design: str
    """How it was done, in a sentence."""

    def table(self) -> pd.DataFrame:
        """One row a series, and one over all: values held out, the share of them inside the 80 %
        interval of the fit and of the scenario, and mean losses; the smaller the better.
        """
        groups = self.predictions.groupby(["log", "series"], sort=False)
        many = len(set(self.predictions["log"])) > 1
        parts = {f"{log}: {name}" if many else name: part for (log, name), part in groups}
        rows = {
            name: {
                "values": len(part),
                "inside 80 %": part["inside"].mean(),
                "inside, scenario": part["inside, scenario"].mean(),
                **{f"loss, {told}": part[f"loss, {told}"].mean() for told in LOSSES},
            }
            for name, part in (parts | {"all": self.predictions}).items()
        }
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("series")

    @property
    def coverage(self) -> float:
        """Share of all values held out that lie inside the 80 % interval."""
        return float(self.predictions["inside"].mean())

    @property
    def beaten(self) -> tuple[str, ...]:
        """The simple forecasts whose loss over all values is larger than that of the fit."""
        losses = {name: self.predictions[f"loss, {name}"].mean() for name in LOSSES}
        return tuple(name for name in RIVALS if losses["fit"] < losses[name])

    @property
    def verdict(self) -> str:
        """What it comes to, in a sentence."""
        lost = [name for name in RIVALS if name not in self.beaten]
        beaten = (
            f"the loss is smaller than that of: {'; '.join(self.beaten) or 'no simple forecast'}"
        )
        more = f", and not smaller than that of: {'; '.join(lost)}" if lost else ""
        return (
            f"Of {len(self.predictions)} values held out {self.coverage:.0%} lie inside the 80 % "
            f"interval; {beaten}{more}."
        )


def backtest(
    *sources: str | Path | Log,
    share: float = SHARE,
    horizon: float | None = HORIZON,
    names: tuple[str, ...] = (),
    progress: Progress | None = None,
    **reading: Any,
) -> Backtest:
    """Fit the first ``share`` of each log's periods, predict the next ``horizon`` months, fit anew
    with these, and so on to the end; ``horizon=None`` predicts all the rest from one origin.

    Every period held out is predicted once, from nothing but the periods before it; whether there
    are seasons is decided anew each time. Sources are logs, or files that are read with
    ``reading``. Raises ``ScenarioError`` where no log has periods enough. Source: Tashman (2000),
    rolling-origin evaluation.
    """
    if not 0.2 <= share <= 0.95:  # noqa: PLR2004  something must be fitted, something held out
        told = "share of periods fitted first"
        raise ScenarioError(Problem(told, given=f"{share}", allowed="0.2 to 0.95"))
    jobs = list(_jobs([read(source, **reading) for source in sources], names, share, horizon))
    rows: list[dict[str, Any]] = []
    for done, job in enumerate(jobs):
        if progress is not None:
            progress(done, len(jobs))
        rows += _compared(job)
    if progress is not None:
        progress(len(jobs), len(jobs))
    if not rows:
        raise ScenarioError("too few periods for a backtest: a longer export is needed")
    again = "from one origin" if horizon is None else f"{horizon:g} months at a time, fitted anew"
    return Backtest(
        pd.DataFrame(rows),
        f"The first {share:.0%} of the periods fitted, the rest predicted {again}; intervals hold "
        "what the fit leaves open.",
    )


class _Job(NamedTuple):
    """One series of one log, to be predicted from one origin."""

    log: str
    series: Measured
    every: Every
    origin: int
    ahead: int


def _jobs(
    logs: list[tuple[Log, str]], names: tuple[str, ...], share: float, horizon: float | None
) -> Iterator[_Job]:
    for number, (log, called) in enumerate(logs):
        name = names[number] if names else f"{called} {number + 1}" if len(logs) > 1 else called
        periods = len(log.periods)
        step = periods if horizon is None else max(1, round(horizon * A_YEAR[log.every] / 12))
        for series in measured(log)[0]:
            for origin in range(math.ceil(share * periods), periods, step):
                yield _Job(name, series, log.every, origin, min(step, periods - origin))


def _compared(job: _Job) -> Iterator[dict[str, Any]]:
    """The periods from an origin on: what happened, what was predicted, and by the rivals."""
    values = job.series.seen.to_numpy(dtype=float, na_value=np.nan)
    before, after = values[: job.origin], values[job.origin : job.origin + job.ahead]
    if np.isfinite(before).sum() < _FEWEST:
        return
    told = predicted(job.series, job.every, job.origin, job.ahead)
    rivals = {
        name: rival(job.series.kind, before, job.ahead, PROBABILITIES)
        for name, rival in RIVALS.items()
    }
    typical = _typical_change(values)
    for step, seen in enumerate(after.tolist()):
        if not math.isfinite(seen):
            continue
        low, middle, high = (float(quantile) for quantile in told["fit"][step])
        yield {
            "log": job.log,
            "series": job.series.name,
            "period": job.series.seen.index[job.origin + step],
            "ahead": step + 1,
            "observed": seen,
            "p10": low,
            "p50": middle,
            "p90": high,
            "inside": low <= seen <= high,
            "inside, scenario": bool(
                told["scenario"][step, 0] <= seen <= told["scenario"][step, 2]
            ),
            **{
                f"loss, {name}": pinball(seen, rows[step]) / typical
                for name, rows in (told | rivals).items()
            },
        }


def _typical_change(values: np.ndarray[Any, Any]) -> float:
    """Mean change from one period to the next, so that series of any unit can be added up.

    Of the whole series: one that begins quiet and then explodes would outweigh all others.
    """
    changes = np.abs(np.diff(values[np.isfinite(values)]))
    return float(changes.mean()) if changes.any() else max(float(np.nanmax(np.abs(values))), 1e-9)
