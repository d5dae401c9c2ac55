"""The command that shows market figures, and where a number of one's own stands among them."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

import typer

import scenarios as sc
from scenarios.cli.options import known
from scenarios.cli.show import console
from scenarios.errors import ScenarioError


def benchmarks(
    topic: Annotated[
        str | None, typer.Argument(metavar="TOPIC", help="Leave out: list all.")
    ] = None,
    *,
    key: Annotated[str | None, typer.Option(help="Key of one figure of the topic.")] = None,
    value: Annotated[float | None, typer.Option(help="A number to place in its range.")] = None,
) -> None:
    """Print market figures with their sources, or where a number stands among them.

    Example: scenarios benchmarks hourly_rates --key offshore_support --value 22
    """
    if topic is None and key is None and value is None:
        _print_topics()
    elif value is not None:
        if topic is None or key is None:
            raise ScenarioError("to place a value give a topic and --key as well")
        _place(topic, key, value)
    else:
        if topic is None:
            raise ScenarioError("to show one figure give its topic as well")
        _print_figures(topic, key)


def _place(topic: str, key: str, value: float) -> None:
    from scenarios.io.benchmarks import place

    print(place(topic, key, value))


def _print_topics() -> None:
    counts = sc.benchmarks().groupby("topic").size()
    _print(["topic", "figures"], [[str(name), str(count)] for name, count in counts.items()])


def _print_figures(topic: str, key: str | None) -> None:
    """One line a figure, or one figure with all that is known of it."""
    table = sc.benchmarks(topic)
    if key is not None:
        place = list(table["key"]).index(known(key, table["key"], f"figure of {topic}"))
        facts = table.iloc[place].to_dict()
        _print([topic, key], [[str(name), _shown(value)] for name, value in facts.items()])
        return
    columns = ["key", "low", "mid", "high", "unit", "who"]
    rows = table[columns].to_numpy().tolist()
    _print(columns, [[_shown(value) for value in row] for row in rows])


def _print(columns: list[str], rows: list[list[str]]) -> None:
    from rich.table import Table

    numbers = {"low", "mid", "high", "figures"}
    shown = Table()
    for place, name in enumerate(columns):
        side: Literal["left", "right"] = "right" if name in numbers else "left"
        shown.add_column(name, justify=side, overflow="fold", no_wrap=place == 0)
    for row in rows:
        shown.add_row(*row)
    console().print(shown)


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:,.10g}"
    return str(value)
