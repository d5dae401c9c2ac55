"""How well means are known: random futures and Sobol points, and the rule that stops.

Run it with ``make sampling``; ``ARGS=--write`` puts the tables into ``perf/README.md``.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt

import scenarios as sc
from scenarios.resources import resource
from scenarios.results.run import Sampling

README = Path(__file__).parent / "README.md"
MARKS = "<!-- sampling -->", "<!-- end of sampling -->"
EXAMPLES = "support-desk", "software-team"
COUNTS = 1_024, 4_096, 16_384
SAMPLINGS: tuple[Sampling, ...] = ("random", "sobol")
SEEDS = range(1, 17)
REFERENCE_SEED = 1_000
MANY = 2**20
"""Paths of a reference: a million, and a power of two, which is best for Sobol points."""
STOPS = {"support-desk": 1_000, "software-team": 4_000}
"""Tolerances of the rule that stops [money]."""
RUNS = 200
Table = tuple[list[str], list[list[str]]]


def costs(scenario: sc.Scenario, paths: int, seed: int, sampling: Sampling) -> npt.NDArray:
    """The buyer's all-in cost of every deal, (deals, paths) [money]."""
    run = sc.simulate(scenario, paths=paths, seed=seed, sampling=sampling, threads=2)
    return np.array([run.total(deal, "all_in") for deal in run.names])


def errors(scenario: sc.Scenario) -> list[list[str]]:
    """A row a deal: reference, how far a million random paths are from it, and errors."""
    reference = costs(scenario, MANY, REFERENCE_SEED, "sobol").mean(axis=1)
    random = costs(scenario, MANY, REFERENCE_SEED, "random")
    apart = (random.mean(axis=1) - reference) / (random.std(axis=1) / np.sqrt(MANY))
    squares: dict[tuple[int, Sampling], npt.NDArray] = {}
    for sampling in SAMPLINGS:
        drawn = np.array([costs(scenario, COUNTS[-1], seed, sampling) for seed in SEEDS])
        for count in COUNTS:
            off = drawn[..., :count].mean(axis=-1) - reference
            squares[count, sampling] = (off**2).mean(axis=0)
    rows = []
    for place, deal in enumerate(scenario.deals):
        found = [np.sqrt(squares[n, how][place]) for n in COUNTS for how in SAMPLINGS]
        rows.append(
            [
                f"{scenario.name}: {deal}",
                f"{reference[place]:,.0f}",
                f"{apart[place]:+.1f} s.e.",
                *(f"{one:,.0f}" if one >= 10 else f"{one:.1f}" for one in found),
            ]
        )
    return rows


def speed(scenario: sc.Scenario) -> list[str]:
    """A row: seconds of 100,000 paths, one thread; the better of three."""
    best = dict.fromkeys(SAMPLINGS, float("inf"))
    for _ in range(3):
        for sampling in SAMPLINGS:
            start = time.perf_counter()
            sc.simulate(scenario, paths=100_000, sampling=sampling)
            best[sampling] = min(best[sampling], time.perf_counter() - start)
    return [scenario.name, f"{best['sobol'] / best['random']:.1f}"]


def stops(scenario: sc.Scenario, tolerance: float) -> list[str]:
    """A row: how often the interval at which the rule stopped holds the reference difference."""
    a, *_, b = scenario.deals
    pair = [scenario.deals[a], scenario.deals[b]]
    many = sc.simulate(scenario, pair, paths=MANY, seed=REFERENCE_SEED, sampling="sobol", threads=2)
    true = (many.total(a, "all_in") - many.total(b, "all_in")).mean()
    known = [
        sc.simulate_until(
            scenario, pair, between=(a, b), tolerance=tolerance, seed=seed, threads=2
        ).precision
        for seed in range(1, RUNS + 1)
    ]
    held = np.mean([abs(one.mean - true) <= one.half_width for one in known if one])
    paths = [one.paths for one in known if one]
    return [
        f"{scenario.name}: {a} less {b}",
        f"{tolerance:,}",
        f"{min(paths):,} to {max(paths):,}",
        f"{held:.1%}",
    ]


def written(table: Table) -> str:
    """A table as Markdown."""
    head, rows = table
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Measure, print, and on request write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the tables into perf/README.md")
    given = parser.parse_args()
    scenarios = {name: sc.load(resource("scenarios", f"{name}.yaml")) for name in EXAMPLES}
    counts = [f"{count:,} {sampling}" for count in COUNTS for sampling in SAMPLINGS]
    tables: list[Table] = [
        (
            ["mean buyer cost", "reference", "a million random", *counts],
            [row for scenario in scenarios.values() for row in errors(scenario)],
        ),
        (["time", "sobol / random"], [speed(scenario) for scenario in scenarios.values()]),
        (
            ["the rule that stops", "tolerance", "paths", "intervals that hold the reference"],
            [stops(scenario, STOPS[name]) for name, scenario in scenarios.items()],
        ),
    ]
    text = "\n\n".join(written(table) for table in tables)
    print(text)
    if given.write:
        before, rest = README.read_text(encoding="utf-8").split(MARKS[0])
        after = rest.split(MARKS[1])[1]
        README.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
