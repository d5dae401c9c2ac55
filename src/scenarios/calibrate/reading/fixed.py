"""Dates whose digits always stand at the same places: many at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from scenarios.calibrate.reading.stamps import NONE
from scenarios.world import Array

_WIDTHS = {"Y": 4, "m": 2, "d": 2, "H": 2, "M": 2, "S": 2}
_ZERO = ord("0")


@lru_cache(maxsize=64)
def _layout(pattern: str) -> tuple[int, dict[str, int], dict[int, int]] | None:
    """Length of the text, where each part begins, and what stands between; None if not fixed."""
    places: dict[str, int] = {}
    between: dict[int, int] = {}
    at = 0
    for code, sign in re.findall(r"%(.)|(.)", pattern):
        if code and code not in _WIDTHS:
            return None
        if code:
            places[code] = at
            at += _WIDTHS[code]
        else:
            between[at] = ord(sign)
            at += 1
    return (at, places, between) if {"Y", "m", "d"} <= places.keys() else None


def read_fixed(texts: Sequence[str], pattern: str) -> Array:
    """Seconds since 1970-01-01 of the texts that fill the pattern exactly, else ``NONE``; (texts,).

    ``pattern`` is one of ``strptime``, such as ``%d/%m/%Y %H:%M``; single digits do not fill it.
    """
    read = np.full(len(texts), NONE)
    layout = _layout(pattern)
    if layout is None:
        return read
    width, places, between = layout
    chosen = [n for n, text in enumerate(texts) if len(text) == width]
    if not chosen:
        return read
    letters = np.array([texts[n] for n in chosen]).view(np.uint32).reshape(len(chosen), -1)
    digits = letters.astype(np.int64) - _ZERO
    fits = np.ones(len(chosen), bool)
    for at, sign in between.items():
        fits &= letters[:, at] == sign
    parts = {}
    for code, at in places.items():
        part = digits[:, at : at + _WIDTHS[code]]
        fits &= ((part >= 0) & (part <= 9)).all(axis=1)  # noqa: PLR2004  digits
        parts[code] = part @ 10 ** np.arange(_WIDTHS[code] - 1, -1, -1)
    seconds, valid = _seconds(parts, fits)
    read[np.array(chosen)[valid]] = seconds[valid]
    return read


def _seconds(parts: dict[str, Array], fits: Array) -> tuple[Array, Array]:
    """Seconds since 1970, and which of them are a day and a time that exist."""
    valid = fits & (parts["m"] >= 1) & (parts["m"] <= 12) & (parts["d"] >= 1)  # noqa: PLR2004
    for code, most in (("H", 23), ("M", 59), ("S", 59)):
        if code in parts:
            valid &= parts[code] <= most
    months = np.where(valid, (parts["Y"] - 1970) * 12 + parts["m"] - 1, 0).astype("datetime64[M]")
    begin = months.astype("datetime64[D]").astype(np.int64)
    length = (months + 1).astype("datetime64[D]").astype(np.int64) - begin
    valid &= parts["d"] <= length
    nought = np.zeros(len(fits), np.int64)
    hours, minutes, seconds = (parts.get(code, nought) for code in "HMS")
    return (begin + parts["d"] - 1) * 86400 + hours * 3600 + minutes * 60 + seconds, valid
