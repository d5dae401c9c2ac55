"""Commands that simulate: run a scenario, compare two of its deals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

import scenarios as sc
from scenarios.cli.options import File, Json, Paths, Seed, known
from scenarios.cli.show import print_json, print_table, progress, records

if TYPE_CHECKING:
    from scenarios.results.run import Run
    from scenarios.scenario import Scenario


def run(
    file: File,
    *,
    paths: Paths = 10_000,
    seed: Seed = 1,
    threads: Annotated[int, typer.Option(min=1, help="Threads; results do not change.")] = 1,
    case: Annotated[
        str | None, typer.Option(help="A case of the file instead of its base.")
    ] = None,
    detail: Annotated[bool, typer.Option("--detail", help="More measures.")] = False,
    as_json: Json = False,
) -> None:
    """Simulate a scenario and print what each deal comes to.

    Example: scenarios run desk.yaml --paths 20000 --case worst
    """
    scenario = sc.load(file)
    if case is not None:
        scenario = scenario.case(known(case, dict.fromkeys(("base", *scenario.cases)), "case"))
    with progress(scenario.name) as told:
        result = sc.simulate(scenario, paths=paths, seed=seed, threads=threads, progress=told)
    summary = result.summary(detail=detail)
    if as_json:
        print_json(_about(result) | {"case": case or "base", "summary": records(summary)})
        return
    title = scenario.name if case is None else f"{scenario.name}, case {case}"
    print_table(summary, title=title, caption=_caption(result))


def compare(
    file: File,
    a: Annotated[str, typer.Argument(metavar="A", help="A deal of the file.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another one, which is taken off it.")],
    *,
    paths: Paths = 10_000,
    seed: Seed = 1,
    as_json: Json = False,
) -> None:
    """Print deal A less deal B on the same futures, and how sure the difference is.

    Example: scenarios compare desk.yaml Hourly Outcome
    """
    scenario = sc.load(file)
    deals = [scenario.deals[known(name, scenario.deals, "deal")] for name in dict.fromkeys((a, b))]
    with progress(scenario.name) as told:
        result = sc.simulate(scenario, deals, paths=paths, seed=seed, progress=told)
    table = result.compare(a, b)
    if as_json:
        print_json(_about(result) | {"a": a, "b": b, "difference": records(table)})
        return
    print_table(table, title=f"{scenario.name}: {a} less {b}", caption=_caption(result))


def _about(result: Run) -> dict[str, Any]:
    """What makes the numbers again."""
    from scenarios.reports.versions import versions

    scenario: Scenario = result.scenario
    return {
        "scenario": {"name": scenario.name, "digest": scenario.digest()},
        "seed": result.seed,
        "paths": result.paths,
        "currency": scenario.currency,
        "months": scenario.months,
        "versions": versions(),
    }


def _caption(result: Run) -> str:
    scenario = result.scenario
    return (
        f"{scenario.currency}, {scenario.months} months, {result.paths:,} futures, "
        f"seed {result.seed}"
    )
