"""How every picture looks: what tells deals apart, money in words, axes without clutter."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#000000")
"""The colour-blind safe palette of Okabe and Ito (2008, Color Universal Design), without yellow,
which is too pale on white."""
DASHES: tuple[Any, ...] = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (9, 2)), (0, (1, 3)))
HATCHES = ("", "///", "...", "xxx", "\\\\\\", "---", "++")
MARKERS = ("o", "s", "D", "^", "v", "P", "X")

INK, MUTED, FAINT, BAND = "#222222", "#666666", "#DDDDDD", "#EEEEEE"
TITLE, LABEL, SMALL = 12, 10, 9
"""Font sizes [points]; 10 points are 14 pixels in a picture 900 wide."""
WIDTH, DPI = 9.0, 100
CENTS_BELOW = 100
"""Amounts below it are written with cents."""
NARROW = 20
"""An axis that spans less than this amount is marked with cents."""


@dataclass(frozen=True)
class Look:
    """What tells one series from the others, in colour and in black and white."""

    colour: str
    dash: Any
    hatch: str
    marker: str


def look(place: int) -> Look:
    """The look of the series at this place: a deal keeps its look in every picture of a run."""
    turn = len(COLOURS)
    shifted = (place + place // turn) % turn
    return Look(COLOURS[place % turn], DASHES[shifted], HATCHES[shifted], MARKERS[shifted])


BUYER, PROVIDER = look(0), look(1)
"""The two parties, where a picture sets them beside each other."""


def money(amount: float, currency: str = "") -> str:
    """An amount as people write it: ``17,000 USD``, ``5.58 USD`` below 100; no currency if none."""
    if not math.isfinite(amount):
        return "unknown"
    whole = abs(amount) >= CENTS_BELOW or amount == round(amount)
    text = f"{amount:,.0f}" if whole else f"{amount:,.2f}"
    text = text.removeprefix("-") if not text.strip("-0.,") else text
    return f"{text} {currency}".rstrip()


def signed(amount: float, currency: str = "") -> str:
    """An amount with its sign, also where it is a gain."""
    text = money(amount, currency)
    return f"+{text}" if amount > 0 and text[0] not in "0u" else text


def percent(share: float, digits: int = 0) -> str:
    """A share as a percentage: ``48.8 %``."""
    return f"{100 * share:.{digits}f} %"


def cell(table: pd.DataFrame, row: Any, column: Any) -> float:
    """One number of a table."""
    value: Any = table.loc[row, column]
    return float(value)


def currency(table: Any) -> str:
    """The currency that a table carries, or none."""
    return str(table.attrs.get("currency") or "")


def listed(parts: Iterable[str]) -> str:
    """Parts as one sentence of an alt text."""
    return "; ".join(parts) + "."


def joined(names: Sequence[str]) -> str:
    """Names in a sentence: ``A, B and C``."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def plain(text: str) -> str:
    """Text as it is: a dollar sign is money, not the start of a formula."""
    return text.replace("$", r"\$")


def label(name: object, width: int = 20) -> str:
    """A name on a picture, on as many lines as it takes."""
    return plain(textwrap.fill(str(name).replace("_", " "), width))


def axes(ax: Axes | None, height: float) -> Axes:
    """The axes given, or new ones in a figure that a notebook shows; height in inches."""
    if ax is not None:
        return ax
    figure = _pyplot().figure(figsize=(WIDTH, height), dpi=DPI, layout="constrained")
    made: Axes = figure.subplots()
    return made


def figure_or_new(figure: Figure | None, height: float) -> Figure:
    """The figure given, or a new one.

    A notebook would show a figure that pyplot still holds a second time, so it is let go.
    """
    if figure is not None:
        return figure
    pyplot = _pyplot()
    made: Figure = pyplot.figure(figsize=(WIDTH, height), dpi=DPI, layout="constrained")
    pyplot.close(made)
    return made


def _pyplot() -> Any:
    """Pyplot, which keeps figures and chooses a screen: loaded only when it has to show one."""
    return import_module("matplotlib.pyplot")


def tidy(ax: Axes, *, values: str = "x", zero: bool = False) -> None:
    """Leave what the eye needs: the value axis with a faint grid, and a line at zero if asked."""
    ax.spines[["top", "right", "left" if values == "x" else "bottom"]].set_visible(False)
    ax.spines[["left", "bottom"]].set_color(MUTED)
    ax.tick_params(length=0, labelsize=LABEL, labelcolor=INK)
    ax.grid(axis="x" if values == "x" else "y", color=FAINT, linewidth=0.8)
    ax.set_axisbelow(True)
    if zero:
        line = ax.axvline if values == "x" else ax.axhline
        line(0, color=MUTED, linewidth=1, zorder=1)


def money_axis(ax: Axes, which: str, title: str, most: int = 6) -> None:
    """Amounts with thousands separators on an axis, and its title."""
    axis = ax.xaxis if which == "x" else ax.yaxis

    def mark(value: float, _: int | None) -> str:
        low, high = axis.get_view_interval()
        return f"{value:,.2f}" if abs(high - low) < NARROW else f"{value:,.0f}"

    axis.set_major_locator(MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(mark))
    axis.set_label_text(plain(title), fontsize=LABEL, color=INK)


def row_height(names: Iterable[object], least: float, width: int = 20) -> float:
    """Height of a row that holds the longest name [inches]."""
    lines = max((label(name, width).count("\n") + 1 for name in names), default=1)
    return max(least, 0.1 + lines * LABEL * 1.25 / 72)


def rows(ax: Axes, names: Iterable[object], width: int = 20) -> None:
    """One named row for each, from the top."""
    labels = [label(name, width) for name in names]
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.4, -0.6)
