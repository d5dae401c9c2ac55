"""Named cases side by side: base, best, worst."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from scenarios.engine.simulate import simulate
from scenarios.results.frames import shown
from scenarios.results.run import Run, Sampling
from scenarios.results.summary import ALL_IN, CHANCE, CONTRIBUTION
from scenarios.scenario import Scenario


def simulate_cases(
    scenario: Scenario,
    names: Iterable[str] | None = None,
    *,
    paths: int = 10_000,
    seed: int = 1,
    sampling: Sampling = "random",
) -> dict[str, Run]:
    """A run of the scenario itself as ``base`` and of each named case, on the same shocks.

    With ``sampling`` "sobol" a case that draws fewer or more numbers has shocks of its own.
    """
    wanted = ["base", *scenario.cases] if names is None else list(names)
    return {
        name: simulate(scenario.case(name), paths=paths, seed=seed, sampling=sampling)
        for name in dict.fromkeys(wanted)
    }


def side_by_side(runs: dict[str, Run]) -> pd.DataFrame:
    """One row a deal; columns (measure, case): P50 of the buyer's all-in cost and of the
    provider's contribution, and the chance of a provider loss.
    """
    summaries = {case: run.summary() for case, run in runs.items()}
    measures = {
        ALL_IN: (ALL_IN, "P50"),
        CONTRIBUTION: (CONTRIBUTION, "P50"),
        "chance of a provider loss": (CHANCE, "a provider loss"),
    }
    side = pd.DataFrame(
        {
            (measure, case): table[column]
            for measure, column in measures.items()
            for case, table in summaries.items()
        }
    )
    side.columns.names = ["measure", "case"]
    return shown(side)
