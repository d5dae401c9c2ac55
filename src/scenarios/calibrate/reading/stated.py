"""Times that a file states against its own dates: which unit, which dates, which rows disagree."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from scenarios.calibrate.reading.chunks import Chunk
from scenarios.calibrate.reading.decisions import Findings, some
from scenarios.calibrate.reading.durations import DurationForm, is_two_part
from scenarios.calibrate.reading.numbers import decimals
from scenarios.world import Array

_AGAINST = {
    "resolution_time": ("resolved_after", "closed_after"),
    "answer_time": ("responded_after",),
}
_LISTED = 5
_ROUNDING = 1.01 / 60
"""A date printed to the minute is off by up to a minute [hours]."""
_WHOLE_DAY = 24.01
"""A date without a time of day is off by up to a day [hours]."""
_UNITS = {1.0: "seconds", 60.0: "minutes", 3600.0: "hours", 86400.0: "days"}
_SAME = 0.9
"""Share of rows that agree from which a stated time is taken to mean these dates; an assumption."""


@dataclass
class Comparison:
    """How a stated time compares with one of the dates."""

    agree: int = 0
    disagree: int = 0
    examples: list[tuple[int, str, float]] = field(default_factory=list)
    """Line, what is stated, and what the dates give [hours]."""
    ratios: Counter[float] = field(default_factory=Counter)
    """How often the dates give so many seconds for each 1 that is stated; at 0 all of them."""

    def add(self, compared: int, apart: list[int], chunk: Chunk, role: str, given: Array) -> None:
        """Take in how many rows of a chunk were compared, and which disagree."""
        self.agree += compared - len(apart)
        self.disagree += len(apart)
        for n in apart[: max(0, _LISTED - len(self.examples))]:
            self.examples.append((chunk.lines[n], chunk.texts[role][n], float(given[n])))

    @property
    def compared(self) -> int:
        """How many rows have both."""
        return self.agree + self.disagree

    @property
    def unit(self) -> float | None:
        """The unit that nearly all dates confirm [seconds]."""
        if not self.ratios[0.0]:
            return None
        unit = max(_UNITS, key=lambda one: self.ratios[one])
        return unit if self.ratios[unit] >= _SAME * self.ratios[0.0] else None


@dataclass
class Stated:
    """Comparisons by role and date."""

    by_role: dict[str, dict[str, Comparison]] = field(default_factory=dict)
    coarse: set[str] = field(default_factory=set)
    """Times known to the day alone: what is stated is then the better of the two."""

    def compare(
        self, role: str, columns: dict[str, Array], chunk: Chunk, form: DurationForm
    ) -> None:
        """Take in a chunk: a stated time agrees within its printed decimals and a minute."""
        for other in _AGAINST.get(role, ()):
            if other not in columns:
                continue
            found = self.by_role.setdefault(role, {}).setdefault(other, Comparison())
            said, given = columns[role], columns[other]
            both = np.flatnonzero(np.isfinite(said) & np.isfinite(given))
            if form.open_unit:
                _ratios(found, said[both], given[both])
            else:
                room = _WHOLE_DAY if other in self.coarse else _ROUNDING
                apart = both[np.abs(said[both] - given[both]) > room]
                truly = _beyond_printed(apart, said, given, chunk.texts[role], form, room)
                found.add(len(both), truly, chunk, role, given)

    def settle(
        self, columns: dict[str, Array], form: dict[str, DurationForm], findings: Findings
    ) -> None:
        """Give open units the one that the dates confirm, and tell which stated times disagree.

        ``columns`` are changed: a stated time whose unit stays open is taken out, and so is one
        that says the same as the dates.
        """
        for role in [role for role in form if role in columns]:
            compared = self.by_role.get(role, {})
            if not form[role].open_unit:
                _tell(role, columns, compared, findings, self.coarse)
            elif (other := _settle_unit(role, columns, compared, findings)) is not None:
                _as_dates(role, other, columns, self.coarse)
            else:
                del columns[role]


def _ratios(found: Comparison, said: Array, given: Array) -> None:
    """Count which unit would make the stated number what the dates give."""
    positive = (said > 0) & (given > 0)
    ratio = given[positive] * 3600 / said[positive]
    for unit in _UNITS:
        near = np.abs(ratio / unit - 1) < 0.02  # noqa: PLR2004  rounding
        found.ratios[unit] += int(near.sum())
    found.ratios[0.0] += int(positive.sum())


def _beyond_printed(
    apart: Array, said: Array, given: Array, texts: list[str], form: DurationForm, room: float
) -> list[int]:
    """Those that differ by more than the dates leave open and the last printed place together."""
    return [n for n in apart.tolist() if abs(said[n] - given[n]) > room + _printed(texts[n], form)]


def _printed(text: str, form: DurationForm) -> float:
    """How far the last printed place is from the truth at most [hours]."""
    if is_two_part(text):
        return _ROUNDING
    return 0.51 * (form.unit or 0.0) / 3600 * 10.0 ** -decimals(text, form.number.mark)


def _settle_unit(
    role: str, columns: dict[str, Array], compared: dict[str, Comparison], findings: Findings
) -> str | None:
    """Scale a stated time by the unit that dates confirm; which dates, or None."""
    for other, found in compared.items():
        if (unit := found.unit) is not None:
            columns[role] = columns[role] * (unit / 3600)
            rows = f"{found.ratios[unit]:,} of {found.ratios[0.0]:,} rows"
            told = f"{rows} then agree with {_dates(other)}"
            findings.decide(
                f"unit of {role}", _UNITS[unit], told, f'columns={{"{role}": "NAME [hours]"}}'
            )
            return other
    findings.warn(
        f"{role}: nothing says its unit: not used; say columns={{"
        f'"{role}": "NAME [hours]"}}, or minutes, seconds, days'
    )
    return None


def _tell(
    role: str,
    columns: dict[str, Array],
    compared: dict[str, Comparison],
    findings: Findings,
    coarse: set[str],
) -> None:
    """Which dates a stated time means, and the rows where it says something else."""
    counted = [(other, found) for other, found in compared.items() if found.compared]
    if not counted:
        return
    other, best = max(counted, key=lambda pair: pair[1].agree / pair[1].compared)
    if best.agree < _SAME * best.compared:
        findings.warn(
            f"{role}: only {best.agree:,} of {best.compared:,} stated values are what "
            f"{_dates(other)} give: it measures something else, such as business hours "
            f"({_examples(best)})"
        )
        return
    if best.disagree:
        findings.warn(
            f"{role}: {best.disagree:,} of {best.compared:,} stated values contradict "
            f"{_dates(other)} ({_examples(best)}); the "
            f"{'stated ones' if other in coarse else 'dates'} are used"
        )
    _as_dates(role, other, columns, coarse)


def _as_dates(role: str, other: str, columns: dict[str, Array], coarse: set[str]) -> None:
    """A stated time that is what the dates give fills them where missing, and replaces days."""
    if other in ("resolved_after", "responded_after") or "resolved_after" not in columns:
        said, given = columns.pop(role), columns[other]
        columns[other] = said if other in coarse else np.where(np.isnan(given), said, given)
        coarse.discard(other)


def _dates(other: str) -> str:
    return f"the dates of opened and {other.removesuffix('_after')}"


def _examples(found: Comparison) -> str:
    return some(
        [f"line {line}: {text} against {hours:.4g} h" for line, text, hours in found.examples], 3
    )
