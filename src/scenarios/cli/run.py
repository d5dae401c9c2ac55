"""Commands that simulate: run a scenario, compare two of its deals."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

import scenarios as sc
from scenarios.cli.options import File, Json, Paths, SamplingName, Seed, known, sampling_of
from scenarios.cli.show import print_json, print_table, progress, records

if TYPE_CHECKING:
    import pandas as pd

    from scenarios.results.run import Run
    from scenarios.scenario import Scenario


def run(
    file: File,
    *,
    paths: Paths = 10_000,
    seed: Seed = 1,
    sampling: SamplingName = "random",
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
    how = sampling_of(sampling)
    scenario = sc.load(file)
    if case is not None:
        scenario = scenario.case(known(case, dict.fromkeys(("base", *scenario.cases)), "case"))
    with progress(scenario.name) as told:
        result = sc.simulate(
            scenario, paths=paths, seed=seed, sampling=how, threads=threads, progress=told
        )
    summary = result.summary(detail=detail)
    if as_json:
        print_json(_about(result) | {"case": case or "base", "summary": records(summary)})
        return
    title = scenario.name if case is None else f"{scenario.name}, case {case}"
    print_table(summary, title=title, caption=_caption(result, summary if detail else None))


def compare(
    file: File,
    a: Annotated[str, typer.Argument(metavar="A", help="A deal of the file.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another one, which is taken off it.")],
    *,
    paths: Paths = 10_000,
    seed: Seed = 1,
    sampling: SamplingName = "random",
    tolerance: Annotated[
        float | None,
        typer.Option(help="Go on until the buyer's all-in difference is known to so much money."),
    ] = None,
    most: Annotated[int, typer.Option(help="With --tolerance: most futures.")] = 1_000_000,
    as_json: Json = False,
) -> None:
    """Print deal A less deal B on the same futures, and how sure the difference is.

    With --tolerance, --paths is where it first looks whether to go on.
    Example: scenarios compare desk.yaml Hourly Outcome --tolerance 500
    """
    from scenarios.results.precision import NOT_KNOWN

    how = sampling_of(sampling)
    if tolerance is not None and how != "random":
        raise sc.ScenarioError(f"--tolerance needs --sampling random: {NOT_KNOWN}")
    scenario = sc.load(file)
    deals = [scenario.deals[known(name, scenario.deals, "deal")] for name in dict.fromkeys((a, b))]
    with progress(scenario.name) as told:
        if tolerance is None:
            result = sc.simulate(
                scenario, deals, paths=paths, seed=seed, sampling=how, progress=told
            )
        else:
            result = sc.simulate_until(
                scenario,
                deals,
                between=(a, b),
                tolerance=tolerance,
                least=paths,
                most=most,
                seed=seed,
                progress=told,
            )
    table = result.compare(a, b)
    if as_json:
        print_json(_about(result) | _known(result) | {"a": a, "b": b, "difference": records(table)})
        return
    caption = f"{_caption(result, table)}\nAbove 0: more under {a}. Better: {a}, for that party."
    print_table(table, title=f"{scenario.name}: {a} less {b}", caption=caption)


def _about(result: Run) -> dict[str, Any]:
    """What makes the numbers again."""
    from scenarios.reports.versions import versions

    scenario: Scenario = result.scenario
    return {
        "scenario": {"name": scenario.name, "digest": scenario.digest()},
        "seed": result.seed,
        "paths": result.paths,
        "sampling": result.sampling,
        "currency": scenario.currency,
        "months": scenario.months,
        "versions": versions(),
    }


def _known(result: Run) -> dict[str, Any]:
    """How well the difference is known, where the run went on until it was known."""
    known = result.precision
    return {} if known is None else {"precision": asdict(known) | {"reached": known.reached}}


def _caption(result: Run, table: pd.DataFrame | None = None) -> str:
    """What the numbers are; with the table of standard errors, also why it has none."""
    scenario = result.scenario
    points = "" if result.sampling == "random" else ", Sobol points"
    told = [f"{scenario.currency}, {scenario.months} months, {result.paths:,} futures"]
    told[0] += f", seed {result.seed}{points}"
    if table is not None and "standard error" in table.attrs:
        told.append(f"No standard error: {table.attrs['standard error']}.")
    if result.precision is not None:
        told.append(f"{result.precision}.")
    return "\n".join(told)
