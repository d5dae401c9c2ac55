"""Logs for the tests of calibration: made by hand, and simulated by the scenario's own drivers."""

import hashlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scenarios.calibrate.reading.log import Log
from scenarios.drivers import Volume
from scenarios.uncertain import Distribution

RAW = Path(__file__).resolve().parents[2].parent / "shared" / "data"


class OneFuture:
    """Draws of a single path, a stream of its own for each key and seed."""

    paths = 1

    def __init__(self, seed=0):
        self.seed = seed

    def normals(self, key, rows, out=None):
        """Standard normals, (rows, 1)."""
        name = hashlib.blake2b(f"{self.seed} {key}".encode(), digest_size=8).digest()
        out = np.empty((rows, 1)) if out is None else out
        return np.random.default_rng(int.from_bytes(name, "little")).standard_normal(out=out)

    def value(self, number, key):
        """The number, or one draw of it, (1, 1)."""
        certain = not isinstance(number, Distribution)
        return number if certain else number.value_at(self.normals(key, 1))


def log(columns, *, every="month", start="2015-01", dated=True, **told):
    """A log of these columns, a row a period; ``told`` are other fields of it."""
    periods = pd.DataFrame({name: np.asarray(values) for name, values in columns.items()})
    if dated:
        periods.index = pd.period_range(
            start, periods=len(periods), freq="M" if every == "month" else "W"
        )
    fields = {
        "kinds": {},
        "units_of": {},
        "stated": {},
        "unit": "ticket",
        "durations": {},
        "overall": {},
        "decisions": (),
        "warnings": (),
        "rows": len(periods),
        "left_out": {},
        "unused": {},
    }
    return Log(periods=periods, every=every, **(fields | told))


def simulated(months, seed=0, **volume):
    """What the scenario's own driver makes of a volume in one future, (months,)."""
    numbers = {"unit": "ticket", "per_month": 1_000} | volume
    return Volume(**numbers).simulate(OneFuture(seed), months, 1)[:, 0]


def raw(name):
    """The path of a raw file; the test is skipped, by name, where it is not at hand."""
    path = RAW / name
    if not path.exists():
        pytest.skip(f"raw data not at hand: shared/data/{name}")
    return path
