"""Market figures with their sources, and where a number of a deal stands among them."""

from __future__ import annotations

import math
from decimal import Decimal

import pandas as pd

from scenarios.errors import Problem, ScenarioError, nearest
from scenarios.io.benchmark_file import COLUMNS, NUMBERS, read_benchmarks
from scenarios.resources import resource

_READABLE_DIGITS = 4


def benchmarks(topic: str | None = None) -> pd.DataFrame:
    """Return the market figures of a topic, or of all topics with a `topic` column.

    One row a figure; `low`, `mid` and `high` are in [the row's unit], NaN where the source gives
    none; the other columns are text. What the columns mean stands beside the files.

    Raises ScenarioError for an unknown topic and for a file that breaks the rules.
    """
    paths = {path.stem: path for path in sorted(resource("benchmarks").glob("*.csv"))}
    if topic is None:
        tables = [read_benchmarks(path).assign(topic=name) for name, path in paths.items()]
        return pd.concat(tables, ignore_index=True)[["topic", *COLUMNS]]
    if topic not in paths:
        raise ScenarioError(_unknown("topic of market figures", topic, list(paths)))
    return read_benchmarks(paths[topic])


def position(value: float, low: float, high: float) -> str:
    """Say where a value stands in a market range: `22.00 in 15-25: upper third`.

    The words are below, lower third, middle third, upper third, above. Both ends belong to the
    range, a boundary between thirds to the upper one. Where low equals high the words are
    below, equal, above. All three in [the same unit].

    Raises ScenarioError if a number is not finite or low is above high.
    """
    if not all(map(math.isfinite, (value, low, high))) or low > high:
        raise ScenarioError(
            Problem(
                "a position needs finite numbers and a range from low to high",
                given=f"value {value}, low {low}, high {high}",
            )
        )
    joint = " to " if low < 0 else "-"
    span = _plain(low) if low == high else f"{_plain(low)}{joint}{_plain(high)}"
    return f"{_amount(value)} in {span}: {_words(value, low, high)}"


def place(topic: str, key: str, value: float) -> str:
    """Say where a value stands against one market figure, with its unit and who said it.

    The range is from the smallest to the largest number that the figure has.

    Raises ScenarioError for an unknown topic or key, and for a value that is not finite.
    """
    table = benchmarks(topic).set_index("key")
    if key not in table.index:
        raise ScenarioError(_unknown(f"figure of {topic}", key, list(table.index)))
    row = table.loc[key].to_dict()
    numbers = [row[name] for name in NUMBERS if not math.isnan(row[name])]
    return f"{position(value, min(numbers), max(numbers))} ({row['unit']}; {row['who']})"


def _unknown(what: str, given: str, allowed: list[str]) -> Problem:
    return Problem(
        f"unknown {what}",
        given=repr(given),
        allowed=", ".join(allowed),
        nearest=nearest(given, allowed),
    )


def _words(value: float, low: float, high: float) -> str:
    if value < low:
        return "below"
    if value > high:
        return "above"
    if low == high:
        return "equal"
    thirds = 3 * (value - low) / (high - low)
    return ("lower third", "middle third", "upper third")[min(int(thirds), 2)]


def _amount(value: float) -> str:
    """Two decimals as in a price, more only where two would hide the number."""
    return f"{value:,.2f}" if abs(value) >= 1 or value == round(value, 2) else _plain(value)


def _plain(value: float) -> str:
    """The number without exponent and without trailing zeros, thousands set apart."""
    rounded = float(f"{value:.{_READABLE_DIGITS}g}") if abs(value) < 1 else round(value, 2)
    return f"{Decimal(repr(rounded + 0.0)).normalize():,f}"
