"""Who keeps what automation saves: one bar a deal, the buyer's part and the provider's."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes

from scenarios.plots import layout, style
from scenarios.plots.style import BUYER, INK, LABEL, MUTED, PROVIDER, SMALL, Look, money, signed

OFF = "uncertainty off"
PARTIES = (("buyer keeps", BUYER, -0.08), ("provider keeps", PROVIDER, 0.08))
THICK, BELOW = 0.46, 0.34
NOTHING = 0.5
"""Amounts below it read as nothing [money a month]."""
EARLY = "ends before automation is mature"
FITS = 0.1
"""Least part of the saving that is wide enough for its number."""


def finding(table: pd.DataFrame) -> str:
    """Which deal leaves the buyer most, and whether the provider would automate under it."""
    unit = style.currency(table)
    table = table[table["buyer keeps", OFF].notna()]
    if table.empty:
        return "Every deal ends before automation is mature: there is no month to share"
    saving = float(table["saving", OFF].iloc[0])
    keeps = {str(deal): style.cell(table, deal, ("buyer keeps", OFF)) for deal in table.index}
    gain = {str(deal): style.cell(table, deal, ("provider gain", OFF)) for deal in table.index}
    top = max(keeps, key=lambda deal: keeps[deal])
    if abs(saving) < NOTHING:
        return "Automation saves nothing a month: there is nothing to share"
    if saving < 0:
        costs, part = money(-saving, unit), money(-keeps[top], unit)
        return f"Automation costs {costs} a month; under {top} the buyer bears {part} of it"
    leaves = f"leaves the buyer {_part(keeps[top], saving, unit)}"
    loss = f"the provider loses {money(-gain[top], unit)} by automating"
    if gain[top] >= 0:
        return f"{top} {leaves}, and the provider gains {money(gain[top], unit)} by automating"
    willing = [deal for deal in keeps if gain[deal] >= 0]
    if not willing:
        return f"{top} {leaves}, but {loss}"
    best = max(willing, key=lambda deal: keeps[deal])
    most = "all of it" if abs(keeps[top] - saving) < NOTHING else money(keeps[top])
    willingly = f"{best} leaves the buyer {_part(keeps[best], saving, unit)}"
    return f"{willingly}; {top} leaves {most}, but {loss}"


def _part(keeps: float, saving: float, unit: str) -> str:
    whole = f"the {money(saving, unit)} a month"
    if abs(keeps) < NOTHING:
        return f"nothing of {whole}"
    if abs(keeps - saving) < NOTHING:
        return f"all of {whole}"
    if keeps > saving:
        return f"{money(keeps)}, more than {whole} saved"
    return f"{money(keeps)} of {whole}"


def alt(table: pd.DataFrame, *, gains: bool = True) -> str:
    """The finding, and each deal's parts of the saving."""
    unit = style.currency(table)
    parts = []
    for deal in table.index:
        row = table.loc[deal]
        if math.isnan(float(row["buyer keeps", OFF])):
            parts.append(f"{deal} {EARLY}")
            continue
        kept = [
            f"{name.removesuffix(' keeps')} {money(row[name, OFF], unit)} "
            f"(P10 {money(row[name, 'P10'])}, P90 {money(row[name, 'P90'])})"
            for name, _, _ in PARTIES
        ]
        if gains:
            gain = signed(row["provider gain", OFF], unit)
            kept.append(f"provider's gain from automating {gain}")
        parts.append(f"{deal}: {', '.join(kept)}")
    return f"{finding(table)}. Stacked bars, of a mature month: {style.listed(parts)}"


def height(table: pd.DataFrame) -> float:
    """Height that the picture needs [inches]."""
    return 1.9 + style.row_height(table.index, 0.75) * len(table)


def draw(table: pd.DataFrame, ax: Axes | None = None, *, gains: bool = True) -> Axes:
    """One stacked bar a deal from ``run.who_keeps_it()`` [money a mature month].

    Bars are the month with uncertainty off; the lines below a bar are P10 to P90 of the part with
    the same colour. A negative part stands left of zero. On the right, what the provider gains
    over the whole term when it automates, unless ``gains`` are told elsewhere. A deal that ends
    before automation is mature has words in place of a bar.
    """
    ax = style.axes(ax, height(table))
    unit = style.currency(table)
    for place, deal in enumerate(table.index):
        _bar(ax, place, table.loc[deal])
    style.rows(ax, table.index)
    ax.set_ylim(len(table) - 0.3, -0.6)
    style.tidy(ax, zero=True)
    style.money_axis(ax, "x", f"{unit} a mature month; thin lines are P10 to P90".strip())
    ax.margins(x=0.02)
    if gains:
        _gains(ax, table)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False, fontsize=LABEL)
    layout.title(ax, finding(table), above=30)
    return ax


def _bar(ax: Axes, place: int, row: pd.Series) -> None:
    ends = {True: 0.0, False: 0.0}
    for name, look, shift in PARTIES:
        part = float(row[name, OFF])
        start = ends[part >= 0]
        ends[part >= 0] = start + part
        ax.barh(
            place,
            part,
            THICK,
            start,
            color=look.colour,
            hatch=look.hatch,
            edgecolor=INK,
            linewidth=0.6,
            label=name if place == 0 else None,
        )
        low, high = (start + float(row[name, q]) for q in ("P10", "P90"))
        _whisker(ax, place + BELOW + shift / 2, low, high, look)
        span = abs(float(row["saving", OFF])) or abs(part)
        if abs(part) > FITS * span > 0:
            _number(ax, start + part / 2, place, part)
    if math.isnan(float(row["buyer keeps", OFF])):
        ax.annotate(EARLY, (0, place), xytext=(5, 0), textcoords="offset points", va="center")


def _whisker(ax: Axes, y: float, low: float, high: float, look: Look) -> None:
    if high > low:
        ax.plot([low, high], [y, y], color=look.colour, linewidth=2, linestyle=look.dash)
        ax.plot([low, high], [y, y], "|", color=look.colour, markersize=6, markeredgewidth=2)


def _number(ax: Axes, x: float, y: float, amount: float) -> None:
    box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.9, "boxstyle": "round,pad=0.2"}
    ax.text(x, y, money(amount), ha="center", va="center", fontsize=LABEL, bbox=box)


def _gains(ax: Axes, table: pd.DataFrame) -> None:
    """A column of numbers on the right, with its heading at the foot."""
    for y, amount in enumerate(table["provider gain", OFF]):
        ax.annotate(
            signed(float(amount)),
            (1.17, y),
            xycoords=("axes fraction", "data"),
            ha="right",
            va="center",
            fontsize=LABEL,
            annotation_clip=False,
        )
    ax.annotate(
        "provider's gain\nfrom automating,\nwhole term",
        (1.17, 0),
        xycoords="axes fraction",
        xytext=(0, -4),
        textcoords="offset points",
        ha="right",
        va="top",
        fontsize=SMALL,
        color=MUTED,
    )
