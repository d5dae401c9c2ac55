"""Yes and no, met and breached, counts and scores as numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from scenarios.calibrate.reading.decisions import Findings, some
from scenarios.calibrate.reading.words import ANSWERS, is_missing, plain, words
from scenarios.world import Array

_OPEN = frozenset(
    (
        *("offered", "not offered", "in progress", "running", "paused", "detached"),
        *("service target warning", "service targets warning", "no service target assigned"),
    )
)
"""Words for what is not decided yet, or was not answered: as good as nothing written."""
_FEW = 0.05
"""Share of the words up to which unknown ones are passed over: assumption."""
_WITH = frozenset(("with", "mit", "con", "avec", "com"))
"""What follows an answer that stays the same: good with comment."""


def answer(text: str) -> tuple[bool, bool] | None:
    """Yes or no, and whether the word says what is good; None for other words."""
    found = ANSWERS.get(plain(text.strip()).removesuffix(".0").replace("_", " "))
    if found is None and len(parts := words(text.strip())) > 1 and parts[1] in _WITH:
        return ANSWERS.get(parts[0])
    return found


def counted(numbers: Array, role: str, *, blank_is_no: bool) -> Array:
    """Numbers of a role: a count of reopenings becomes yes or no, a score stays."""
    if role == "csat":
        return numbers.astype(np.float32)
    missing = 0.0 if role == "reopened" and blank_is_no else np.nan
    return np.where(np.isnan(numbers), missing, numbers > 0).astype(np.float32)


@dataclass
class Heard:
    """What the words of a role were, over a whole file, in numbers of rows."""

    known: Counter[float] = field(default_factory=Counter)
    """By 1 and 0."""
    unknown: Counter[str] = field(default_factory=Counter)
    blank: int = 0

    def tell(self, role: str, findings: Findings, *, blank_is_no: bool) -> bool:
        """Say what was not understood; False where the column is better left out."""
        written, unknown = self.known.total() + self.unknown.total(), self.unknown.total()
        if unknown:
            told = some([f"{word!r} {rows:,}x" for word, rows in self.unknown.most_common()])
            out = unknown > _FEW * written
            findings.warn(
                f"{role}: {'left out, ' if out else ''}{unknown:,} of {written:,} words are not "
                f"known: {told}"
            )
            findings.do_not_use(f"{role} in words that are not known", unknown)
            if out:
                return False
        one_kind = len(self.known) == 1 and role != "csat"
        if one_kind and not blank_is_no and self.blank > _FEW * (written + self.blank):
            findings.warn(
                f"{role}: left out, {written:,} rows have one kind of answer and {self.blank:,} "
                "are blank, which may be the other answer or not known: write both"
            )
            return False
        return True


def flagged(texts: list[str], role: str, heard: Heard, *, blank_is_no: bool) -> Array:
    """Words of a role as 1 and 0; "breached" is 0 for a role of what is met, whatever its name."""
    counts = Counter(texts)
    blank = 0.0 if role == "reopened" and blank_is_no else np.nan
    known: dict[str, float] = {}
    for text, rows in counts.items():
        said = answer(text)
        if said is None or (role == "csat" and not said[1]):
            missing = is_missing(text)
            known[text] = blank if missing else np.nan
            if missing:
                heard.blank += rows
            elif plain(text.strip()).replace("_", " ") not in _OPEN:
                heard.unknown[text] += rows
        else:
            value = said[0]
            inverted = role == "sla_breached" and said[1]
            known[text] = float(value != inverted)
            heard.known[known[text]] += rows
    return np.array([known[text] for text in texts], dtype=np.float32)
