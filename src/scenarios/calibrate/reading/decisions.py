"""What the reader decided about a file, why, and how to decide otherwise."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Decision:
    """One thing that the file does not say itself, and that was decided from evidence."""

    what: str
    """What had to be decided, such as "delimiter" or "order of day and month"."""
    decided: str
    """What was decided."""
    why: str
    """The evidence, with counts."""
    option: str
    """The keyword that decides it otherwise, as one would write it; empty where there is none."""


@dataclass
class Findings:
    """What comes to light while a file is read; becomes the ``Log``'s own lists in the end."""

    decisions: list[Decision] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    """Rows that are not counted as cases or units, by reason."""
    unused: Counter[str] = field(default_factory=Counter)
    """Single values that were not used though their row was, by reason."""

    def decide(self, what: str, decided: str, why: str, option: str = "") -> None:
        """Note a decision."""
        self.decisions.append(Decision(what, decided, why, option))

    def warn(self, warning: str) -> None:
        """Note a warning, once."""
        if warning not in self.warnings:
            self.warnings.append(warning)

    def leave_out(self, reason: str, rows: int) -> None:
        """Count rows that are left out."""
        if rows:
            self.left_out[reason] += int(rows)

    def do_not_use(self, reason: str, values: int) -> None:
        """Count values that are not used."""
        if values:
            self.unused[reason] += int(values)


def plural(number: int, noun: str) -> str:
    """A count with its noun: "1 row", "2 rows"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def some(items: list[str], most: int = 5) -> str:
    """The first few items of a list, and how many more there are."""
    more = len(items) - most
    return ", ".join(items[:most]) + (f" and {more:,} more" if more > 0 else "")
