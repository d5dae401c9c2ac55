"""The command that writes reports, for one scenario file or many."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import scenarios as sc
from scenarios.cli.command import BAD_INPUT, FAILED, tell
from scenarios.cli.options import Files, Paths, Seed
from scenarios.cli.show import print_table, progress
from scenarios.errors import ScenarioError

if TYPE_CHECKING:
    from scenarios.reports.result import Result


def report(
    files: Files,
    *,
    paths: Paths = 10_000,
    seed: Seed = 1,
    output: Annotated[Path, typer.Option(help="Folder that takes the reports.")] = Path("reports"),
) -> None:
    """Write a report for each scenario file: a page that needs no network.

    A file that cannot be used does not stop the others. Example: scenarios report *.yaml
    """
    good = _usable(files)
    results = _written(list(good), paths, seed, output) if good else []
    for scenario, result in zip(good.values(), results, strict=True):
        _print(scenario, result, paths, seed)
    for result in results:  # on lines of their own, whole, to be copied
        if result.page is not None:
            print(result.page)
    if len(good) < len(files):
        raise typer.Exit(BAD_INPUT)
    if any(result.problem for result in results):
        raise typer.Exit(FAILED)


def _usable(files: list[Path]) -> dict[Path, sc.Scenario]:
    """The files that load; what is wrong with the others is told at once, before any work."""
    good = {}
    for file in files:
        try:
            good[file] = sc.load(file)
        except ScenarioError as error:
            tell(error)
    return good


def _written(files: list[Path], paths: int, seed: int, output: Path) -> list[Result]:
    from scenarios.reports.batch import report as write

    with progress("reports") as told:
        return write(
            files,
            paths=paths,
            seed=seed,
            output=output,
            progress=told and (lambda _, done, total: told(done, total)),
        )


def _print(scenario: sc.Scenario, result: Result, paths: int, seed: int) -> None:
    """The answer of a report, and the numbers behind it: the same paths and seed give the same."""
    if result.problem:
        print(f"{result.name}: failed: {result.problem}")
        return
    run = sc.simulate(scenario, paths=paths, seed=seed)
    print_table(run.summary(), title=result.name, caption=result.summary)
