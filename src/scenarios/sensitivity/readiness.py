"""The return of onboarding and governance: what they cost, and what they change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from scenarios.drivers import Alignment
from scenarios.engine.simulate import simulate
from scenarios.errors import ScenarioError
from scenarios.ledger import Ledger
from scenarios.results.frames import shown
from scenarios.results.run import Run
from scenarios.scenario import Scenario
from scenarios.settling import WORLD_LINES
from scenarios.world import Array, World

SIDES = {"provider": "cost.governance", "buyer": "governance"}
"""The series of what each side spends on onboarding and governance."""

MEASURES: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "readiness checklist": ("onboarding", {"checklist": False}),
    "joint reviews": ("governance", {"review_every": None}),
    "release gates": ("governance", {"release_gates": False}),
}
"""What can be left out by itself: its section of the alignment, and what that then says."""


def readiness_return(scenario: Scenario, *, paths: int = 2_000, seed: int = 1) -> pd.DataFrame:
    """What each measure of onboarding and governance costs and brings, on the same futures.

    One row a measure and deal: the scenario as written less the scenario without the measure, means
    [money]. Columns: what the measure costs each side; the change of the provider's contribution
    and of the buyer's all-in cost, these costs included; the change of both together with what
    outcomes are worth, and its standard error; the return, that change over the cost. Below 0 the
    measure costs more than it brings. Raises ``ScenarioError`` where there is no measure.
    """
    others = {} if scenario.alignment is None else _without(scenario.alignment)
    if not others:
        raise ScenarioError(
            "this scenario has neither onboarding nor governance: give alignment.onboarding or "
            "alignment.governance"
        )
    as_written = simulate(scenario, paths=paths, seed=seed)
    rows = {}
    for measure, alignment in others.items():
        other = simulate(scenario.replace(alignment=alignment), paths=paths, seed=seed)
        for deal in as_written.names:
            rows[measure, deal] = _row(as_written, other, deal)
    table = pd.DataFrame.from_dict(rows, orient="index")
    table.index = pd.MultiIndex.from_tuples(rows, names=["measure", "deal"])
    table.attrs |= {"currency": scenario.currency, "paths": paths}
    return shown(table)


def _without(alignment: Alignment) -> dict[str, Alignment]:
    """The alignment without each measure that it has, by the measure's name, and without all; empty
    where there is none.
    """
    others: dict[str, Alignment] = {}
    if alignment.onboarding is not None:
        others["onboarding"] = alignment.replace(onboarding=None)
    for measure, (section, off) in MEASURES.items():
        here = getattr(alignment, section)
        if here is not None and here.replace(**off) != here:
            others[measure] = alignment.replace(**{section: here.replace(**off)})
    if others:
        others["all of them"] = alignment.replace(onboarding=None, governance=None)
    return others


def _row(run: Run, other: Run, deal: str) -> dict[str, float]:
    """What a measure costs and changes under one deal."""
    cost = {
        side: float((_spent(run, deal, side) - _spent(other, deal, side)).mean()) for side in SIDES
    }
    contribution, all_in, benefit = (
        run.total(deal, name) - other.total(deal, name)
        for name in ("contribution", "all_in", "benefit")
    )
    joint = contribution - all_in + benefit
    whole = sum(cost.values())
    return {
        "provider's cost": cost["provider"],
        "buyer's cost": cost["buyer"],
        "provider's contribution, change": float(contribution.mean()),
        "buyer's all-in cost, change": float(all_in.mean()),
        "together, change": float(joint.mean()),
        "standard error": float(joint.std(ddof=1) / np.sqrt(len(joint))),
        "return": float(joint.mean()) / whole if whole else float("nan"),
    }


def _spent(run: Run, deal: str, side: str) -> Array:
    """What a side spends on onboarding and governance on each path, (paths,) [money]."""
    series = SIDES[side]
    name, _, book = WORLD_LINES[series]

    def reduce(world: World, ledgers: dict[str, Ledger]) -> Array:
        if series not in world.series:
            return np.zeros(world.paths)
        amounts = ledgers[deal][name].amounts[book].sum(axis=0)
        return np.broadcast_to(amounts, world.paths)

    return run.collect(reduce, [run.deal(deal)], paths=None)
