"""The command that shows what changed between two versions of a deal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

import scenarios as sc
from scenarios.cli.options import Json, Paths, Seed, known
from scenarios.cli.show import print_json, print_rows
from scenarios.errors import ScenarioError


def redline(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A scenario file.")],
    old: Annotated[str, typer.Argument(metavar="OLD", help="A deal of it, or an older file.")],
    new: Annotated[str | None, typer.Argument(metavar="NEW", help="Another deal of it.")] = None,
    *,
    deal: Annotated[str | None, typer.Option(help="The deal to compare in two files.")] = None,
    paths: Paths = 5_000,
    seed: Seed = 1,
    shapley: Annotated[
        bool, typer.Option("--shapley", help="Average over the orders of the changes.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Say what changed between two versions of a deal, and what each change is worth.

    Example: scenarios redline desk.yaml Draft Ask
    Or: scenarios redline new.yaml old.yaml --deal Ask
    """
    scenario = sc.load(file)
    if new is not None:
        names = [known(name, scenario.deals, "deal") for name in (old, new)]
        a, b = (scenario.deals[name] for name in names)
    elif deal is not None:
        before = sc.load(Path(old))
        a = before.deals[known(deal, before.deals, "deal")]
        b = scenario.deals[known(deal, scenario.deals, "deal")]
    else:
        raise ScenarioError("name two deals of the file, or an older file and --deal NAME")
    found = sc.redline(a, b, scenario, paths=paths, seed=seed, shapley=shapley)
    table = found.table()
    if as_json:
        facts = {"a": a.name, "b": b.name, "currency": scenario.currency, "paths": paths}
        rows = [{"no.": str(place), **row} for place, row in table.to_dict("index").items()]
        print_json({**facts, "seed": seed, "orders": table.attrs["orders"], "changes": rows})
        return
    caption = f"mean, {scenario.currency}, above 0 a gain, {paths:,} futures, seed {seed}"
    shown = table[["change", "to the buyer", "to the provider"]].copy()
    shown.loc["in all", "change"] = "in all"
    print_rows(shown, title=f"{a.name} becomes {b.name}", caption=caption)
