"""Numbers as they are printed: decimal comma or point, grouped thousands, per cent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from scenarios.calibrate.reading.words import is_missing
from scenarios.world import Array

Mark = Literal[".", ","]

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'\u2019_]")
_MONEY = re.compile(r"^(?:[€$£¥]|eur|usd|gbp|chf)|(?:[€$£¥]|eur|usd|gbp|chf)$", re.IGNORECASE)
_NOTE = re.compile(r"(?<=[\d%])(?:\*{1,3}|\([pre]\)|[\u2020\u2021])$", re.IGNORECASE)
"""Marks of footnotes, and of figures that are provisional, revised or estimated."""
_TOKEN = re.compile(r"[+-]?(?:\d[\d.,]*|[.,]\d+)(?:[eE][+-]?\d+)?")
_GROUP = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")


_LARGEST = 1e15
"""What is larger is no number of anything, but an identifier or damage."""


@dataclass(frozen=True)
class NumberForm:
    """How the numbers of a column are printed."""

    mark: Mark = "."
    """The decimal mark; the other one groups thousands."""
    percent: bool = False
    """True where the numbers are per cent without the sign, so that 94.01 is 0.9401."""


def bare(text: str) -> str:
    """A number's text without spaces, thousands marks that are no comma or point, money, notes."""
    return _MONEY.sub("", _NOTE.sub("", _SPACES.sub("", text))).removesuffix("%")


def is_number(text: str) -> bool:
    """True for what may be a number, whatever its decimal mark."""
    return _TOKEN.fullmatch(bare(text)) is not None


def evidence(texts: Iterable[str]) -> Counter[str]:
    """How many of the texts show each decimal mark, and how many could be read in two ways (?)."""
    counts: Counter[str] = Counter()
    for text in texts:
        token = bare(text)
        point, comma = token.count("."), token.count(",")
        if point and comma:
            counts["." if token.rfind(".") > token.rfind(",") else ","] += 1
        elif point > 1 or comma > 1:
            counts["," if point else "."] += 1
        elif point or comma:
            mark = "." if point else ","
            counts["?" if _GROUP.fullmatch(token) else mark] += 1
    return counts


def decimals(text: str, mark: Mark) -> int:
    """How many decimals are printed, those of per cent counted as of a share."""
    token = bare(text)
    return len(token.partition(mark)[2]) + 2 * text.rstrip().endswith("%")


def read_numbers(texts: Sequence[str], form: NumberForm) -> Array:
    """The numbers, (texts,); what is missing or no number is nan; per cent become shares."""
    series = pd.Series(texts, dtype=object)
    if form.mark == ".":
        plainly = pd.to_numeric(series, errors="coerce").to_numpy(dtype=float, copy=True)
    else:
        plainly = np.full(len(series), np.nan)
    todo = np.flatnonzero(~np.isfinite(plainly)).tolist()
    known: dict[str, float] = {}
    for place in todo:
        text = texts[place]
        if text not in known:
            known[text] = _number(text, form.mark)
        plainly[place] = known[text]
    plainly[np.abs(plainly) > _LARGEST] = np.nan
    if form.percent:
        signed = np.fromiter((text.rstrip().endswith("%") for text in texts), bool, len(series))
        plainly = np.where(signed, plainly, plainly / 100)
    return plainly


def _number(text: str, mark: Mark) -> float:
    if is_missing(text):
        return np.nan
    token = bare(text)
    if not _TOKEN.fullmatch(token):
        return np.nan
    group = "," if mark == "." else "."
    whole, _, rest = token.partition(mark)
    if mark in rest or group in rest:
        return np.nan
    if group in whole and not re.fullmatch(
        rf"[+-]?\d{{1,3}}(?:\{group}\d{{2,3}})*\{group}\d{{3}}", whole
    ):
        return np.nan
    value = float(whole.replace(group, "") + (f".{rest}" if mark in token else ""))
    if not np.isfinite(value):
        return np.nan
    return value / 100 if text.rstrip().endswith("%") else value
