"""Fit: what a log showed, period by period, and what the scenario's driver would have shown."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from scenarios.plots import layout, style
from scenarios.plots.style import BUYER, INK, LABEL, SMALL, percent

ROW = 2.1
"""Height of a row of panels [inches]."""
COLUMNS = 2
LEAST, MOST = 0.65, 0.92
"""Shares inside the band between which it is as wide as one expects."""
MARKS = 5
"""Periods named on an axis."""


def finding(table: pd.DataFrame) -> str:
    """How many of the observed periods lie in the band, and what it means if that is not 80 %."""
    seen = table[table["observed"].notna()]
    inside = _inside(seen)
    told = (
        f"{percent(inside)} of {len(seen):,} observed values lie in the scenario's band from P10 "
        "to P90"
    )
    if inside > MOST:
        return f"{told}: it is wide, because the level itself is uncertain"
    return f"{told}, fewer than the 80 % expected" if inside < LEAST else told


def _inside(table: pd.DataFrame) -> float:
    seen = table["observed"]
    return float(((seen >= table["p10"]) & (seen <= table["p90"])).mean())


def alt(table: pd.DataFrame) -> str:
    """The finding, and of each series its share in the band and its typical value."""
    parts = [
        f"{_words(name)} {percent(_inside(part))} inside, "
        f"typically {part['observed'].median():,.3g}"
        for name, part in _series(table)
    ]
    return f"{finding(table)}. {style.listed(parts)}"


def height(table: pd.DataFrame) -> float:
    """Height that the picture needs [inches]."""
    return 1.4 + ROW * -(-len(_series(table)) // COLUMNS)


def draw(table: pd.DataFrame, figure: Figure | None = None) -> Figure:
    """One panel a series of ``Calibration.periods``: dots are what was observed, the band is P10 to
    P90 of the scenario's driver, the line its P50 [each series' own unit].
    """
    figure = style.figure_or_new(figure, height(table))
    parts = _series(table)
    columns = min(COLUMNS, len(parts))
    grid = figure.subplots(-(-len(parts) // columns), columns, squeeze=False).ravel()
    for ax in grid[len(parts) :]:
        ax.remove()
    for ax, (name, part) in zip(grid, parts, strict=False):
        _panel(ax, part)
        ax.set_title(style.label(_words(name), 40), loc="left", fontsize=LABEL, color=INK)
    handles, labels = grid[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower left", ncols=3, frameon=False, fontsize=LABEL)
    layout.heading(figure, finding(table))
    return figure


def _panel(ax: Axes, part: pd.DataFrame) -> None:
    at = np.arange(len(part))
    ax.fill_between(at, part["p10"], part["p90"], color=BUYER.colour, alpha=0.25, linewidth=0)
    ax.plot(at, part["p50"], color=BUYER.colour, linewidth=1.5, label="P50, band P10 to P90")
    ax.plot(at, part["observed"], "o", color=INK, markersize=3, label="observed")
    style.tidy(ax, values="y")
    names = [str(key[-1] if isinstance(key, tuple) else key) for key in part.index]
    step = max(-(-len(names) // MARKS), 1)
    ax.set_xticks(at[::step], [name.split("/")[0] for name in names[::step]])
    ax.tick_params(axis="both", labelsize=SMALL)


def _series(table: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """Each series' periods that were observed, in order."""
    seen = table[table["observed"].notna()]
    parts: Any = seen.groupby(level=0, sort=False)
    return [(str(name), part) for name, part in parts]


def _words(name: str) -> str:
    return name.removeprefix("kpi.").replace("_", " ")
