"""Per verified unit: what the buyer pays all in, and what the provider contributes."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from scenarios.plots import intervals, layout, style
from scenarios.plots.intervals import Interval
from scenarios.plots.style import BUYER, PROVIDER

MEASURES = ("buyer all-in", "provider contribution")


def finding(table: pd.DataFrame) -> str:
    """Which deal costs the buyer least for each verified unit, and where the provider may lose."""
    names = _names(table)
    text = intervals.cheapest(
        names, _each(table, 0), style.currency(table), " for each verified unit"
    )
    worst = table[MEASURES[1], "P10"]
    if float(worst.min()) >= 0:
        return text
    amount = style.money(float(worst.min()), style.currency(table))
    return f"{text}; the provider's P10 under {worst.idxmin()} is {amount}"


def alt(table: pd.DataFrame) -> str:
    """The finding, and the quantiles of both parties' results a unit."""
    unit = style.currency(table)
    buyer, provider = (intervals.told(_names(table), _each(table, n), unit) for n in (0, 1))
    return (
        f"{finding(table)}. Intervals by deal, for each verified unit. "
        f"Buyer's all-in cost: {buyer} Provider's contribution: {provider}"
    )


def height(table: pd.DataFrame) -> float:
    """Height that the picture needs [inches]."""
    return intervals.height(_names(table))


def draw(table: pd.DataFrame, figure: Figure | None = None) -> Figure:
    """Intervals by deal from ``run.per_unit()``, one panel a party [money per verified unit].

    P10 to P90 thick, P50 marked, a diamond where uncertainty is off.
    """
    figure = style.figure_or_new(figure, height(table))
    unit = f"{style.currency(table)} a unit; bar P10 to P90, diamond: uncertainty off".strip()
    buyer = ("buyer's all-in cost", BUYER, _each(table, 0))
    provider = ("provider's contribution", PROVIDER, _each(table, 1))
    intervals.panels(figure, _names(table), (buyer, provider), unit)
    layout.heading(figure, finding(table))
    return figure


def _names(table: pd.DataFrame) -> list[str]:
    return [str(name) for name in table.index]


def _each(table: pd.DataFrame, party: int) -> list[Interval]:
    part = table[MEASURES[party]]
    return [
        Interval(
            float(part.loc[deal, "P10"]),
            float(part.loc[deal, "P50"]),
            float(part.loc[deal, "P90"]),
            off=float(part.loc[deal, "uncertainty off"]),
        )
        for deal in table.index
    ]
