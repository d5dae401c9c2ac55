"""Arguments and options that several commands take."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from scenarios.errors import Problem, ScenarioError, nearest

if TYPE_CHECKING:
    from scenarios.results.run import Sampling

File = Annotated[Path, typer.Argument(metavar="FILE", help="A scenario file.")]
Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Scenario files.")]
Paths = Annotated[int, typer.Option(min=1, help="How many futures are simulated.")]
Seed = Annotated[int, typer.Option(min=0, help="Decides every draw: same seed, same numbers.")]
SamplingName = Annotated[
    str,
    typer.Option(metavar="random|sobol", help="How futures are drawn: sobol knows means better."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for machines, and nothing else.")]


def sampling_of(name: str) -> Sampling:
    """The way of drawing futures that has this name; raises ``ScenarioError`` if none has."""
    from scenarios.results.run import SAMPLINGS

    return cast("Sampling", known(name, SAMPLINGS, "sampling"))


def known(name: str, allowed: Iterable[str], what: str) -> str:
    """The name as it was given.

    Raises ``ScenarioError`` with all names and the nearest one if it is none of them.
    """
    names = list(allowed)
    if name not in names:
        close = nearest(name, names)
        told = f"there is no such {what}"
        raise ScenarioError(Problem(told, given=name, allowed=", ".join(names), nearest=close))
    return name
