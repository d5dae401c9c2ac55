"""How results look: pandas tables that print money and shares as people write them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

Cells = dict[tuple[str, str], float]
"""One row: (measure, statistic) -> number."""
FAN_PATHS = 20_000
"""Most paths that tables by month, and those with the months' quantiles, are computed on."""
SHARES = frozenset(
    {
        "bites",
        "chance better",
        "chance of",
        "chance of a provider loss",
        "chance over",
        "chance within plan",
        "contribution margin",
        "first order",
        "incentive",
        "missed from outside",
        "months on target",
        "paid back",
        "paths",
        "provider share",
        "share",
        "share of ceiling",
        "total order",
        "truly on target",
    }
)
"""Names of rows and columns whose numbers are shares of 1."""
SMALL = 1000
"""Below this, a number shows two decimals."""


class Table(pd.DataFrame):
    """A pandas table whose numbers show with thousands separators and shares in percent.

    The values themselves are unrounded; what is picked or computed from it shows the same way.
    """

    @property
    def _constructor(self) -> Callable[..., pd.DataFrame]:
        return Table

    def written(self) -> pd.DataFrame:
        """The same table with every number as the text that it shows."""
        rows = [
            [cell(value, row, column) for column, value in zip(self.columns, values, strict=True)]
            for row, values in zip(self.index, self.to_numpy(), strict=True)
        ]
        return pd.DataFrame(rows, index=self.index, columns=self.columns, dtype=object)

    def _repr_html_(self) -> str:
        """What a notebook shows; words are never cut off."""
        with pd.option_context("display.max_colwidth", None):
            return str(self.written().to_html(notebook=True))

    def __repr__(self) -> str:
        return str(self.written().to_string())


def shown(frame: pd.DataFrame) -> Table:
    """The frame as a table that shows its numbers well; its attributes stay."""
    table = Table(frame)
    table.attrs |= frame.attrs
    return table


def cell(value: Any, *names: Any) -> str:
    """A number as text; ``names`` are its row's and column's, which say whether it is a share."""
    if isinstance(value, Decimal):
        return f"{value:,}"
    if not isinstance(value, int | float) or isinstance(value, bool):
        return str(value)
    if math.isnan(value):
        return "-"
    parts = [part for name in names for part in (name if isinstance(name, tuple) else (name,))]
    if not SHARES.isdisjoint(parts):
        return f"{value:.1%}"
    places = 0 if abs(value) >= SMALL else 2
    return f"{round(value, places) + 0.0:,.{places}f}"


def by_measure(rows: Mapping[str, Cells], currency: str) -> Table:
    """One row a deal; columns are (measure, statistic) in the order of first appearance."""
    columns = pd.MultiIndex.from_tuples(
        list(dict.fromkeys(cell for row in rows.values() for cell in row)),
        names=["measure", "statistic"],
    )
    table = Table(
        [[row.get(cell, float("nan")) for cell in columns] for row in rows.values()],
        index=pd.Index(list(rows), name="deal"),
        columns=columns,
    )
    table.attrs["currency"] = currency
    return table
