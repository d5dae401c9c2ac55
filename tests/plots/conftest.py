"""Tables with round numbers for every picture, and the words that a figure shows."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from scenarios import plots
from scenarios.plots import picture

QUANTILES = ("P10", "P50", "P90")
ONE = ["Outcome"]
FOUR = ["Per agent", "Hourly", "Hybrid", "Outcome"]
SEVEN = [
    f"Outcome {n}, paid for each resolution verified at $4.50 or $5.25 a ticket" for n in range(7)
]
NAMES = {"one deal": ONE, "four deals": FOUR, "seven long names": SEVEN}
PICTURES = (
    "who_keeps_it",
    "break_even",
    "monthly",
    "waterfall",
    "distribution",
    "attainment",
    "per_unit",
)


def _columns(rows: dict[str, dict[tuple[str, str], float]], currency: str) -> pd.DataFrame:
    table = pd.DataFrame.from_dict(rows, orient="index")
    table.columns = pd.MultiIndex.from_tuples(table.columns, names=["measure", "statistic"])
    if currency:
        table.attrs["currency"] = currency
    return table.rename_axis(index="deal")


def who_keeps_it(
    parts: dict[str, tuple[float, float, float]], currency: str = "USD"
) -> pd.DataFrame:
    """By deal: what the buyer and the provider keep, and the provider's gain."""
    rows: dict[str, dict[tuple[str, str], float]] = {}
    for deal, (buyer, provider, gain) in parts.items():
        row = {}
        measures = {"saving": buyer + provider, "buyer keeps": buyer, "provider keeps": provider}
        for measure, amount in (measures | {"provider gain": gain}).items():
            row[measure, "uncertainty off"] = amount
            row |= {(measure, q): amount + 500 * n for n, q in enumerate(QUANTILES, -1)}
        rows[deal] = row
    return _columns(rows, currency)


def break_even(costs: dict[str, tuple[float, float]], currency: str = "USD") -> pd.DataFrame:
    """By deal: the buyer's month without automation and at 80 %, straight between."""
    shares = np.linspace(0, 0.8, 41)
    table = pd.DataFrame(
        {deal: np.linspace(*ends, 41) for deal, ends in costs.items()},
        index=pd.Index(shares, name="automation reached"),
    )
    crossings = []
    names = list(costs)
    for first, one in enumerate(names):
        for other in names[first + 1 :]:
            (a, b), (c, d) = costs[one], costs[other]
            if (a - c) * (b - d) < 0:
                part = (a - c) / ((a - c) - (b - d))
                crossings.append((0.8 * part, a + part * (b - a), one, other))
    table.attrs |= {"crossings": sorted(crossings), "likely": (0.35, 0.58), "expected": 0.5}
    table.attrs |= {"currency": currency} if currency else {}
    return table


def per_unit(centres: dict[str, tuple[float, float]], currency: str = "USD") -> pd.DataFrame:
    """By deal: both parties' P50 a unit; P10 and P90 lie one below and one above."""
    rows: dict[str, dict[tuple[str, str], float]] = {}
    for deal, both in centres.items():
        row = {}
        for measure, centre in zip(("buyer all-in", "provider contribution"), both, strict=True):
            row[measure, "uncertainty off"] = centre - 0.25
            row[measure, "mean"] = centre
            row |= {(measure, q): centre + n for n, q in enumerate(QUANTILES, -1)}
        rows[deal] = row
    return _columns(rows, currency)


def fan(centre: float, months: int = 36) -> pd.DataFrame:
    """A flat fan: P10 and P90 a thousand below and above."""
    index = pd.Index([str(pd.Period("2026-01", freq="M") + n) for n in range(months)], name="month")
    table = pd.DataFrame(
        {q: np.full(months, centre + 1000 * n) for n, q in enumerate(QUANTILES, -1)}, index=index
    )
    table["mean"] = table["P50"]
    return table


def waterfall(lines: dict[str, float], currency: str = "USD") -> pd.DataFrame:
    """Lines in contract order and their total."""
    table = pd.DataFrame({"buyer": [*lines.values(), sum(lines.values())]})
    table.index = pd.Index([*lines, "total"], name="line")
    table.attrs |= {"deal": "Hybrid"} | ({"currency": currency} if currency else {})
    return table


def attainment(shares: dict[tuple[str, str], tuple[float, float]]) -> pd.DataFrame:
    """By deal and KPI: the share of months on target as reported, and truly."""
    rows = [
        {"target": 1.0, "months on target": told, "truly on target": true, "typical": 1.0}
        for told, true in shares.values()
    ]
    columns = ["target", "months on target", "truly on target", "typical"]
    index = pd.MultiIndex.from_tuples(list(shares), names=["deal", "kpi"]) if shares else None
    return pd.DataFrame(rows, index=index, columns=columns)


SPREAD = np.linspace(-1, 1, 101)
SAMPLES: dict[str, Callable[[list[tuple[int, str]]], Any]] = {
    "who_keeps_it": lambda deals: who_keeps_it(
        {deal: (17_000 - 3000 * n, 3000 * n, 20_000 * (n - 1)) for n, deal in deals}
    ),
    "break_even": lambda deals: break_even(
        {deal: (60_000 + 900 * n, 44_000 - 150 * n) for n, deal in deals}
    ),
    "monthly": lambda deals: {
        deal: (fan(60_000 - 2000 * n), fan(9000 - 2000 * n)) for n, deal in deals
    },
    "waterfall": lambda deals: waterfall(
        {f"line {n} of {deal}": 90_000.0 * (-1) ** n * (9 - n) for n, deal in deals}
    ),
    "distribution": lambda deals: {
        deal: (2e6 + 3e5 * SPREAD, 9e4 + 2e5 * n * SPREAD) for n, deal in deals
    },
    "attainment": lambda deals: attainment(
        {(deal, "first_contact"): (0.99 - 0.1 * n, 0.9 - 0.1 * n) for n, deal in deals}
    ),
    "per_unit": lambda deals: per_unit(
        {deal: (5.5 + 0.1 * n, 1.25 - 0.2 * n) for n, deal in deals}
    ),
}


def sample(name: str, deals: list[str]) -> Any:
    """What the picture of this name takes, for these deals."""
    return SAMPLES[name](list(enumerate(deals)))


@dataclass(frozen=True)
class Drawn:
    """A picture's module, the deals it is about, its data and its figure."""

    module: Any
    deals: list[str]
    data: Any
    figure: Figure


@cache
def drawn_once(name: str, number: str) -> Drawn:
    """A picture for one deal, for four, or for seven with long names."""
    module, deals = getattr(plots, name), NAMES[number]
    data = sample(name, deals)
    told = deals[: plots.waterfall.MOST] if name == "waterfall" else deals
    return Drawn(module, told, data, picture.figure(module, data))


CASES = [(name, deals) for name in PICTURES for deals in NAMES]


@pytest.fixture(params=CASES, ids=", ".join)
def drawn(request: pytest.FixtureRequest) -> Drawn:
    """Each picture, for one deal, for four, and for seven with long names."""
    return drawn_once(*request.param)


@pytest.fixture(params=PICTURES)
def four(request: pytest.FixtureRequest) -> Drawn:
    """Each picture, for four deals."""
    return drawn_once(request.param, "four deals")


@pytest.fixture
def words() -> Callable[[Figure], list[tuple[str, Bbox]]]:
    """What gives every text that a figure shows, with its extent [pixels]."""

    def read(figure: Figure) -> list[tuple[str, Bbox]]:
        figure.draw_without_rendering()
        texts = list(figure.texts)
        for legend in figure.findobj(Legend):
            texts += legend.get_texts()
        for ax in figure.axes:
            texts += [*ax.texts, ax.title, ax._left_title, ax.xaxis.label, ax.yaxis.label]
            for axis in (ax.xaxis, ax.yaxis):
                texts += [tick.label1 for tick in axis._update_ticks() if tick.label1.get_visible()]
        shown = [text for text in dict.fromkeys(texts) if text.get_text()]
        return [(text.get_text(), Text.get_window_extent(text)) for text in shown]

    return read


@pytest.fixture
def make() -> dict[str, Callable[..., Any]]:
    """What makes the tables, by picture."""
    made = (who_keeps_it, break_even, per_unit, fan, waterfall, attainment, sample)
    return {function.__name__: function for function in made}
