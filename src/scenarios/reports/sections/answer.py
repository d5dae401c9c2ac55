"""The first screen: the question, the answer in one sentence, one table, one picture."""

from __future__ import annotations

import pandas as pd

from scenarios.plots import per_unit as per_unit_plot
from scenarios.plots import who_keeps_it as keeps_plot
from scenarios.reports import words
from scenarios.reports.show import Part, picture
from scenarios.reports.style import Cell, drawn, heading, money, paragraph, share, spread, table
from scenarios.results.run import Run

KEEPS = ("buyer pays", "buyer keeps", "provider keeps", "provider contribution")
WIDE = 10.3
"""Width of the picture [inches]: as wide as the page, so that it may be low."""


def answer(run: Run) -> list[Part]:
    """Title, question, answer, and the table and picture that the answer is read from."""
    scenario = run.scenario
    top: list[Part] = [heading(scenario.name, 1)]
    if scenario.question:
        top.append(paragraph(scenario.question, "question"))
    if scenario.automation is None:
        return top + _carries(run)
    return top + _keeps(run)


def _keeps(run: Run) -> list[Part]:
    numbers = run.who_keeps_it()
    currency = numbers.attrs["currency"]
    rows = [[str(deal), *_kept(row)] for deal, row in numbers.iterrows()]
    header = ["deal", *KEEPS[:3], "provider's contribution", "provider's reason to automate"]
    note = (
        f"{currency} a month once automation is mature, from month "
        f"{numbers.attrs['mature month'] + 1} on. Large: uncertainty off; small: P50 (P10 to P90) "
        f"of {run.paths:,} simulated futures. Contribution: what the provider is paid less its own "
        "outlays. Reason: its part of what automating a month sooner brings both."
    )
    return [
        paragraph(words.who_keeps_it(numbers), "answer"),
        table(header, rows, note),
        picture(keeps_plot, numbers, size=(WIDE, 1.4 + 0.5 * len(rows))),
    ]


def _kept(row: pd.Series) -> list[Cell]:
    cells: list[Cell] = [(money(row[name, words.OFF]), _drawn(row[name])) for name in KEEPS]
    incentive = float(row["incentive", words.OFF])
    return [*cells, (share(incentive), words.reason(incentive))]


def _carries(run: Run) -> list[Part]:
    numbers = run.per_unit()
    unit = run.scenario.demand.unit
    losses = {name: float((run.total(name, "contribution") < 0).mean()) for name in run.names}
    rows: list[list[Cell]] = []
    for deal, row in numbers.iterrows():
        cells = [(money(row[name, words.OFF]), _drawn(row[name])) for name in _BOTH]
        rows.append([str(deal), *cells, share(losses[str(deal)])])
    note = (
        f"{numbers.attrs['currency']} for each {unit} that was verified. Large: uncertainty off; "
        f"small: P50 (P10 to P90) of {run.paths:,} simulated futures."
    )
    header = ["deal", "buyer's all-in cost", "provider's contribution", "chance of a provider loss"]
    return [
        paragraph(words.who_carries_it(numbers, losses, unit), "answer"),
        table(header, rows, note),
        picture(per_unit_plot, numbers, size=(WIDE, 1.3 + 0.6 * len(rows))),
    ]


_BOTH = ("buyer all-in", "provider contribution")


def _drawn(row: pd.Series) -> str:
    low, middle, high = (float(row[name]) for name in ("P10", "P50", "P90"))
    return drawn(middle) if low == high else f"{drawn(middle)} ({spread(low, high)})"
