"""The command that writes reports, for one scenario file or many."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import scenarios as sc
from scenarios.cli.command import BAD_INPUT, FAILED, tell
from scenarios.cli.options import Files, Paths, SamplingName, Seed, sampling_of
from scenarios.cli.show import print_table, progress

if TYPE_CHECKING:
    from scenarios.reports.result import Result
    from scenarios.results.run import Sampling


def report(
    files: Files,
    *,
    paths: Paths = 10_000,
    seed: Seed = 1,
    sampling: SamplingName = "random",
    output: Annotated[Path, typer.Option(help="Folder that takes the reports.")] = Path("reports"),
) -> None:
    """Write a report for each scenario file: a page that needs no network.

    A file that cannot be used does not stop the others. Example: scenarios report *.yaml
    """
    how = sampling_of(sampling)
    results = _written(files, paths, seed, how, output)
    for result in results:
        if result.bad is not None:
            tell(result.bad)
        else:
            _print(result, paths, seed, how)
    pages = [result.page for result in results if result.page is not None]
    for page in pages:  # on lines of their own, whole, to be copied
        print(page)
    if pages:
        from scenarios.reports.result import PRIVATE

        print(PRIVATE)
    if any(result.bad is not None for result in results):
        raise typer.Exit(BAD_INPUT)
    if any(result.problem for result in results):
        raise typer.Exit(FAILED)


def _written(
    files: list[Path], paths: int, seed: int, sampling: Sampling, output: Path
) -> list[Result]:
    from scenarios.reports.batch import report as write

    with progress("reports") as told:
        return write(
            files,
            paths=paths,
            seed=seed,
            sampling=sampling,
            output=output,
            progress=told and (lambda _, done, total: told(done, total)),
        )


def _print(result: Result, paths: int, seed: int, sampling: Sampling) -> None:
    """The answer of a report, and the numbers behind it: the same paths and seed give the same."""
    if result.problem or result.scenario is None:
        print(f"{result.name}: failed: {result.problem}")
        return
    run = sc.simulate(result.scenario, paths=paths, seed=seed, sampling=sampling)
    print_table(run.summary(), title=result.name, caption=result.summary)
