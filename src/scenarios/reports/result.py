"""What became of one scenario file of a batch, and for whose eyes a report is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scenarios.errors import ScenarioError
from scenarios.scenario import Scenario

PRIVATE = "PRIVATE: shows an estimate of the provider's margin; not for the other party"
"""What every page says at its top."""


@dataclass(frozen=True)
class Result:
    """What became of one scenario file."""

    name: str
    """The scenario's name, or the file's where it could not be read."""
    folder: Path
    page: Path | None
    """The report's page; None where it could not be made."""
    problem: str | None
    """Why it could not be made; a report of an earlier run is then still as it was."""
    summary: str
    """The answer in one line; empty where there is none."""
    scenario: Scenario | None = None
    """The scenario that was loaded; None where the file could not be used."""
    bad: ScenarioError | None = None
    """What is wrong with the file, under the name that was given for it."""
