"""The benchmark: ratios measured in one run, so that a noisy machine does not matter.

Run it with ``make perf``; ``--write`` puts the table into ``perf/README.md``.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

import clauses
import comparators
import scenarios as sc
from scenarios import term
from scenarios.engine import streams

HERE = Path(__file__).parent
PATHS = 100_000
MANY = 1_000_000
MARK = "<!-- table -->"
PUBLISHED = {
    "buyer Hourly": 2_662_028,
    "buyer Hybrid": 2_095_019,
    "buyer Outcome": 1_893_997,
    "margin Hourly": 738_239,
    "margin Hybrid": 235_316,
    "margin Outcome": 66_338,
}
"""Means of the standard job at 200,000 paths, by an implementation that shares no code."""


@contextmanager
def plain_fill() -> Iterator[None]:
    """Draws and limits without the optional extra ``fast``."""
    with (
        mock.patch.object(streams, "_filler", return_value=streams._fill),
        mock.patch.object(term, "_compiled", return_value=None),
    ):
        yield


def best_times(jobs: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The shortest of several rounds, the jobs taking turns within each round [seconds]."""
    best = dict.fromkeys(jobs, float("inf"))
    for _ in range(rounds):
        for name, job in jobs.items():
            start = time.perf_counter()
            job()
            best[name] = min(best[name], time.perf_counter() - start)
    return best


def job(scenario: sc.Scenario, *, paths: int = PATHS, threads: int = 1, fast: bool) -> object:
    """One run of the standard job through the public interface."""
    if fast:
        return sc.simulate(scenario, paths=paths, seed=1, threads=threads)
    with plain_fill():
        return sc.simulate(scenario, paths=paths, seed=1, threads=threads)


def two_threads(draw: Callable[[int, int], object]) -> None:
    """Half of the paths in each of two threads: what the machine gives to any program."""
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(draw, (PATHS // 2, PATHS // 2), (1, 2)))


def speed(scenario: sc.Scenario, rounds: int) -> list[tuple[str, str, str]]:
    """Rows: what, ratio, target."""
    fast = _has_numba()
    jobs: dict[str, Callable[[], object]] = {
        "floor": lambda: comparators.floor(PATHS, 1),
        "floor, 2 threads": lambda: two_threads(comparators.floor),
        "tuned": lambda: comparators.tuned(PATHS, 1),
        "engine": lambda: job(scenario, fast=False),
        "engine, 2 threads": lambda: job(scenario, threads=2, fast=False),
    }
    if fast:
        jobs["fast"] = lambda: job(scenario, fast=True)
        jobs["fast, 2 threads"] = lambda: job(scenario, threads=2, fast=True)
    for run in jobs.values():
        run()
    t = best_times(jobs, rounds)
    rows = [
        ("the machine: floor, one thread / two", t["floor"] / t["floor, 2 threads"], ""),
        ("hand-tuned comparator / floor", t["tuned"] / t["floor"], ""),
        ("engine / floor", t["engine"] / t["floor"], "at most 2.0"),
        ("engine / hand-tuned comparator", t["engine"] / t["tuned"], "at most 1.1"),
        ("engine: one thread / two", t["engine"] / t["engine, 2 threads"], "at least 1.6"),
    ]
    if fast:
        rows += [
            ("engine with extra fast / floor", t["fast"] / t["floor"], "at most 1.25"),
            ("with fast: one thread / two", t["fast"] / t["fast, 2 threads"], "at least 1.6"),
        ]
    rows.append(("floor, thousand paths a second", PATHS / t["floor"] / 1000, ""))
    rows.append(("engine, thousand paths a second", PATHS / t["engine"] / 1000, ""))
    return [
        (what, f"{ratio:,.2f}" if ratio < 100 else f"{ratio:,.0f}", aim)
        for what, ratio, aim in rows
    ]


def _has_numba() -> bool:
    try:
        import scenarios.engine.fast  # noqa: F401, PLC0415  it may not be installed
    except ImportError:
        return False
    return True


def reprice(scenario: sc.Scenario, rounds: int) -> list[tuple[str, str, str]]:
    """Re-pricing one changed deal of three clauses on kept worlds, against the full run."""
    paths = 20_480
    kept = sc.simulate(scenario, paths=paths, seed=1, keep=True)
    deal = scenario.deals["Outcome"]
    deal = deal.replace(clauses=(*deal.clauses, sc.Investment(buyer_share=0.5)))
    jobs = {
        "full": lambda: job(scenario, paths=paths, fast=False),
        "reprice": lambda: kept.reprice(deal),
    }
    t = best_times(jobs, rounds * 3)
    return [("re-pricing one deal / full run", f"{t['reprice'] / t['full']:.3f}", "at most 0.1")]


def many() -> list[tuple[str, str, str]]:
    """A million paths against a hundred thousand, and the peak of memory, in fresh processes."""
    small, _ = _in_process(PATHS)
    large, peak = _in_process(MANY)
    return [
        ("1,000,000 paths / 100,000 paths", f"{large / small:.1f}", "at most 11"),
        ("peak memory at 1,000,000 paths [MB]", f"{peak:.0f}", "under 300"),
    ]


def _in_process(paths: int) -> tuple[float, float]:
    """Seconds and peak memory [MB] of a run in a process of its own."""
    command = [sys.executable, __file__, "--one", str(paths)]
    out = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, peak = out.stdout.split()
    return float(seconds), float(peak)


def one(paths: int) -> None:
    """Print the seconds and the peak memory [MB] of one run."""
    scenario = sc.load(HERE / "standard-job.yaml")
    job(scenario, paths=4096, fast=False)
    best = best_times({"run": lambda: job(scenario, paths=paths, fast=False)}, rounds=3)
    print(best["run"], peak_memory())


def peak_memory() -> float:
    """This process's own peak [MB]: getrusage would also count the parent's before exec."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def means(scenario: sc.Scenario) -> list[tuple[str, str, str]]:
    """The engine's means against those of an independent implementation, in standard errors."""
    paths = 200_000
    run = sc.simulate(scenario, paths=paths, seed=1)
    rows = []
    for name, published in PUBLISHED.items():
        party, deal = name.split()
        values = run.total(deal, "buyer_pv" if party == "buyer" else "provider_pv")
        error = values.std() / np.sqrt(paths) * np.sqrt(2)
        rows.append(
            (
                f"mean of {name}: {values.mean():,.0f} against {published:,}",
                f"{(values.mean() - published) / error:+.1f} s.e.",
                "within 4",
            )
        )
    return rows


def written(rows: list[tuple[str, str, str]]) -> str:
    """The rows as a Markdown table."""
    head = ["| measured | result | target |", "|---|---|---|"]
    return "\n".join(head + [f"| {what} | {result} | {target} |" for what, result, target in rows])


def main() -> None:
    """Measure, print, and on request write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--write", action="store_true", help="put the table into perf/README.md")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        one(given.one)
        return
    scenario = sc.load(HERE / "standard-job.yaml")
    rows = speed(scenario, given.rounds) + reprice(scenario, given.rounds) + many()
    rows += means(scenario)
    paths = 20_000
    rows += clauses.stops(scenario)
    rows += clauses.clauses(scenario, lambda: job(scenario, paths=paths, fast=False), paths)
    table = written(rows)
    print(table)
    if given.write:
        readme = HERE / "README.md"
        before = readme.read_text().split(MARK)[0]
        readme.write_text(f"{before}{MARK}\n{table}\n")


if __name__ == "__main__":
    main()
