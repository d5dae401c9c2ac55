"""Simulate: worlds, block by block, settled under every deal on the same shocks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np
from threadpoolctl import ThreadpoolController

from scenarios.deal import Deal, settle
from scenarios.engine.streams import BLOCK
from scenarios.engine.worlds import Worlds
from scenarios.errors import ScenarioError
from scenarios.results.run import Run
from scenarios.results.totals import TOTALS, path_totals, refuse_infinite, weights
from scenarios.scenario import Scenario
from scenarios.uncertain import Array

MOST_PATHS = 100_000_000
LARGE = 3_900_000
"""Numbers in an array just under 32 MiB, the most that the C library takes as a hint."""


def simulate(
    scenario: Scenario,
    deals: Iterable[Deal] | None = None,
    *,
    paths: int = 10_000,
    seed: int = 1,
    threads: int = 1,
    keep: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Run:
    """Settle every deal on the same simulated futures.

    ``deals`` are the scenario's own unless given. ``seed`` decides every draw: the first n of 2n
    paths are those of a run of n, and threads change nothing, bit for bit. ``keep`` holds on to
    the worlds (some 10 kB a path) for re-pricing. ``progress`` is called with blocks done and
    blocks in all. Raises ``ScenarioError`` for a deal that does not fit the scenario.
    """
    chosen = tuple(scenario.deals.values() if deals is None else deals)
    _check(chosen, paths, seed, threads)
    worlds = Worlds(scenario, seed, keep=keep)
    totals = price(worlds, chosen, paths, threads=threads, progress=progress)
    return Run(scenario, chosen, paths, seed, worlds, totals, price)


def price(
    worlds: Worlds,
    deals: tuple[Deal, ...],
    paths: int,
    *,
    threads: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Array:
    """The totals of each deal, (deals, len(TOTALS), paths) [money], in the order of TOTALS."""
    for deal in deals:
        worlds.scenario.admit(deal)
    weighed = weights(worlds.scenario)
    blocks = -(-paths // BLOCK)
    totals = np.zeros((len(deals), len(TOTALS), paths))

    _keep_freed_memory()

    def one(block: int) -> None:
        world = worlds(block)
        known = worlds.sums(block, world, weighed)
        first = block * BLOCK
        last = min(first + BLOCK, paths)
        for place, deal in enumerate(deals):
            ledger = settle(deal, world)
            out = path_totals(ledger, weighed, known)
            refuse_infinite(out[:, : last - first], ledger, deal.name, first)
            for row, values in enumerate(out[:, : last - first]):
                if values.any():  # memory that nothing is written to is never taken
                    totals[place, row, first:last] = values

    with _controller().limit(limits=1, user_api="blas"):
        for done, _ in enumerate(_each(one, blocks, threads), 1):
            if progress is not None:
                progress(done, blocks)
    return totals


def _each(one: Callable[[int], None], blocks: int, threads: int) -> Iterator[None]:
    if threads == 1:
        yield from map(one, range(blocks))
        return
    with ThreadPoolExecutor(threads) as pool:
        yield from pool.map(one, range(blocks))


def _keep_freed_memory() -> None:
    """Let the C library keep what a block frees for the next block.

    It gives freed arrays back to the system, and takes them again page by page, until it has seen
    a larger one freed. The pages of this one are never touched.
    """
    np.empty(LARGE)


@cache
def _controller() -> ThreadpoolController:
    """The BLAS threads of this process: a block is small, one thread adds it up fastest."""
    return ThreadpoolController()


def _check(deals: tuple[Deal, ...], paths: int, seed: int, threads: int) -> None:
    names = [deal.name for deal in deals]
    if not deals:
        raise ScenarioError("there is no deal to simulate: give at least one")
    if len(set(names)) < len(names):
        raise ScenarioError(f"deals need names of their own: given {', '.join(names)}")
    if not 1 <= paths <= MOST_PATHS:
        raise ScenarioError(f"paths must be 1 to {MOST_PATHS:,}: given {paths:,}")
    if seed < 0:
        raise ScenarioError(f"the seed must be a whole number from 0: given {seed}")
    if threads < 1:
        raise ScenarioError(f"threads must be at least 1: given {threads}")
