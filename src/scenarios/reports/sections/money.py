"""Where the money goes: the budget by fiscal year, and what each line of a deal moves."""

from __future__ import annotations

import pandas as pd

from scenarios.plots import waterfall as waterfall_plot
from scenarios.reports import words
from scenarios.reports.show import Part, picture
from scenarios.reports.style import NOTHING, Cell, drawn, heading, paragraph, share, table
from scenarios.results.run import Run


def budgets(run: Run) -> list[Part]:
    """The buyer's budget by fiscal year, a table a deal."""
    numbers = run.budget()
    parts: list[Part] = [
        heading("The buyer's budget by fiscal year"),
        paragraph(words.budgets(numbers)),
        paragraph(
            f"Mean {run.scenario.currency}. P50 and P80 are of a year's own total and do not add "
            "up over the years. Present value at the buyer's rate of "
            f"{100 * run.scenario.parties.buyer.discount_rate:g} % a year.",
            "note",
        ),
    ]
    for deal in run.names:
        one = numbers.loc[deal]
        rows = [[str(row), *_amounts(str(row), one.loc[row])] for row in one.index]
        parts += [heading(deal, 3), table(["", *map(str, one.columns)], rows)]
    return parts


def _amounts(row: str, amounts: pd.Series) -> list[Cell]:
    write = share if row == "chance over" else drawn
    return [write(float(amount)) for amount in amounts]


def waterfalls(run: Run) -> list[Part]:
    """What each line moves: a picture of the deal with most terms, and the deals side by side."""
    tables = {name: run.waterfall(name, if_removed=True) for name in run.names}
    richest = max(run.deals, key=lambda deal: len(deal.terms)).name
    note = (
        f"Mean {run.scenario.currency} over {run.scenario.months} months. Large: what the line "
        "adds to the buyer's all-in cost; small: what it adds to the provider's contribution."
    )
    return [
        heading("What each line of a deal moves"),
        picture(waterfall_plot, tables[richest]),
        table(["line", *tables], _lines(tables), note),
        *_struck_out(tables),
    ]


def _lines(tables: dict[str, pd.DataFrame]) -> list[list[Cell]]:
    """The deals' lines side by side, in contract order, the total last."""
    names: list[str] = []
    for numbers in tables.values():
        place = 0
        for line in map(str, numbers.index[:-1]):
            if line not in names:
                names.insert(place, line)
            place = names.index(line) + 1
    rows = []
    for line in [*names, "total"]:
        cells = [_moved(numbers, line) for numbers in tables.values()]
        if any(cell != NOTHING for cell in cells):
            rows.append([line, *cells])
    return rows


def _moved(numbers: pd.DataFrame, line: str) -> Cell:
    if line not in numbers.index:
        return NOTHING
    buyer, provider = (numbers[party].to_dict()[line] for party in ("buyer", "provider"))
    return (drawn(buyer), drawn(provider)) if buyer or provider else NOTHING


def _struck_out(tables: dict[str, pd.DataFrame]) -> list[Part]:
    """What each clause is worth: how often it bites, and what the deal costs without it."""
    rows: list[list[Cell]] = []
    paths = 0
    for name, numbers in tables.items():
        paths = numbers.attrs["paths if removed"]
        clauses = numbers.dropna(subset=["if removed"])
        rows += [
            [name, str(line), share(row["bites"]), drawn(row["if removed"])]
            for line, row in clauses.iterrows()
        ]
    if not rows:
        return []
    header = ["deal", "clause", "bites in", "buyer's all-in cost falls without it by"]
    note = (
        "A line above depends on the lines before it; this does not: one clause is struck out, "
        f"everything else stays ({paths:,} futures). Bites: share of months in which it moves "
        "anything."
    )
    return [heading("Clause by clause", 3), table(header, rows, note, words=(0, 1))]
