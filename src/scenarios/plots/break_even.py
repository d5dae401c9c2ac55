"""Break-even: the buyer's all-in month under each deal, by how far automation gets."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Annotation
from matplotlib.ticker import PercentFormatter

from scenarios.plots import layout, style
from scenarios.plots.style import BAND, INK, LABEL, MUTED, SMALL, money, percent

Crossing = tuple[float, float, str, str]
HEIGHT = 5.2
NOTED = 4
"""Most crossings that are labelled: those nearest to the band of likely ceilings."""
TOLD = 2
"""Most changes of the cheapest deal that a title tells."""


def finding(table: pd.DataFrame) -> str:
    """Which deal is cheapest for the buyer, and up to how much automation."""
    likely = table.attrs.get("likely")
    range_ = f"; a ceiling of {_range(likely)} is likely" if likely else ""
    turns = sorted(one[0] for one in nearest(table) if _on_the_floor(table, one))
    ends = [float(table.index[0]), *turns, float(table.index[-1])]
    cheapest = [_cheapest(table, (low + high) / 2) for low, high in pairwise(ends)]
    if 0 < len(turns) <= TOLD:
        first = (
            f"{cheapest[0]} costs the buyer least until automation passes {percent(turns[0], 1)}"
        )
        steps = zip(cheapest[1:-1], turns[1:], strict=True)
        between = [f"{deal} until {percent(share, 1)}" for deal, share in steps]
        return f"{', '.join([first, *between])}, then {cheapest[-1]}{range_}"
    share = float(table.attrs.get("expected", table.index[len(table) // 2]))
    best = _cheapest(table, share)
    amount = money(_cost(table, best, share), style.currency(table))
    scope = "" if len(table.columns) == 1 else " least,"
    return f"{best} costs the buyer{scope} {amount} a month at {percent(share)} automation{range_}"


def alt(table: pd.DataFrame) -> str:
    """The finding, each deal's month at both ends, and the crossings."""
    unit = style.currency(table)
    first, last = table.index[0], table.index[-1]
    ends = [
        f"{deal} from {money(table[deal].iloc[0], unit)} to {money(table[deal].iloc[-1], unit)}"
        for deal in table.columns
    ]
    meets = [
        f"{one} and {other} meet at {percent(share, 1)}, {money(cost, unit)}"
        for share, cost, one, other in table.attrs.get("crossings", [])
    ]
    crossed = f" {style.listed(meets)}" if meets else " No lines cross."
    told = style.listed(ends) + crossed
    scope = f"automation from {percent(first)} to {percent(last)}"
    return f"{finding(table)}. Lines of the buyer's all-in month, {scope}: {told}"


def height(table: pd.DataFrame) -> float:
    """Height that the picture needs [inches]: all labels must find room beside the axes."""
    return max(HEIGHT, 2 + style.row_height(table.columns, 0) * len(table.columns))


def draw(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """One line a deal from ``sc.break_even(scenario)``: the buyer's all-in month [money].

    The band is P10 to P90 of the ceiling of automation; marks are where two deals cost the same.
    """
    ax = style.axes(ax, height(table))
    labels = [_line(ax, table, place) for place in range(len(table.columns))]
    ax.set_xlim(float(table.index[0]), float(table.index[-1]))
    ax.margins(y=0.12)
    style.tidy(ax, values="y")
    ax.spines["bottom"].set_visible(True)
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0, symbol=" %"))
    ax.set_xlabel("automation reached, share of units", fontsize=LABEL, color=INK)
    style.money_axis(ax, "y", f"buyer's all-in cost a month, {style.currency(table)}".rstrip(", "))
    _band(ax, table)
    for share, cost, *_ in table.attrs.get("crossings", []):
        ax.plot(share, cost, "o", color="white", markeredgecolor=INK, markersize=6, zorder=4)
    layout.title(ax, finding(table))
    layout.end_labels(ax, labels)
    layout.declutter(ax, [_note(ax, one) for one in noted(table)])
    return ax


def _line(ax: Axes, table: pd.DataFrame, place: int) -> Annotation:
    look = style.look(place)
    name = table.columns[place]
    cost = table[name].to_numpy(dtype=float)
    x = table.index.to_numpy(dtype=float)
    ax.plot(x, cost, color=look.colour, linestyle=look.dash, linewidth=2.2, zorder=3)
    return ax.annotate(
        style.label(name),
        (x[-1], cost[-1]),
        xytext=(1.04, 0.5),
        textcoords="axes fraction",
        va="center",
        fontsize=LABEL,
        color=INK,
        annotation_clip=False,
        arrowprops={
            "arrowstyle": "-",
            "color": look.colour,
            "relpos": (0, 0.5),
            "patchA": None,  # else the line stops at the edge of a tall label, beside the next
            "shrinkA": 5,
        },
    )


def _band(ax: Axes, table: pd.DataFrame) -> None:
    likely = table.attrs.get("likely")
    if not likely:
        return
    ax.axvspan(*likely, color=BAND, zorder=0, linewidth=0)
    middle = (likely[0] + likely[1]) / 2
    ax.text(
        middle,
        0.99,
        f"likely ceiling\n{_range(likely)}",
        transform=ax.get_xaxis_transform(),
        ha="center",
        va="top",
        fontsize=SMALL,
        color=MUTED,
    )


def _note(ax: Axes, crossing: Crossing) -> Annotation:
    share, cost, *_ = crossing
    box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "boxstyle": "round,pad=0.15"}
    return ax.annotate(
        f"{percent(share, 1)}, {money(cost)}",
        (share, cost),
        xytext=(0, -15),
        textcoords="offset points",
        ha="center",
        va="center",
        fontsize=SMALL,
        color=INK,
        bbox=box,
        zorder=5,
    )


def nearest(table: pd.DataFrame) -> list[Crossing]:
    """The crossings, the nearest to the middle of the likely ceilings first."""
    crossings: list[Crossing] = list(table.attrs.get("crossings", []))
    likely = table.attrs.get("likely") or (table.index[0], table.index[-1])
    middle = sum(likely) / 2
    return sorted(crossings, key=lambda one: abs(one[0] - middle))


def _cheapest(table: pd.DataFrame, share: float) -> str:
    return min(map(str, table.columns), key=lambda deal: _cost(table, deal, share))


def noted(table: pd.DataFrame) -> list[Crossing]:
    """The crossings that are labelled: the nearest, and of several at one point the first."""
    found: dict[tuple[float, float], Crossing] = {}
    for one in nearest(table):
        found.setdefault((round(one[0], 2), round(one[1])), one)
    return list(found.values())[:NOTED]


def _on_the_floor(table: pd.DataFrame, crossing: Crossing) -> bool:
    """Whether no other deal is cheaper where these two cross."""
    share, cost, *_ = crossing
    lowest = min(_cost(table, deal, share) for deal in table.columns)
    return cost <= lowest + 1e-6 * abs(lowest) + 1e-9


def _cost(table: pd.DataFrame, deal: str, share: float) -> float:
    return float(np.interp(share, table.index.to_numpy(dtype=float), table[deal].to_numpy()))


def _range(likely: tuple[float, float]) -> str:
    return f"{percent(likely[0])} to {percent(likely[1])}"
