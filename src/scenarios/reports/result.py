"""What became of one scenario file of a batch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


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
