"""Simulate until the difference of two deals is known well enough."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from scenarios.deal import Deal
from scenarios.engine.simulate import MOST_PATHS, simulate
from scenarios.engine.streams import BLOCK
from scenarios.errors import ScenarioError
from scenarios.results.precision import Precision, half_width
from scenarios.results.run import Run
from scenarios.scenario import Scenario

LEAST = 2 * BLOCK
"""Paths before the first look: a spread taken from fewer stops too early too often."""


def simulate_until(
    scenario: Scenario,
    deals: Iterable[Deal] | None = None,
    *,
    between: tuple[str, str],
    tolerance: float,
    of: str = "all_in",
    confidence: float = 0.95,
    least: int = LEAST,
    most: int = 1_000_000,
    seed: int = 1,
    threads: int = 1,
    keep: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Run:
    """Settle every deal on more and more futures, until the mean of one deal less another is known
    to within ``tolerance`` [money].

    ``between`` names the two deals and ``of`` what is compared: "all_in" is the buyer's all-in
    cost, else any name that ``Run.total`` takes. Known means that half of the confidence interval
    of the paired difference is no wider. ``run.precision`` says what was reached; with ``most``
    paths (whole blocks of 5,000) it ends anyhow. The run is that of ``simulate`` with as many
    paths, bit for bit.

    It looks at the spread after ``least`` paths and goes on to as many as that asks for, looking
    again there: few looks at many paths, so that it hardly matters that a small spread ends it.
    What is rarer than one in some thousand paths may not have been seen; raise ``least`` for it.
    Futures are random: Sobol points do not tell their own error. Raises ``ScenarioError`` for
    deals that are not there and numbers that cannot be.
    """
    chosen = tuple(scenario.deals.values() if deals is None else deals)
    _check(between, tolerance, confidence, least, most)
    a, b = between
    end = most // BLOCK
    blocks = min(-(-least // BLOCK), end)
    paths = blocks * BLOCK
    how: dict[str, Any] = {"threads": threads, "progress": progress}
    run = simulate(scenario, chosen, paths=paths, seed=seed, keep=keep, **how)
    while True:
        difference = run.total(a, of) - run.total(b, of)
        half = half_width(difference, confidence)
        mean = float(difference.mean())
        known = Precision(a, b, of, mean, half, tolerance, confidence, run.paths)
        if known.reached or blocks == end:
            return replace(run, precision=known)
        needed = math.ceil(blocks * min(half / tolerance, end) ** 2)
        since, blocks = blocks, min(max(needed, blocks + 1), end)
        paths = blocks * BLOCK
        more = run.price(run.worlds, chosen, paths, since=since, **how)
        run = replace(run, paths=paths, array=np.concatenate([run.array, more], axis=-1))


def _check(
    between: tuple[str, str], tolerance: float, confidence: float, least: int, most: int
) -> None:
    if between[0] == between[1]:
        raise ScenarioError(f"a difference is between two deals: given {between[0]} twice")
    if not (math.isfinite(tolerance) and tolerance > 0):
        raise ScenarioError(f"the tolerance must be an amount of money above 0: given {tolerance}")
    if not 0 < confidence < 1:
        raise ScenarioError(f"the confidence must lie between 0 and 1: given {confidence}")
    if not BLOCK <= most <= MOST_PATHS:
        raise ScenarioError(f"most must be {BLOCK:,} to {MOST_PATHS:,} paths: given {most:,}")
    if not 1 <= least <= most:
        raise ScenarioError(
            f"least must be 1 to {most:,} paths, no more than most: given {least:,}"
        )
