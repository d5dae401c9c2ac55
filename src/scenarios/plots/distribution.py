"""Both parties' results by deal: how far they may lie apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure

from scenarios.plots import intervals, layout, style
from scenarios.plots.intervals import Interval
from scenarios.plots.style import BUYER, PROVIDER

Results = Mapping[str, tuple[npt.NDArray[Any], npt.NDArray[Any]]]
"""By deal: the buyer's all-in cost and the provider's contribution on each path [money]."""
RARE = 0.005
"""A chance below half a percent reads as none."""


def finding(results: Results, *, currency: str = "") -> str:
    """Which deal costs the buyer least, and where the provider may lose money."""
    text = intervals.cheapest(list(results), _each(results, 0), currency, "")
    losses = {deal: float((both[1] < 0).mean()) for deal, both in results.items()}
    riskiest = max(losses, key=lambda deal: losses[deal])
    if losses[riskiest] < RARE:
        return text
    chance = style.percent(losses[riskiest])
    return f"{text}; the provider loses money in {chance} of futures under {riskiest}"


def alt(results: Results, *, currency: str = "") -> str:
    """The finding, and the quantiles of both parties' results."""
    buyer, provider = (intervals.told(list(results), _each(results, n), currency) for n in (0, 1))
    return (
        f"{finding(results, currency=currency)}. Intervals by deal, over the whole term. "
        f"Buyer's all-in cost: {buyer} Provider's contribution: {provider}"
    )


def height(results: Results) -> float:
    """Height that the picture needs [inches]."""
    return intervals.height(list(results))


def draw(results: Results, figure: Figure | None = None, *, currency: str = "") -> Figure:
    """Intervals by deal, one panel a party: P10 to P90 thick, P1 to P99 thin, P50 marked.

    ``{deal: (run.total(deal, "all_in"), run.total(deal, "contribution"))}`` gives the results.
    """
    figure = style.figure_or_new(figure, height(results))
    unit = f"{currency} over the term; thick P10 to P90, thin P1 to P99".strip()
    buyer = ("buyer's all-in cost", BUYER, _each(results, 0))
    provider = ("provider's contribution", PROVIDER, _each(results, 1))
    intervals.panels(figure, list(results), (buyer, provider), unit)
    layout.heading(figure, finding(results, currency=currency))
    return figure


def _each(results: Results, party: int) -> list[Interval]:
    quantiles = [
        np.quantile(both[party], (0.1, 0.5, 0.9, 0.01, 0.99)).tolist() for both in results.values()
    ]
    return [Interval(p10, p50, p90, (p1, p99)) for p10, p50, p90, p1, p99 in quantiles]
