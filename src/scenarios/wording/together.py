"""Changes that cannot be made without each other, such as a KPI's weight and its target."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import chain, combinations

import numpy as np

from scenarios.deal import Deal
from scenarios.engine.worlds import Worlds
from scenarios.scenario import Scenario
from scenarios.settling import settle
from scenarios.wording.steps import Step, applied

Group = tuple[Step, ...]
"""Steps that are taken together: one change."""
Stands = Callable[[frozenset[int]], bool]
ALL_ORDERS = 8
"""Up to so many changes, every set of them is looked at: 256."""
SOME_ORDERS = 40
"""Orders that are looked at where there are too many changes for all."""


def together(
    a: Deal, b: Deal, made: Sequence[Step], scenario: Scenario, seed: int
) -> tuple[Group, ...]:
    """The steps, those that cannot stand without another one joined with it, in their order.

    Found by settling the deal with some of the steps taken, uncertainty off. Raises
    ``ScenarioError`` where one of the two deals does not fit the scenario.
    """
    world = Worlds(scenario, seed=0).certain()
    for deal in (a, b):
        scenario.admit(deal)
        settle(deal, world)
    known: dict[frozenset[int], bool] = {}

    def stands(steps: frozenset[int]) -> bool:
        if steps not in known:
            try:
                deal = applied(a, b, [made[place] for place in sorted(steps)])
                scenario.admit(deal)
                settle(deal, world)
            except ValueError:
                known[steps] = False
            else:
                known[steps] = True
        return known[steps]

    groups = [frozenset([place]) for place in range(len(made))]
    while pair := _dependent(groups, stands, seed):
        first, second = pair
        joined = groups[first] | groups[second]
        kept = [group for place, group in enumerate(groups) if place not in pair]
        groups = sorted([*kept, joined], key=min)
    return tuple(tuple(made[place] for place in sorted(group)) for group in groups)


def orders(count: int, seed: int) -> list[tuple[int, ...]]:
    """Orders of so many changes, drawn at the seed."""
    random = np.random.Generator(np.random.SFC64(seed))
    return [tuple(random.permutation(count).tolist()) for _ in range(SOME_ORDERS)]


def _dependent(
    groups: Sequence[frozenset[int]], stands: Stands, seed: int
) -> tuple[int, int] | None:
    """Two groups of which one does not stand without the other."""
    for taken in _sets(len(groups), seed):
        if stands(_union(groups, taken)):
            continue
        others = [place for place in range(len(groups)) if place not in taken]
        cause = [place for place in taken if stands(_union(groups, taken - {place}))]
        help_ = [place for place in others if stands(_union(groups, taken | {place}))]
        return (cause or sorted(taken))[0], (help_ or others)[0]
    return None


def _sets(count: int, seed: int) -> Iterator[frozenset[int]]:
    """Sets of changes that may be made without the rest, small ones first; too many: those that
    the table needs.
    """
    if count <= ALL_ORDERS:
        sizes = (combinations(range(count), size) for size in range(1, count))
        yield from map(frozenset, chain.from_iterable(sizes))
        return
    for order in [tuple(range(count)), *orders(count, seed)]:
        yield from (frozenset(order[:size]) for size in range(1, count))


def _union(groups: Sequence[frozenset[int]], taken: frozenset[int]) -> frozenset[int]:
    return frozenset(chain.from_iterable(groups[place] for place in taken))
