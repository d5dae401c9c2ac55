"""Maturity: when automation reaches each phase, and when it would a year later."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from scenarios.plots import layout, style
from scenarios.plots.style import BUYER, INK, LABEL, MUTED, SMALL

LATER = "later"
PLANNED, WAITING, LOW, HIGH = "uncertainty off", "a year later", "P10", "P90"
FIRST, LAST = "go-live", "mature"


def finding(table: pd.DataFrame) -> str:
    """In which year a start is mature, and in which one a year's wait, or under which deal."""
    if table.index.nlevels > 1:
        return _by_deal(table)
    start, end = _year(table, FIRST, PLANNED), _year(table, LAST, PLANNED)
    wait, late = _year(table, FIRST, WAITING), _year(table, LAST, WAITING)
    if LATER in (end, late):
        return f"A start in {start} is not mature within the months looked at"
    return f"A start in {start} is mature in {end}, a start in {wait} in {late}"


def _by_deal(table: pd.DataFrame) -> str:
    """In which year a start is mature under each deal."""
    own = {deal: table.loc[[deal]].droplevel("deal") for deal in table.index.unique("deal")}
    starts = sorted({_year(one, FIRST, PLANNED) for one in own.values()})
    ends = {deal: _year(one, LAST, PLANNED) for deal, one in own.items()}
    told = [
        f"{'later than looked at' if end == LATER else f'in {end}'} under {deal}"
        for deal, end in ends.items()
    ]
    return f"A start in {style.joined(starts)} is mature {style.joined(told)}"


def alt(table: pd.DataFrame) -> str:
    """The finding, and the month of each phase."""
    parts = [
        f"{_named(phase)}: {row[PLANNED]} as planned, between {row[LOW]} and {row[HIGH]} in 80 of "
        f"100 futures, {row[WAITING]} a year later"
        for phase, row in table.iterrows()
    ]
    return f"{finding(table)}. {style.listed(parts)}"


def height(table: pd.DataFrame) -> float:
    """Height that the picture needs [inches]."""
    return 1.7 + 0.5 * len(table)


def draw(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """One row a phase, and deal, from ``run.maturity()``: a filled mark as planned, a line from P10
    to P90, a hollow mark a year later. Months beyond those looked at are left out.
    """
    ax = style.axes(ax, height(table))
    for place, (_, row) in enumerate(table.iterrows()):
        low, high = _month(row[LOW]), _month(row[HIGH])
        if low is not None and high is not None:
            ax.plot([low, high], [place, place], color=BUYER.colour, linewidth=3, zorder=2)
        _mark(ax, place, row[PLANNED], filled=True)
        _mark(ax, place, row[WAITING], filled=False)
    names = [
        f"{_named(phase)} ({100 * row['share of ceiling']:g} %)" for phase, row in table.iterrows()
    ]
    style.rows(ax, names, 24)
    style.tidy(ax)
    _years(ax, table)
    ax.set_xlabel(
        "filled: as planned, line: P10 to P90; hollow: everything a year later",
        fontsize=LABEL,
        color=INK,
    )
    layout.title(ax, finding(table))
    return ax


def _named(row: Any) -> str:
    """A row's phase, after the deal where there is one."""
    return ", ".join(row) if isinstance(row, tuple) else str(row)


def _mark(ax: Axes, place: int, month: Any, *, filled: bool) -> None:
    at = _month(month)
    if at is None:
        return
    face = BUYER.colour if filled else "white"
    mark = ax.plot(at, place, BUYER.marker, color=face, markersize=8, zorder=3)[0]
    mark.set(markeredgecolor=BUYER.colour if filled else MUTED, markeredgewidth=2)
    ax.annotate(
        str(month),
        (at, place),
        xytext=(0, 8),
        textcoords="offset points",
        ha="center",
        fontsize=SMALL,
        color=INK if filled else MUTED,
    )


def _years(ax: Axes, table: pd.DataFrame) -> None:
    """A mark each January of the years shown."""
    cells = table[[PLANNED, LOW, HIGH, WAITING]].to_numpy().ravel()
    months = [month for month in map(_month, cells) if month is not None]
    first, last = min(months) // 12, max(months) // 12 + 1
    ax.set_xticks(
        [12 * year for year in range(first, last + 1)],
        [str(year) for year in range(first, last + 1)],
    )
    ax.set_xlim(min(months) - 2, max(months) + 3)


def _month(text: Any) -> int | None:
    """A calendar month as a number of months; none for later than looked at."""
    if text == LATER:
        return None
    year, month = str(text).split("-")
    return 12 * int(year) + int(month) - 1


def _year(table: pd.DataFrame, phase: str, column: str) -> str:
    return str(table.loc[phase, column])[:4].replace(LATER[:4], LATER)
