"""Which figures a deal's invoices need each month: found by settling the deal without each."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from scenarios.deal import Deal
from scenarios.engine.worlds import Worlds
from scenarios.errors import ScenarioError
from scenarios.ledger import Ledger
from scenarios.promises import exact, exact_world
from scenarios.scenario import Scenario
from scenarios.settlement.months import MONTH, UNTOLD
from scenarios.settling import settle
from scenarios.world import World

FOLLOWS = ("contracted", "hours", "overtime")
"""Series that follow from the scenario or from the roles' own columns."""


def columns_needed(deal: Deal, scenario: Scenario) -> list[str]:
    """The columns that a file of months needs to settle this deal, ``month`` first.

    A figure is needed where the deal cannot be settled without it, or owes something else.
    """
    world = replace(exact_world(Worlds(scenario, seed=0).certain()), happened=True)
    told = exact(deal)
    owed = settle(told, world)
    names = [name for name in world.series if name not in UNTOLD and not _follows(name)]
    families = {name: _family(name, names) for name in names}
    needed = [
        name
        for name, family in families.items()
        if not _same(owed, told, _without(world, [name]))
        or (len(family) > 1 and not _same(owed, told, _without(world, family)))
    ]
    return [MONTH, *(name.removeprefix("reported.") for name in needed)]


def _family(name: str, names: list[str]) -> list[str]:
    """The ages of one thing, such as repair.0 and repair.1: they are read together."""
    first, _, age = name.partition(".")
    ages = [other for other in names if re.fullmatch(rf"{re.escape(first)}\.\d+", other)]
    return ages if age.isdigit() else [name]


def _follows(name: str) -> bool:
    return name in FOLLOWS or name.startswith("contracted.")


def _without(world: World, names: list[str]) -> World:
    series = {key: array for key, array in world.series.items() if key not in names}
    return replace(world, series=series, _averages={})


def _same(owed: Ledger, deal: Deal, world: World) -> bool:
    """Whether the deal owes the same in a world with fewer series."""
    try:
        other = settle(deal, world)
    except ScenarioError:
        return False
    return bool(np.array_equal(other.cash, owed.cash))
