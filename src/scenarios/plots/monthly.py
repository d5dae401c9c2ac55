"""Month by month: the buyer's all-in cost and the provider's contribution, one panel a deal."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from scenarios.plots import layout, style
from scenarios.plots.style import BUYER, INK, LABEL, PROVIDER, SMALL, Look, money

Fans = Mapping[str, tuple[pd.DataFrame, pd.DataFrame]]
"""By deal: ``run.monthly("all_in", deal)`` and ``run.monthly("contribution", deal)``."""
ROW = 2.0
"""Height of a row of panels [inches]."""
NOTHING = 0.5
"""Amounts below it read as nothing [money a month]."""
TWO_BY_TWO = 4


def finding(fans: Fans, *, currency: str = "") -> str:
    """Under which deal the buyer's month varies least, and where the provider may lose money."""
    width = {deal: _width(all_in) for deal, (all_in, _) in fans.items()}
    least, most = (pick(width, key=lambda deal: width[deal]) for pick in (min, max))
    alike = len(width) > 1 and width[most] - width[least] < NOTHING
    text = (
        f"From P10 to P90 the buyer's month varies by {money(width[least], currency)} "
        f"on average under {'every deal' if alike else least}"
    )
    if len(width) > 1 and not alike:
        text += f", the least, and by {money(width[most], currency)} under {most}"
    below = {deal: int((own["P10"] < -NOTHING).sum()) for deal, (_, own) in fans.items()}
    worst = max(below.values())
    if not worst:
        return text
    deals = style.joined([deal for deal, months in below.items() if months == worst])
    months = max(len(own) for _, own in fans.values())
    return f"{text}; the provider's P10 is below zero in {worst} of {months} months under {deals}"


def _width(fan: pd.DataFrame) -> float:
    return float((fan["P90"] - fan["P10"]).mean())


def alt(fans: Fans, *, currency: str = "") -> str:
    """The finding, and each deal's typical first and last month for both parties."""
    parts = []
    for deal, both in fans.items():
        first, last = ([money(fan["P50"].iloc[n], currency) for fan in both] for n in (0, -1))
        parts.append(
            f"{deal} buyer from {first[0]} to {last[0]}, provider from {first[1]} to {last[1]}"
        )
    told = style.listed(parts)
    return f"{finding(fans, currency=currency)}. Fans by deal; P50, first to last month: {told}"


def height(fans: Fans) -> float:
    """Height that the picture needs [inches]."""
    return 1.5 + ROW * -(-len(fans) // _columns(len(fans)))


def _columns(deals: int) -> int:
    return 2 if deals == TWO_BY_TWO else min(deals, 3)


def draw(fans: Fans, figure: Figure | None = None, *, currency: str = "") -> Figure:
    """One panel a deal with shared axes: bands are P10 to P90, lines P50 [money a month]."""
    figure = style.figure_or_new(figure, height(fans))
    columns = _columns(len(fans))
    grid = figure.subplots(
        -(-len(fans) // columns), columns, sharex=True, sharey=True, squeeze=False
    ).ravel()
    for ax in grid[len(fans) :]:
        ax.remove()
    for ax, (deal, (all_in, contribution)) in zip(grid, fans.items(), strict=False):
        _fan(ax, all_in, BUYER, "buyer's all-in cost")
        _fan(ax, contribution, PROVIDER, "provider's contribution")
        style.tidy(ax, values="y", zero=True)
        style.money_axis(ax, "y", "", most=5)
        ax.set_title(style.label(deal, 30), loc="left", fontsize=LABEL, color=INK)
        _months(ax, [str(month) for month in all_in.index], 12 // columns)
    figure.supylabel(f"{currency} a month".strip(), fontsize=LABEL, color=INK)
    handles, labels = grid[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower left", ncols=2, frameon=False, fontsize=LABEL)
    layout.heading(figure, finding(fans, currency=currency))
    return figure


def _fan(ax: Axes, fan: pd.DataFrame, look: Look, name: str) -> None:
    month = np.arange(len(fan))
    ax.fill_between(month, fan["P10"], fan["P90"], color=look.colour, alpha=0.3, linewidth=0)
    for end in ("P10", "P90"):  # edges, so that bands are told apart where they overlap
        ax.plot(month, fan[end], color=look.colour, linestyle=look.dash, linewidth=0.8)
    label = f"{name}: P50, band P10 to P90"
    ax.plot(month, fan["P50"], color=look.colour, linestyle=look.dash, linewidth=2, label=label)


def _months(ax: Axes, months: list[str], most: int) -> None:
    """At most so many months named, whole years apart where the months are many."""
    step = next((n for n in (1, 3, 6, 12, 24, 36, 60) if len(months) <= most * n), len(months))
    ticks = range(0, len(months), step)
    ax.set_xticks(ticks, [months[n].removesuffix("-01") for n in ticks])
    ax.tick_params(axis="x", labelbottom=True, labelsize=SMALL)
