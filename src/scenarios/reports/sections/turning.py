"""How bad it must get: up to where the cheapest deal stays so, stress by stress."""

from __future__ import annotations

import numpy as np

from scenarios.engine.simulate import simulate
from scenarios.errors import ScenarioError
from scenarios.reports.show import Part
from scenarios.reports.style import bullets, heading, paragraph, table
from scenarios.results.run import Run
from scenarios.sensitivity.stress import Turning, reverse_stress
from scenarios.stresses import STRESSES

PATHS = 1_000
"""Most futures looked at: each severity of each stress is simulated anew."""
AT_ONCE = "not at all, however mild it is"
"""What stands where any of a stress turns the deals."""


def turning(run: Run) -> list[Part]:
    """Each named stress, and how bad it must get until the cheapest deal loses to the next."""
    if len(run.deals) == 1:
        return []
    paths = min(run.paths, PATHS)
    first, second = _cheapest(run, paths)
    found = _turnings(run, first, second, paths)
    if not found:
        return []
    rows = [
        [one.stress.replace("_", " "), AT_ONCE if one.always else one.holds]
        for one in found
        if one.turns is not None
    ]
    resting = [f"{one.how_bad}." for one in found if one.turns is None]
    note = (
        f"Each stress alone, made worse until {first} costs the buyer as much as {second}, all in "
        f"and on average over {paths:,} futures."
    )
    header = ["stress", f"{first}, the cheapest, stays cheaper than {second}, the next"]
    alone = f"{first}, the cheapest to the buyer, stays cheaper than {second}, the next, even where"
    return [
        heading("How bad it must get"),
        *([table(header, rows, note, words=(0, 1))] if rows else []),
        *([paragraph(f"{alone}:"), bullets(resting)] if resting else []),
    ]


def _cheapest(run: Run, paths: int) -> tuple[str, str]:
    """The two deals that cost the buyer least, on the futures that are stressed."""
    base = simulate(run.scenario, run.deals, paths=paths, seed=run.seed)
    cost = {name: float(np.mean(base.total(name, "all_in"))) for name in base.names}
    first, second, *_ = sorted(cost, key=lambda name: cost[name])
    return first, second


def _turnings(run: Run, first: str, second: str, paths: int) -> list[Turning]:
    """Every stress that has something to change in this scenario."""
    found = []
    for name in STRESSES:
        try:
            one = reverse_stress(
                run.scenario, name, deal=first, against=second, paths=paths, seed=run.seed
            )
        except ScenarioError:
            continue
        found.append(one)
    return found
