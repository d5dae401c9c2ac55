"""When automation is mature, and what a year's wait changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from scenarios.errors import ScenarioError
from scenarios.world import Array, World

if TYPE_CHECKING:
    from scenarios.results.run import Run, Worlds

PHASES = {
    "go-live": 0.0,
    "pilot": 0.10,
    "half way": 0.50,
    "most of it": 0.90,
    "mature": 0.995,
}
"""Phases of automation, by the share of its own ceiling that it must have reached."""
LATER = "later"
"""A month beyond those that were looked at."""


def maturity(run: Run) -> pd.DataFrame:
    """One row a phase of automation, by deal where the provider spreads it at a pace that how it is
    paid sets; the first calendar month in which it is reached.

    A phase is reached at 0 (go-live), 10, 50, 90 and 99.5 % of the ceiling, each path's own; later
    waves do not count. Columns: share of the ceiling, uncertainty off, P10, P50, P90, and
    ``a year later``: uncertainty off, had everything started twelve months later. ``later`` is
    beyond three years after the scenario's end. The first block of paths is looked at: a month is
    known well enough from it. Raises ``ScenarioError`` without automation.
    """
    if run.scenario.automation is None:
        raise ScenarioError(
            "nothing is automated in this scenario, so nothing matures: describe it in the section "
            "automation"
        )
    response = run.scenario.response
    if response is None or not response.automation:
        return _phases(run.worlds)
    by_deal = {deal.name: _phases(run.worlds.under(deal)) for deal in run.deals}
    table = pd.concat(by_deal, names=["deal"])
    table.attrs["paths"] = by_deal[run.names[0]].attrs["paths"]
    return table


def _phases(worlds: Worlds) -> pd.DataFrame:
    """The table of one set of worlds."""
    whole = worlds.variant("whole ceiling")
    certain, drawn = _reached(whole.certain()), _reached(whole(0))
    start = pd.Period(worlds.scenario.start, freq="M")
    rows = {
        phase: {
            "share of ceiling": share,
            "uncertainty off": _month(start, certain[place, 0]),
            **{
                label: _month(start, float(np.quantile(drawn[place], q, method="inverted_cdf")))
                for label, q in (("P10", 0.1), ("P50", 0.5), ("P90", 0.9))
            },
            "a year later": _month(start, certain[place, 0] + 12),
        }
        for place, (phase, share) in enumerate(PHASES.items())
    }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis(index="phase")
    table.attrs["paths"] = drawn.shape[1]
    return table


def _reached(world: World) -> Array:
    """The first month in which each phase is reached, (phases, paths); infinite where none is."""
    live, share = world["cost.ai"] > 0, world["automation"]
    phases = [share >= needed if needed else live for needed in PHASES.values()]
    first = [np.where(there.any(axis=0), there.argmax(axis=0), np.inf) for there in phases]
    return np.stack([np.broadcast_to(months, world.paths) for months in first])


def _month(start: pd.Period, month: float) -> str:
    return str(start + int(month)) if np.isfinite(month) else LATER
