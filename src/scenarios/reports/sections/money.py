"""Where the money goes: the budget by fiscal year, and what each line of a deal moves."""

from __future__ import annotations

import re

import pandas as pd

from scenarios.clauses.coordination import Coordination
from scenarios.clauses.investment import Investment
from scenarios.plots import waterfall as waterfall_plot
from scenarios.reports import words
from scenarios.reports.show import Part, picture
from scenarios.reports.style import (
    CENTS_BELOW,
    MINUS,
    NOTHING,
    Cell,
    drawn,
    heading,
    paragraph,
    share,
    table,
)
from scenarios.results.run import Run
from scenarios.settling import WORLD_LINES

COSTS = (Coordination.label(), Investment.label())
"""Clauses that say who bears a cost: without them it would be nobody's, which says nothing."""
OUTSIDE = {*(line for line, _, _ in WORLD_LINES.values()), "after the end"}
"""Lines of the work itself, whatever the deal says."""


def budgets(run: Run) -> list[Part]:
    """The buyer's budget by fiscal year, a table a deal."""
    numbers = run.budget()
    parts: list[Part] = [
        heading("The buyer's budget by fiscal year"),
        paragraph(words.budgets(numbers)),
        paragraph(
            f"Mean {run.scenario.currency}. P50 and P80 are of a year's own total and do not add "
            "up over the years. Present value at the buyer's rate of "
            f"{100 * run.scenario.parties.buyer.discount_rate:g} % a year."
            f"{words.fiscal_years(list(numbers.columns), run.scenario.fiscal_year_starts)}",
            "note",
        ),
    ]
    for deal in run.names:
        one = numbers.loc[[deal]].droplevel("deal")
        rows = [[str(row), *_amounts(str(row), one)] for row in one.index]
        parts += [heading(deal, 3), table(["", *map(str, one.columns)], rows)]
    return parts


def _amounts(row: str, numbers: pd.DataFrame) -> list[Cell]:
    amounts = numbers.T[row].to_list()
    if row != "chance over":
        large = (
            max((abs(amount) for amount in amounts if pd.notna(amount)), default=0) >= CENTS_BELOW
        )
        return [drawn(round(x) if large and pd.notna(x) else x) for x in amounts]
    approved = numbers.T["approved"].to_list()  # where it is 0 there is nothing to go over
    return [share(x) if limit else NOTHING for x, limit in zip(amounts, approved, strict=True)]


def waterfalls(run: Run) -> list[Part]:
    """What each line moves: a picture of the deal with most to see, and all side by side."""
    tables = {name: run.waterfall(name, if_removed=True) for name in run.names}
    drawn_one = max(run.names, key=lambda name: _moves(tables[name]))
    why = (
        "the deal with the most clauses that move the fee"
        if _moves(tables[drawn_one])
        else "the first, as no clause moves the fee of any deal"
    )
    note = (
        f"Mean {run.scenario.currency} over {run.scenario.months} months. Large: what the line "
        "adds to the buyer's all-in cost; small: what it adds to the provider's contribution."
    )
    told = f"The picture shows {drawn_one}, {why}. The table has all deals."
    return [
        heading("What each line of a deal moves"),
        *([paragraph(told)] if len(tables) > 1 else []),
        picture(waterfall_plot, tables[drawn_one]),
        table(["line", *tables], _lines(tables), note),
        *_struck_out(run, tables),
    ]


def _moves(numbers: pd.DataFrame) -> int:
    """How many of a deal's clauses move the fee."""
    return int((numbers["if removed"].notna() & (numbers["fee"] != 0)).sum())


def _lines(tables: dict[str, pd.DataFrame]) -> list[list[Cell]]:
    """The deals' lines side by side: pricing, clauses, what the work costs, the total."""
    kinds: dict[str, int] = {}
    for numbers in tables.values():
        for line, removed in numbers["if removed"].drop("total").items():
            kinds.setdefault(str(line), 2 if line in OUTSIDE else int(pd.notna(removed)))
    rows = []
    for line in [*sorted(kinds, key=lambda line: kinds[line]), "total"]:
        cells = [_moved(numbers, line) for numbers in tables.values()]
        if any(cell != NOTHING for cell in cells):
            rows.append([line, *cells])
    return rows


def _moved(numbers: pd.DataFrame, line: str) -> Cell:
    if line not in numbers.index:
        return NOTHING
    buyer, provider = (numbers[party].to_dict()[line] for party in ("buyer", "provider"))
    return (drawn(buyer), drawn(provider)) if buyer or provider else NOTHING


def _struck_out(run: Run, tables: dict[str, pd.DataFrame]) -> list[Part]:
    """What each clause is worth: how often it bites, and what the buyer pays without it."""
    rows: list[list[Cell]] = []
    paths = 0
    for name, numbers in tables.items():
        paths = numbers.attrs["paths if removed"]
        clauses = numbers.dropna(subset=["if removed"])
        rows += [
            [name, str(line), share(row["bites"]), _change(-row["if removed"])]
            for line, row in clauses.iterrows()
            if re.sub(r" \d+$", "", str(line)) not in COSTS
        ]
    if not rows:
        return []
    header = ["deal", "clause", "moves money in", "without it the buyer pays"]
    note = (
        f"Mean {run.scenario.currency} over {run.scenario.months} months, all in, more (+) or less "
        f"({MINUS}). A line above depends on the lines before it; this does not: one clause is "
        f"struck out, everything else stays ({paths:,} futures). Moves money in: share of months. "
        "Coordination and the one-off are costs, not terms to strike out."
    )
    return [heading("Clause by clause", 3), table(header, rows, note, words=(0, 1))]


def _change(amount: float) -> str:
    return f"+{drawn(amount)}" if amount > 0 else drawn(amount)
