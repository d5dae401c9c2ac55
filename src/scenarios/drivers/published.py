"""Published coefficients: the market figures that a driver takes where a scenario says nothing."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from scenarios.resources import resource


@dataclass(frozen=True)
class Coefficient:
    """A number of a market file, and who says so."""

    number: Any
    """A plain number, or low, mode and high where the file gives a range, as a file writes them."""
    unit: str
    kind: str
    """Observation, model, survey, claim or assumption."""
    source: str


@cache
def published(topic: str) -> Mapping[str, Coefficient]:
    """The coefficients of a topic by key, each with a middle; the file is read once.

    Raises ``ScenarioError`` where the topic does not come with the package.
    """
    with resource("benchmarks", f"{topic}.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["key"]: row for row in csv.DictReader(file)}
    return MappingProxyType({key: _coefficient(row) for key, row in rows.items()})


def _coefficient(row: dict[str, str]) -> Coefficient:
    number: Any = float(row["mid"])
    if row["low"] and row["high"]:
        number = {"low": float(row["low"]), "mode": number, "high": float(row["high"])}
    return Coefficient(number, row["unit"], row["kind"], row["source"])
