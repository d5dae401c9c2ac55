"""The command that settles months that happened, and checks an invoice against them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import scenarios as sc
from scenarios.cli.options import File, Json, known
from scenarios.cli.show import print_json, print_rows
from scenarios.errors import Problem, ScenarioError

if TYPE_CHECKING:
    from scenarios.scenario import Scenario

DIFFERENT = 3
"""Exit code where an invoice says something else than the contract."""


def settle(
    file: File,
    *,
    actuals: Annotated[
        Path | None, typer.Option(metavar="CSV", help="The months that happened, a row each.")
    ] = None,
    deal: Annotated[str | None, typer.Option(help="A deal of the file; needed if several.")] = None,
    invoice: Annotated[
        Path | None, typer.Option(metavar="CSV", help="The provider's invoice: line, amount.")
    ] = None,
    month: Annotated[str | None, typer.Option(help="A month instead of the newest.")] = None,
    columns: Annotated[
        bool, typer.Option("--columns", help="Print the header that the months need, and stop.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Settle months that happened: the invoice due, and what a provider's invoice has differently.

    Example: scenarios settle desk.yaml --deal Outcome --actuals months.csv --invoice provider.csv
    Exits with 3 where the invoice differs.
    """
    from scenarios.settlement.columns import columns_needed
    from scenarios.settlement.invoice import compare_invoice

    scenario = sc.load(file)
    chosen = scenario.deals[_name(deal, scenario)]
    if columns:
        print(",".join(columns_needed(chosen, scenario)))
        return
    if actuals is None:
        raise ScenarioError(
            "give the months that happened: --actuals months.csv; --columns prints their header"
        )
    settled = sc.settle(chosen, actuals, scenario)
    due = settled.invoice(month)
    differs = None if invoice is None else compare_invoice(settled, invoice, month)
    if as_json:
        facts = {"deal": chosen.name, "month": due.attrs["month"], "currency": scenario.currency}
        tables = {"invoice": _records(due), "notices": settled.notices(month)}
        if differs is not None:
            tables["differences"] = _records(differs)
        print_json({**facts, **tables})
    else:
        of = f"{chosen.name}, {due.attrs['month']}"
        print_rows(due, title=f"Due under {of}", caption=scenario.currency)
        for notice in settled.notices(month):
            print(notice)
        if differs is not None and len(differs):
            print_rows(differs, title=f"What {invoice} has differently", caption=scenario.currency)
        elif differs is not None:
            print(f"{invoice}: nothing differs")
    if differs is not None and len(differs):
        raise typer.Exit(DIFFERENT)


def _name(deal: str | None, scenario: Scenario) -> str:
    if deal is not None:
        return known(deal, scenario.deals, "deal")
    if len(scenario.deals) > 1:
        raise ScenarioError(
            Problem("say which deal: --deal NAME", allowed=", ".join(scenario.deals))
        )
    return next(iter(scenario.deals))


def _records(table: object) -> list[dict[str, str]]:
    """Rows of texts: an amount in cents survives JSON only as text."""
    import pandas as pd

    assert isinstance(table, pd.DataFrame)  # noqa: S101  what the lazy names hide from mypy
    return [
        {str(name): str(cell) for name, cell in row.items()} for row in table.to_dict("records")
    ]
