"""A deal's waterfall: from the pricing lines to the buyer's all-in cost."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from scenarios.plots import layout, style
from scenarios.plots.style import BUYER, INK, LABEL, MUTED, PROVIDER, Look, money, signed

MOST = 6
"""Most bars before "other" and the total."""
HALF_A_CENT = 0.005
NAME = 24
"""Letters on a line of a name."""
TOTAL = Look("#888888", "-", "...", "o")


def steps(table: pd.DataFrame) -> pd.Series:
    """What each line adds to the buyer's all-in cost: the six largest in contract order, other."""
    lines = table["buyer"].drop("total").astype(float)
    lines = lines[lines.abs() >= HALF_A_CENT]
    if len(lines) <= MOST:
        return lines
    kept = lines.abs().sort_values(ascending=False, kind="stable").index[:MOST]
    other = lines.drop(kept).sum()
    return pd.concat([lines[lines.index.isin(kept)], pd.Series({"other": other})])


def finding(table: pd.DataFrame) -> str:
    """What the buyer pays all in, what makes most of it, and what takes most off."""
    unit, deal = style.currency(table), table.attrs.get("deal", "This deal")
    lines, total = steps(table), style.cell(table, "total", "buyer")
    text = f"{deal} costs the buyer {money(total, unit)} all in, on average"
    if lines.empty:
        return text
    amounts = {str(name): float(amount) for name, amount in lines.items()}
    largest, smallest = (pick(amounts, key=lambda n: amounts[n]) for pick in (max, min))
    parts = []
    if amounts[largest] > 0:
        parts.append(f"{largest} adds {money(amounts[largest])}")
    if amounts[smallest] < 0:
        parts.append(f"{smallest} takes off {money(-amounts[smallest])}")
    return f"{text}: {style.joined(parts)}"


def alt(table: pd.DataFrame) -> str:
    """The finding, and every bar."""
    unit = style.currency(table)
    bars = [f"{name} {signed(amount, unit)}" for name, amount in steps(table).items()]
    total = f"total {money(style.cell(table, 'total', 'buyer'), unit)}"
    return f"{finding(table)}. Waterfall, mean over the term: {style.listed([*bars, total])}"


def height(table: pd.DataFrame) -> float:
    """Height that the picture needs [inches]."""
    lines = steps(table)
    return 1.7 + style.row_height(lines.index, 0.42, NAME) * (len(lines) + 1)


def draw(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Bars from ``run.waterfall(deal)``: what each line adds or takes off, then the total [money].

    At most six lines and "other"; lines that do not move the buyer's all-in cost are left out.
    """
    ax = style.axes(ax, height(table))
    lines = steps(table)
    start = 0.0
    for place, amount in enumerate(lines):
        _bar(ax, place, start, amount, BUYER if amount > 0 else PROVIDER, signed(amount))
        start += amount
        ax.plot([start, start], [place, place + 1], color=MUTED, linewidth=0.8, zorder=1)
    total = style.cell(table, "total", "buyer")
    _bar(ax, len(lines), 0, total, TOTAL, money(total))
    style.rows(ax, [*lines.index, "buyer's all-in cost"], NAME)
    style.tidy(ax, zero=True)
    style.money_axis(ax, "x", f"{style.currency(table)} over the term, mean".strip())
    ax.use_sticky_edges = False  # a bar that begins at the edge would leave no room for numbers
    ax.margins(x=0.14)
    left, right = ax.get_xlim()
    ax.set_xlim(0 if min([0.0, *lines.cumsum(), total]) >= 0 else left, right)
    layout.title(ax, finding(table))
    return ax


def _bar(ax: Axes, place: int, start: float, amount: float, look: Look, text: str) -> None:
    ax.barh(
        place,
        amount,
        0.62,
        start,
        color=look.colour,
        hatch=look.hatch,
        edgecolor=INK,
        linewidth=0.6,
    )
    ax.annotate(
        text,
        (max(start, start + amount), place),
        xytext=(5, 0),
        textcoords="offset points",
        va="center",
        fontsize=LABEL,
        color=INK,
    )
