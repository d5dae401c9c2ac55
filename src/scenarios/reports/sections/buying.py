"""What is bought: six questions between hours and outcomes, and what each deal answers."""

from __future__ import annotations

import pandas as pd

from scenarios.reports.show import Part
from scenarios.reports.style import Cell, bullets, drawn, heading, share, table
from scenarios.results.run import Run


def hours_against_outcomes(run: Run) -> list[Part]:
    """One row a question, with two numbers a deal at most; below it what they mean."""
    numbers = run.hours_against_outcomes()
    rows: list[list[Cell]] = []
    for row, said in numbers.groupby(level="row", sort=False):
        measures = [
            f"{measure} [{unit}]" if unit != "share" else str(measure)
            for _, measure, unit in said.index
        ]
        label: Cell = (str(row).capitalize(), "; small: ".join(measures))
        rows.append([label, *(_both(said[deal]) for deal in run.names)])
    note = (
        f"Means over {numbers.attrs['paths']:,} futures, each compared with itself where one thing "
        "is otherwise."
    )
    meant = [f"{row.capitalize()}: {text}" for row, text in numbers.attrs["rows"].items()]
    return [
        heading("Hours against outcomes"),
        table(["", *run.names], rows, note),
        bullets(meant),
    ]


def _both(numbers: pd.Series) -> Cell:
    """The first number, and below it the second where there is one."""
    units = numbers.index.get_level_values("unit")
    first, *others = (
        share(value) if unit == "share" else drawn(value)
        for unit, value in zip(units, numbers, strict=True)
    )
    return (first, others[0]) if others else first
