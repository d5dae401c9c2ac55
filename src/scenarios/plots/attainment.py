"""KPI attainment: how often each deal's targets are met, as reported and truly."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from scenarios.plots import layout, style
from scenarios.plots.style import BUYER, INK, LABEL, PROVIDER, SMALL, percent

REPORTED, TRUE = "months on target", "truly on target"
VISIBLE = 0.005
"""Least difference between reported and true that is shown [share of months]."""
NAME = 26
"""Letters on a line of a name."""
NONE = "No deal has a KPI target"


def finding(table: pd.DataFrame) -> str:
    """Which target is missed most often, and where the meter flatters most."""
    if table.empty:
        return NONE
    worst: Any = table[REPORTED].astype(float).idxmin()
    text = f"{_told(worst)} is on target in {percent(style.cell(table, worst, REPORTED))} of months"
    text = text[0].upper() + text[1:]
    text += ", the least of all targets" if len(table) > 1 else ""
    gap = (table[REPORTED] - table[TRUE]).abs().astype(float)
    if gap.max() < VISIBLE:
        return text
    most: Any = gap.idxmax()
    reported, true = (percent(style.cell(table, most, column)) for column in (REPORTED, TRUE))
    return f"{text}; {_told(most)} is reported on target in {reported}, truly in {true}"


def alt(table: pd.DataFrame) -> str:
    """The finding, and each target's share of months."""
    if table.empty:
        return f"{NONE}: an empty picture."
    parts = [
        f"{_told(key)} {percent(reported)}"
        + ("" if abs(reported - true) < VISIBLE else f" reported, {percent(true)} truly")
        for key, reported, true in zip(table.index, table[REPORTED], table[TRUE], strict=True)
    ]
    return f"{finding(table)}. Share of months on target: {style.listed(parts)}"


def height(table: pd.DataFrame) -> float:
    """Height that the picture needs [inches]."""
    names = [_name(key) for key in table.index]
    return 1.7 + style.row_height(names, 0.42, NAME) * max(len(table), 1)


def draw(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """One row a deal and KPI from ``run.attainment()``: the share of months on target.

    A filled mark is the share as reported; where the KPI is truly on target in another share of
    months, a hollow mark shows that.
    """
    ax = style.axes(ax, height(table))
    for place, (reported, true) in enumerate(zip(table[REPORTED], table[TRUE], strict=True)):
        _row(ax, place, float(reported), float(true))
    style.rows(ax, [_name(key) for key in table.index] or [""], NAME)
    style.tidy(ax)
    ax.set_xlim(0, 1.06)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1])
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))
    key = "share of months on target"
    if not table.empty and (table[REPORTED] - table[TRUE]).abs().max() >= VISIBLE:
        key += "; filled: as reported, hollow: truly"
    ax.set_xlabel(key, fontsize=LABEL, color=INK)
    layout.title(ax, finding(table))
    return ax


def _row(ax: Axes, place: int, reported: float, true: float) -> None:
    apart = abs(reported - true) >= VISIBLE
    if apart:
        ax.plot([reported, true], [place, place], color=INK, linewidth=1.2, zorder=2)
        hollow = ax.plot(true, place, PROVIDER.marker, color="white", markersize=8, zorder=3)[0]
        hollow.set(markeredgecolor=PROVIDER.colour, markeredgewidth=2)
        _share(ax, true, place, -1 if true < reported else 1)
    ax.plot(reported, place, BUYER.marker, color=BUYER.colour, markersize=9, zorder=3)
    _share(ax, reported, place, 1 if not apart or true < reported else -1)


def _share(ax: Axes, share: float, place: int, side: int) -> None:
    ax.annotate(
        percent(share),
        (share, place),
        xytext=(9 * side, 0),
        textcoords="offset points",
        ha="left" if side > 0 else "right",
        va="center",
        fontsize=SMALL,
        color=INK,
    )


def _name(key: tuple[str, str]) -> str:
    return f"{key[0]}: {key[1].replace('_', ' ')}"


def _told(key: tuple[str, str]) -> str:
    return f"{key[1].replace('_', ' ')} under {key[0]}"
