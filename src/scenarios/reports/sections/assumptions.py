"""Last: every number of the scenario, where it comes from, and how much depends on it."""

from __future__ import annotations

import pandas as pd

from scenarios.reports.show import Part
from scenarios.reports.style import Cell, drawn, heading, paragraph, plain, table
from scenarios.results.run import Run
from scenarios.sensitivity.assumptions import assumptions


def register(run: Run) -> list[Part]:
    """The register of assumptions, sorted by effect on the answer."""
    numbers = assumptions(run.scenario)
    first, second, currency = (numbers.attrs[name] for name in ("a", "b", "currency"))
    moving = numbers[numbers["effect"] > 0]
    resting = numbers[numbers["effect"] <= 0]
    parts: list[Part] = [
        heading("Assumptions and their sources"),
        paragraph(_explained(numbers, moving, first, second, currency)),
    ]
    if len(moving):
        header = ["number", "value (moved to)", f"{first} is cheaper by", "effect", "source"]
        lines = [_moved(str(number), row) for number, row in moving.iterrows()]
        parts.append(table(header, lines, words=(0, 4)))
    if len(resting):
        parts.append(paragraph("These leave that answer alone; they may matter to others:"))
        rows = [[str(n), row["value"], row["source"]] for n, row in resting.iterrows()]
        parts.append(table(["number", "value", "source"], rows, words=(0, 1, 2)))
    return parts


def _explained(
    numbers: pd.DataFrame, moving: pd.DataFrame, first: str, second: str, currency: str
) -> str:
    turns = (moving["answer at low"] * moving["answer at high"] < 0).sum()
    return (
        f"Each of the {len(numbers)} numbers is moved alone, uncertainty off: a range to its P10 "
        f"and P90, a plain number by 10 % down and up. The answer is by how much {first} is "
        f"cheaper to the buyer than {second}, all in, in {currency}. {len(moving)} numbers move "
        f"it; {turns} of them turn it round."
    )


def _moved(number: str, row: pd.Series) -> list[Cell]:
    return [
        number,
        (str(row["value"]), f"{_short(row['low'])} or {_short(row['high'])}"),
        f"{drawn(row['answer at low'])} or {drawn(row['answer at high'])}",
        drawn(row["effect"]),
        str(row["source"]),
    ]


def _short(number: float) -> str:
    return plain(float(f"{number:.4g}"))
