"""Tables for a person, JSON for a machine, and how far a long command has come."""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from rich.console import Console

AMOUNT = re.compile(r"[+-]?[\d,.]+")
"""An amount that is written already; it goes to the right like the others."""
_SHARES = ("chance", "months on target")
"""How the names of measures begin that are shares and print as percentages."""


def print_table(table: pd.DataFrame, *, title: str, caption: str = "") -> None:
    """Print a table turned on its side: one line a measure, one column a deal.

    A table has more measures than deals, and a terminal more lines than columns.
    """
    from rich.table import Table

    shown = Table(title=title, caption=caption or None, title_justify="left")
    shown.add_column("", overflow="fold")
    for name in table.index:
        shown.add_column(str(name), justify="right", overflow="fold")
    above = None
    columns: list[Any] = list(table.columns)
    for place, column in enumerate(columns):
        group = column[0] if isinstance(column, tuple) else None
        if above not in (None, group):
            shown.add_section()
        above = group
        shown.add_row(_label(column), *_amounts(column, list(table.iloc[:, place])))
    console().print(shown)


def print_rows(table: pd.DataFrame, *, title: str, caption: str = "") -> None:
    """Print a table as it stands, each row a line; amounts to the right."""
    from rich.table import Table

    shown = Table(title=title, caption=caption or None, title_justify="left")
    columns = []
    for place, name in enumerate(table.columns):
        values = table.iloc[:, place].tolist()
        words = all(isinstance(value, str) and not AMOUNT.fullmatch(value) for value in values)
        shown.add_column(str(name), justify="left" if words else "right", overflow="fold")
        columns.append(_written(values))
    for row in zip(*columns, strict=True):
        shown.add_row(*row)
    console().print(shown)


def _written(values: list[Any]) -> list[str]:
    """A column as it prints: amounts alike, anything else as it stands."""
    from scenarios.results.frames import cell

    numbers = [x for x in values if isinstance(x, int | float) and not isinstance(x, bool)]
    if len(numbers) == len(values):
        return _amounts("", values)
    return [cell(value) for value in values]


def console(*, stderr: bool = False) -> Console:
    """Where a person reads; what files call things is printed as it stands, never as markup."""
    from rich.console import Console

    return Console(stderr=stderr, markup=False, emoji=False, highlight=False)


def _label(column: Any) -> str:
    """A column's name on one line: "provider's contribution, P50", "chance of a provider loss"."""
    words = [str(part) for part in (column if isinstance(column, tuple) else (column,))]
    return (" " if words[0].endswith(" of") else ", ").join(filter(None, words))


def _amounts(column: Any, values: list[Any]) -> list[str]:
    """Money with separators, cents only where no amount is large; shares in percent."""
    numbers = [float(value) for value in values]
    if _label(column).startswith(_SHARES):
        form = "{:.1%}"
    else:
        large = max((abs(x) for x in numbers if math.isfinite(x)), default=0)
        form = "{:,.0f}" if large >= 1000 else "{:,.2f}"  # noqa: PLR2004  a matter of taste
    places = 3 if form.endswith("%}") else 0 if "0f" in form else 2
    return [
        form.format(round(number, places) + 0.0) if math.isfinite(number) else "-"
        for number in numbers
    ]


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """One record a row, nested where columns have two levels; what is missing is null."""
    rows = []
    columns: list[Any] = list(table.columns)
    for name, values in zip(table.index, table.to_numpy(), strict=True):
        row: dict[str, Any] = {"name": str(name)}
        for column, value in zip(columns, values, strict=True):
            number = float(value) if math.isfinite(value) else None
            if isinstance(column, tuple):
                row.setdefault(str(column[0]), {})[str(column[1])] = number
            else:
                row[str(column)] = number
        rows.append(row)
    return rows


def print_json(data: dict[str, Any]) -> None:
    """Print JSON that any reader takes: no NaN, no infinity."""
    print(json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False))


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on stderr that takes (done, in all); nothing where no person is looking."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import Progress

    with Progress(console=console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
