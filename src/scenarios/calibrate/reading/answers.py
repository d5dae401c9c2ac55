"""Yes and no, met and breached, counts and scores as numbers."""

from __future__ import annotations

import numpy as np

from scenarios.calibrate.reading.words import ANSWERS, is_missing, plain, words
from scenarios.world import Array

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


def flagged(texts: list[str], role: str, *, blank_is_no: bool) -> Array:
    """Words of a role as 1 and 0; "breached" is 0 for a role of what is met, whatever its name."""
    blank = 0.0 if role == "reopened" and blank_is_no else np.nan
    known: dict[str, float] = {}
    for text in set(texts):
        said = answer(text)
        if said is None or (role == "csat" and not said[1]):
            known[text] = blank if is_missing(text) else np.nan
        else:
            value = said[0]
            inverted = role == "sla_breached" and said[1]
            known[text] = float(value != inverted)
    return np.array([known[text] for text in texts], dtype=np.float32)
