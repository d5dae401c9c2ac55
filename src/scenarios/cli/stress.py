"""The command that puts named bad futures on a scenario, or asks how bad one must get."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

import scenarios as sc
from scenarios.cli.options import File, Json, Paths, Seed, known
from scenarios.cli.show import print_json, print_rows, records
from scenarios.errors import ScenarioError

if TYPE_CHECKING:
    import pandas as pd


def stress(
    file: File,
    *,
    reverse: Annotated[
        str | None, typer.Option(metavar="STRESS", help="How bad this must get until --deal loses.")
    ] = None,
    deal: Annotated[str | None, typer.Option(help="The deal that may lose.")] = None,
    against: Annotated[str | None, typer.Option(help="The deal it is compared with.")] = None,
    paths: Paths = 5_000,
    seed: Seed = 1,
    as_json: Json = False,
) -> None:
    """Put each named stress on a scenario, side by side; or ask how bad one must get.

    Example: scenarios stress desk.yaml
    Or: scenarios stress desk.yaml --reverse automation_late --deal Hourly --against Outcome
    """
    scenario = sc.load(file)
    if reverse is not None:
        if deal is None or against is None:
            raise ScenarioError("--reverse needs two deals: give --deal NAME and --against NAME")
        name = known(reverse, sc.STRESSES, "stress")
        turning = sc.reverse_stress(
            scenario, name, deal=deal, against=against, paths=paths, seed=seed
        )
        if as_json:
            print_json(asdict(turning) | {"told": str(turning), "paths": paths, "seed": seed})
        else:
            print(turning)
        return
    table = sc.stress_test(scenario, paths=paths, seed=seed)
    told, left_out = table.attrs["told"], table.attrs["left out"]
    if as_json:
        facts = {"scenario": scenario.name, "currency": scenario.currency, "paths": paths}
        print_json(
            {**facts, "seed": seed, "told": told, "left out": left_out, "stresses": records(table)}
        )
        return
    caption = f"mean, {scenario.currency}, {paths:,} futures, seed {seed}"
    for measure in ("buyer's all-in cost", "provider's contribution"):
        print_rows(_changes(table, measure), title=f"{measure}: {AGAINST}", caption=caption)
    for name, words in told.items():
        print(f"{_words(name)}: {words}")
    for name, why in left_out.items():
        print(f"left out: {_words(name)}: {why}")


AGAINST = "as written, and how each stress changes it"


def _changes(table: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The level as written, and each stress's change with its sign, one column a deal, in whole
    money.
    """
    from scenarios.sensitivity.stress import AS_WRITTEN

    changes: Any = table[f"{measure}, change"].copy()
    changes.loc[AS_WRITTEN] = table[measure].loc[AS_WRITTEN]
    whole = changes.round().astype(int)
    shown = whole.map("{:+,}".format).replace("+0", "0")
    shown.loc[AS_WRITTEN] = whole.loc[AS_WRITTEN].map("{:,}".format)
    shown.insert(0, "stress", [_words(name) for name in shown.index])
    return cast("pd.DataFrame", shown)


def _words(name: object) -> str:
    return str(name).replace("_", " ")
