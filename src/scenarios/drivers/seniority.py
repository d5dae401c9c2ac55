"""Seniority: who is faster costs more, and a smaller senior team may do the same work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenarios.declared import Declared
from scenarios.quantities import Share
from scenarios.uncertain import Draws, UncertainFactor, UncertainSpeed


class Level(Declared):
    """{share} of the hours are worked {speed} times as fast as usual, at {cost} times the usual
    cost of an hour.

    Usual is whoever the file's hours a unit and costs an hour were measured on. Formula: hours over
    sum(share x speed), cost of an hour times sum(share x cost). Source: weighted averages; levels
    and what they are worth are the analyst's.
    """

    share: Share
    """Share of the hours worked at this level; the shares of all levels sum to 1."""
    speed: UncertainSpeed
    """Units an hour over what is usual."""
    cost: UncertainFactor
    """Cost of an hour over what is usual."""


def speed(levels: Mapping[str, Level], draws: Draws) -> Any:
    """Units that an hour of the mix brings over what is usual, a number or (1, paths)."""
    return _average(levels, draws, "speed")


def relative_cost(levels: Mapping[str, Level], draws: Draws) -> Any:
    """What an hour of the mix costs over what is usual, a number or (1, paths)."""
    return _average(levels, draws, "cost")


def _average(levels: Mapping[str, Level], draws: Draws, what: str) -> Any:
    return sum(
        level.share * draws.value(getattr(level, what), f"delivery.effort.seniority.{name}.{what}")
        for name, level in sorted(levels.items())
    )
