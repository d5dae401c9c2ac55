"""Exports as tools of several countries write them, made from cases whose truth is known."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

TODAY = pd.Timestamp("2024-06-30").date()


def made_cases(
    start: str = "2022-01-01", end: str = "2023-12-31", a_day: float = 6.0, seed: int = 5
) -> pd.DataFrame:
    """Cases opened on working days, to the minute; (cases,) rows in order of opening."""
    rng = np.random.default_rng(seed)
    days = pd.bdate_range(start, end)
    opened = np.repeat(days, rng.poisson(a_day, len(days)))
    count = len(opened)
    opened = opened + pd.to_timedelta(rng.integers(8 * 60, 18 * 60, count), unit="min")
    opened = opened.sort_values()
    took = pd.to_timedelta(
        np.minimum(rng.lognormal(6.0, 1.2, count), 40_000).astype(int), unit="min"
    )
    return pd.DataFrame(
        {
            "opened": opened,
            "resolved": opened + took,
            "hours": took / pd.Timedelta(hours=1),
            "reopened": rng.random(count) < 0.08,
            "kept": rng.random(count) < 0.9,
            "score": rng.integers(1, 6, count),
            "text": [
                ["printer, again", 'he said "no"', "Büro: Größe", "two\nlines"][n % 4]
                for n in range(count)
            ],
        }
    )


@dataclass(frozen=True)
class Truth:
    """What a log must give."""

    units: list[int]
    months: list[str]
    reopen_rate: float
    median_hours: float


def truth(cases: pd.DataFrame) -> Truth:
    """Units by month, share reopened, median hours to the resolution."""
    units = cases.groupby(cases["opened"].dt.to_period("M")).size()
    return Truth(
        units.tolist(),
        [str(month) for month in units.index],
        float(cases["reopened"].mean()),
        float(cases["hours"].median()),
    )


def written(
    path: Path, table: pd.DataFrame, delimiter: str = ",", encoding: str = "utf-8", above: str = ""
) -> Path:
    """A table of texts as a file of fields, quoted where they need it."""
    body = table.to_csv(index=False, sep=delimiter, lineterminator="\r\n")
    path.write_bytes((above + body).encode(encoding))
    return path


def printed(moments: pd.Series, form: str) -> pd.Series:
    """Dates by a format of strftime, whose months are English."""
    return moments.dt.strftime(form)


def yes(flags: pd.Series, yes_word: str, no_word: str) -> pd.Series:
    """Flags as two words."""
    return flags.map({True: yes_word, False: no_word})
