"""What each clause costs: settling a deal with it, less without, as a share of the standard run."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.strategies import TERMS
from tests.test_two_computations import BEFORE

import scenarios as sc
from scenarios.engine.streams import BLOCK
from scenarios.promises import example_world
from scenarios.results.totals import path_totals, weights, world_sums
from scenarios.settling import settle
from scenarios.term import STAGES

Rows = list[tuple[str, str, str]]
TIMES = 9
"""Measurements of a pair, taking turns; their median counts."""


def clauses(scenario: sc.Scenario, standard: Callable[[], object], paths: int) -> Rows:
    """Rows: each clause as its first example writes it, and its dearest example, options and all;
    the medians of both.

    ``standard`` runs the standard job on so many paths.
    """
    world = example_world(scenario.months, BLOCK)
    weighed = weights(scenario)
    known = world_sums(world, weighed)

    def settled(deal: sc.Deal) -> object:
        return path_totals(settle(deal, world), weighed, known)

    standard()
    block = _median(standard) * BLOCK / paths
    costs: dict[str, list[float]] = {}
    for kind in sc.CLAUSES:
        for fields in TERMS[kind].EXAMPLES:
            clause = sc.CLAUSES[kind].model_validate(fields)
            deal = getattr(TERMS[kind], "BEFORE", BEFORE)
            place = sum(_stage(other) <= _stage(clause) for other in deal.clauses)
            more = (*deal.clauses[:place], clause, *deal.clauses[place:])
            if clause.can_stop:
                continue
            cost = _more(settled, deal.replace(clauses=more), deal) / block
            costs.setdefault(kind, []).append(cost)
    both = {kind: (each[0], max(each)) for kind, each in costs.items()}
    middle = [statistics.median(column) for column in zip(*both.values(), strict=True)]
    ordered = sorted(both.items(), key=lambda pair: -pair[1][1])
    return [
        ("a clause / standard run, median", _written(*middle), "at most 0.06"),
        *((f"{kind} / standard run", _written(*pair), "at most 0.15") for kind, pair in ordered),
    ]


def _written(usual: float, dearest: float) -> str:
    return f"{usual:.3f}; dearest options {dearest:.3f}"


def stops(scenario: sc.Scenario) -> Rows:
    """Rows: a deal that a clause ends early against the same deal with a clause that never does."""
    world = example_world(scenario.months, BLOCK)
    weighed = weights(scenario)

    def settled(deal: sc.Deal) -> object:
        return path_totals(settle(deal, world), weighed)

    def ratio(ends: sc.Clause, never: sc.Clause | None) -> float:
        others = OTHERS if never is None else (*OTHERS, never)
        deals = [BEFORE.replace(clauses=clauses) for clauses in ((*OTHERS, ends), others)]
        settled(deals[0])
        return statistics.median(
            _time(settled, deals[0]) / _time(settled, deals[1]) for _ in range(TIMES)
        )

    of_the_world = ratio(sc.TerminationForConvenience(month=20), None)
    of_the_ledger = ratio(
        sc.NotToExceed(amount=900_000, then="stop work"),
        sc.NotToExceed(amount=900_000, then="complete at cost"),
    )
    return [
        ("a deal that the world stops / one that runs on", f"{of_the_world:.2f}", "at most 1.5"),
        ("a deal that its ledger stops / one that runs on", f"{of_the_ledger:.2f}", "at most 3"),
    ]


OTHERS = (
    sc.Indexation(index="wages", cap=0.03),
    sc.Coordination(buyer=5_000),
    sc.FeeFloor(annual=300_000),
)
"""What else stands in a deal that stops."""


def _stage(clause: sc.Clause) -> int:
    return STAGES.index(clause.stage)


def _more(settled: Callable[[sc.Deal], object], deal: sc.Deal, without: sc.Deal) -> float:
    """The median of paired differences [seconds]."""
    settled(deal)
    return statistics.median(_time(settled, deal) - _time(settled, without) for _ in range(TIMES))


def _median(job: Callable[[], object]) -> float:
    return statistics.median(_time(lambda _: job(), None) for _ in range(5))


def _time(job: Callable[..., object], given: object) -> float:
    start = time.perf_counter()
    job(given)
    return time.perf_counter() - start
