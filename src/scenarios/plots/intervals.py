"""Ranges by deal, for both parties side by side: what two pictures share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from scenarios.plots import style
from scenarios.plots.style import INK, LABEL, SMALL, Look, money


@dataclass(frozen=True)
class Interval:
    """Quantiles of one deal's result; ``far`` is P1 and P99, ``off`` the uncertainty-off value."""

    p10: float
    p50: float
    p90: float
    far: tuple[float, float] | None = None
    off: float | None = None


Panel = tuple[str, Look, Sequence[Interval]]


def height(names: Sequence[str]) -> float:
    """Height that the picture needs [inches]."""
    return 2.1 + style.row_height(names, 0.62) * len(names)


def panels(figure: Figure, names: Sequence[str], both: tuple[Panel, Panel], unit: str) -> None:
    """One panel a party, one row a deal: P10 to P90 thick, P1 to P99 thin, P50 marked."""
    left, right = figure.subplots(1, 2, sharey=True)
    for ax, (title, look, intervals) in zip((left, right), both, strict=True):
        for place, interval in enumerate(intervals):
            _row(ax, place, interval, look)
        style.tidy(ax)
        style.rows(ax, names)
        style.money_axis(ax, "x", unit, most=4)
        ax.set_title(title, loc="left", fontsize=LABEL, color=INK)
        ax.margins(x=0.08)
        low, high = ax.get_xlim()
        if low <= 0 <= high:
            ax.axvline(0, color=style.MUTED, linewidth=1.2, zorder=1)


def _row(ax: Axes, y: int, interval: Interval, look: Look) -> None:
    if interval.far:
        ax.plot(interval.far, [y, y], color=look.colour, linewidth=1.2, solid_capstyle="butt")
    ends = [interval.p10, interval.p90]
    ax.plot(ends, [y, y], color=look.colour, linewidth=8, solid_capstyle="butt")
    ax.plot(interval.p50, y, "|", color=INK, markersize=16, markeredgewidth=2.2)
    if interval.off is not None:
        ax.plot(interval.off, y, "D", color="white", markeredgecolor=INK, markersize=6, zorder=4)
    ax.annotate(
        money(interval.p50),
        (interval.p50, y),
        xytext=(0, 11),
        textcoords="offset points",
        ha="center",
        va="bottom",
        fontsize=SMALL,
        color=INK,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 0.5},
    )


def cheapest(names: Sequence[str], costs: Sequence[Interval], unit: str, each: str) -> str:
    """Which deal costs the buyer least, typically and when things go badly."""
    typical = min(range(len(names)), key=lambda place: costs[place].p50)
    safest = min(range(len(names)), key=lambda place: costs[place].p90)
    middle, worst = money(costs[typical].p50, unit), money(costs[typical].p90, unit)
    name = names[typical]
    if len(names) == 1:
        return f"{name} typically costs the buyer {middle}{each}, one time in ten over {worst}"
    if typical == safest:
        return (
            f"{name} costs the buyer least{each}: typically {middle}, one time in ten over {worst}"
        )
    text = f"{name} typically costs the buyer least{each}, {middle}, but one time in ten over"
    return f"{text} {worst}; under {names[safest]} that is {money(costs[safest].p90, unit)}"


def told(names: Sequence[str], intervals: Sequence[Interval], unit: str) -> str:
    """The quantiles in words, for an alt text."""
    return style.listed(
        f"{name} P10 {money(one.p10, unit)}, P50 {money(one.p50, unit)}, P90 {money(one.p90, unit)}"
        + ("" if one.off is None else f", uncertainty off {money(one.off, unit)}")
        for name, one in zip(names, intervals, strict=True)
    )
