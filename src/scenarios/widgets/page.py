"""What the board says, as HTML: see ``templates/board.html``, where every text is escaped."""

from __future__ import annotations

import base64
import math
from collections.abc import Iterator
from typing import Any

import pandas as pd
from jinja2 import Environment, PackageLoader, StrictUndefined

from scenarios.results.summary import ALL_IN, CHANCE, CONTRIBUTION
from scenarios.scenario import Scenario
from scenarios.widgets.model import CHANGE, Dial

_THOUSANDS_FROM = 100_000
_PARTIES = (ALL_IN, CONTRIBUTION)
_WORDS: Any = (
    Environment(
        loader=PackageLoader("scenarios.widgets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    .get_template("board.html")
    .module
)


def head(scenario: Scenario) -> str:
    """The private stamp, what is to be decided, and how the page looks."""
    return f"{_WORDS.style()}{_WORDS.stamp(scenario)}"


def lever(dial: Dial) -> str:
    """A lever's visible label and where it starts."""
    start = f"{dial.start:,.{decimals(dial.step)}f}"
    return str(_WORDS.lever(dial.label, start, dial.ranged))


def no_levers(scenario: Scenario) -> str:
    """How to give a scenario levers, shown with the first number of its first deal."""
    name, deal = next(iter(scenario.deals.items()))
    path, value = next(_numbers(deal.model_dump(mode="json"), ("deals", name)), ("months", 36.0))
    low, high, step = (f"{value * share:g}" for share in (0.8, 1.2, 0.01))
    return str(_WORDS.no_levers(path, low, high, step))


def note(text: str) -> str:
    """A line that tells what is going on."""
    return str(_WORDS.note(text))


def problem(text: str) -> str:
    """What could not be done, in words."""
    return str(_WORDS.problem(text))


def picture(png: bytes, alt: str) -> str:
    """A picture with its words, inside the page: nothing is fetched."""
    return str(_WORDS.picture(alt, base64.b64encode(png).decode()))


def decimals(step: float) -> int:
    """How many decimals a number needs that moves by this step."""
    return max(0, math.ceil(-math.log10(step) - 1e-9))


def table(results: pd.DataFrame, scenario: Scenario) -> str:
    """The numbers of ``Board.results``; amounts of six digits and more stand in thousands."""
    largest = results[list(_PARTIES)].abs().to_numpy().max()
    unit, words = (1000, "Thousand ") if largest >= _THOUSANDS_FROM else (1, "")
    chances = [name for name in results[CHANCE] if results[CHANCE, name].notna().any()]
    rows = [
        {
            "deal": deal,
            "moved": any(results.loc[deal, (CHANGE, party)] != 0 for party in _PARTIES),
            "parties": [_amounts(results.loc[deal], party, unit) for party in _PARTIES],
            "chances": [f"{results.loc[deal, (CHANCE, name)]:.0%}" for name in chances],
        }
        for deal in results.index
    ]
    titles = [f"{party[0].upper()}{party[1:]}" for party in _PARTIES]
    return str(_WORDS.table(f"{words}{scenario.currency}", scenario.months, titles, chances, rows))


def _amounts(row: pd.Series[float], party: str, unit: int) -> list[str]:
    """P10, P50, P90 of one party, and how far its P50 is from the starting offer."""
    shown = [f"{row[party, quantile] / unit:,.0f}" for quantile in ("P10", "P50", "P90")]
    change = row[CHANGE, party] / unit
    shown.append("unchanged" if change == 0 else f"{change:+,.{1 if unit > 1 else 0}f}")
    return [text.replace("-", "\N{MINUS SIGN}") for text in shown]


def _numbers(node: Any, path: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    """Every number above zero with its dotted path; a clause is entered by its kind."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _numbers(value, (*path, key))
    elif isinstance(node, list):
        for value in node:
            if isinstance(value, dict):
                yield from _numbers(value, path)
    elif isinstance(node, int | float) and not isinstance(node, bool) and node > 0:
        yield ".".join(path), node
