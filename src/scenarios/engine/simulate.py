"""Simulate: worlds, block by block, settled under every deal on the same shocks."""

from __future__ import annotations

import math
import mmap
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np
from threadpoolctl import ThreadpoolController

from scenarios.deal import Deal
from scenarios.engine.sobol import Sobol
from scenarios.engine.streams import BLOCK, BlockDraws
from scenarios.engine.worlds import Worlds
from scenarios.errors import ScenarioError, unknown
from scenarios.results.run import SAMPLINGS, Run, Sampling
from scenarios.results.totals import TOTALS, path_totals, refuse_infinite, weights
from scenarios.scenario import Scenario
from scenarios.settling import settle
from scenarios.uncertain import Array, Draws

MOST_PATHS = 100_000_000
LARGE = 3_900_000
"""Numbers in an array just under 32 MiB, the most that the C library takes as a hint."""


def simulate(
    scenario: Scenario,
    deals: Iterable[Deal] | None = None,
    *,
    paths: int = 10_000,
    seed: int = 1,
    sampling: Sampling = "random",
    threads: int = 1,
    keep: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Run:
    """Settle every deal on the same simulated futures.

    ``deals`` are the scenario's own unless given. ``seed`` decides every draw: the first n of 2n
    paths are those of a run of n, and threads change nothing, bit for bit. ``sampling`` "sobol"
    takes scrambled Sobol points instead of random ones: means are known far better, best at 1,024,
    2,048, 4,096 ... paths, but their standard error is not; and a new uncertain number may move
    other draws. ``keep`` holds on to the worlds (some 10 kB a path) for re-pricing. ``progress`` is
    called with blocks done and blocks in all. Raises ``ScenarioError`` for a deal that does not fit
    the scenario.
    """
    chosen = tuple(scenario.deals.values() if deals is None else deals)
    _check(chosen, paths, seed, threads)
    worlds = Worlds(scenario, seed, keep=keep, draws=draws_of(scenario, sampling))
    totals = price(worlds, chosen, paths, threads=threads, progress=progress)
    return Run(scenario, chosen, paths, seed, worlds, totals, price, sampling)


def draws_of(scenario: Scenario, sampling: Sampling) -> Callable[[int, int], Draws]:
    """What makes the draws of a seed and block; raises ``ScenarioError`` for no known sampling."""
    if sampling not in SAMPLINGS:
        raise ScenarioError(unknown("sampling", sampling, SAMPLINGS))
    return Sobol.of(scenario) if sampling == "sobol" else BlockDraws


def price(
    worlds: Worlds,
    deals: tuple[Deal, ...],
    paths: int,
    *,
    since: int = 0,
    threads: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Array:
    """The totals of each deal, (deals, len(TOTALS), paths) [money], in the order of TOTALS.

    ``since`` leaves out so many whole blocks: (deals, len(TOTALS), paths - since * BLOCK).
    """
    for deal in deals:
        worlds.scenario.admit(deal)
    weighed = weights(worlds.scenario)
    blocks = -(-paths // BLOCK)
    totals = _zeros((len(deals), len(TOTALS), paths - since * BLOCK))

    _keep_freed_memory()
    together = _by_worlds(worlds, deals)

    def one(block: int) -> None:
        first = block * BLOCK
        count = min(BLOCK, paths - first)
        place = slice(first - since * BLOCK, first - since * BLOCK + count)
        for own, numbers in together:
            world = own(block)
            known = own.sums(block, world, weighed)
            for number in numbers:
                ledger = settle(deals[number], world)
                out = path_totals(ledger, weighed, known)[:, :count]
                refuse_infinite(out, ledger, deals[number].name, first)
                for row, values in enumerate(out):
                    if values.any():  # memory that nothing is written to is never taken
                        totals[number, row, place] = values

    with _controller().limit(limits=1, user_api="blas"):
        for done, _ in enumerate(_each(one, range(since, blocks), threads), since + 1):
            if progress is not None:
                progress(done, blocks)
    return totals


def _by_worlds(worlds: Worlds, deals: tuple[Deal, ...]) -> list[tuple[Worlds, list[int]]]:
    """The places of the deals that are settled in the same worlds: all of them, unless the provider
    reacts to how a deal pays it.
    """
    together: dict[int, tuple[Worlds, list[int]]] = {}
    for number, deal in enumerate(deals):
        own = worlds.under(deal)
        together.setdefault(id(own), (own, []))[1].append(number)
    return list(together.values())


def _each(one: Callable[[int], None], blocks: range, threads: int) -> Iterator[None]:
    if threads == 1:
        yield from map(one, blocks)
        return
    with ThreadPoolExecutor(threads) as pool:
        yield from pool.map(one, blocks)


def _zeros(shape: tuple[int, ...]) -> Array:
    """Zeros whose memory is taken in small pages, as it is written to.

    For an array this large NumPy asks for huge pages, which a system may take far longer to give.
    """
    if math.prod(shape) <= LARGE:
        return np.zeros(shape)
    memory = mmap.mmap(-1, math.prod(shape) * np.dtype(float).itemsize, access=mmap.ACCESS_COPY)
    return np.frombuffer(memory).reshape(shape)


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
