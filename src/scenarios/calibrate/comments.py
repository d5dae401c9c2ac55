"""The comment beside each number of a written section: what it is, on what it rests, how sure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from scenarios.calibrate.estimates import Estimate, rounded

_MEANT = {
    "growth": "a year",
    "volatility": "sd of months",
    "sd": "sd of months",
    "autocorrelation": "kept a month",
    "cases": "share measured",
    "response_rate": "share answered",
    "case_sd": "sd of one case",
}
"""What the last word of a path stands for, in so few words that a line stays short."""
_LONGEST = 17
"""Characters of a file's name that a comment has room for."""


class Comments:
    """What is said beside the numbers of one log."""

    def __init__(self, estimates: Iterable[Estimate], name: str, every: str, periods: int) -> None:
        self._fitted = {one.number: one for one in estimates}
        self._every = every
        self._periods = periods
        self._of = name if len(name) <= _LONGEST else f"{name[:4]}...{name[-5:]}"

    def beside(self, path: str, value: Any) -> str:
        """The comment of the number at a dotted path; a range is its own interval."""
        one = self._fitted.get(path)
        meant = _MEANT.get(path.rpartition(".")[2], "")
        if one is None:
            return f"{self._sure(path, value)}{self._rests(self._periods)}"
        if isinstance(value, dict) and "p10" in value:
            return f"p50 {_short(one.estimate)}; {self._rests(one.periods)}"
        low, high = _short(one.p10), _short(one.p90)
        interval = f"80 % {low} to {high}" if low != high else ""
        told = ", ".join(filter(None, (meant, interval)))
        return f"{told}; {self._rests(one.periods)}" if told else self._rests(one.periods)

    def _sure(self, path: str, value: Any) -> str:
        """Of factors how wide the interval of a typical one is."""
        each = [one for number, one in self._fitted.items() if number.startswith(f"{path}.")]
        if not isinstance(value, list) or not each:
            return ""
        return f"80 % +/-{_short(float(np.median([(one.p90 - one.p10) / 2 for one in each])))}; "

    def _rests(self, periods: int) -> str:
        return f"{periods} {self._every}s of {self._of}"


def _short(number: float) -> str:
    return f"{rounded(number):,.10g}"
