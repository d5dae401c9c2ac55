"""What an unquoted word in a scenario file means: a number, true, false, nothing, or text."""

from __future__ import annotations

import math
import re

Scalar = str | int | float | bool | None

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
# 1_250_000 and 12_50_000 are both ways in which contracts group digits; the last group has three.
_GROUPED = r"[1-9][0-9]{0,2}(?:_[0-9]{2,3})*_[0-9]{3}"
_NUMBER = re.compile(
    rf"[-+]?(?:(?P<whole>{_GROUPED}|0|[1-9][0-9]*)(?P<point>\.[0-9]*)?|(?P<bare>\.[0-9]+))"
    r"(?P<power>[eE][-+]?[0-9]+)?"
)
_LONGEST = 64


def plain(text: str) -> Scalar:
    """Return what an unquoted word stands for.

    The rules are the YAML 1.2 core schema (https://yaml.org/spec/1.2.2, section 10.3) with two
    differences: digits may be grouped, `10_000` or `10_000.5`; and what has leading zeros or a
    prefix, `007` or `0x1F`, is text, as are `NO`, `1:30` and `2026-01`.

    Raises ValueError, in words that follow the number, if it is infinite, not a number, or
    outside what a computer's number can hold.
    """
    if text in _WORDS:
        return _WORDS[text]
    if _NOT_FINITE.fullmatch(text):
        raise ValueError("must be a finite number")
    number = _NUMBER.fullmatch(text)
    if number is None:
        return text
    if len(text) > _LONGEST:
        raise ValueError(f"is too long for a number (at most {_LONGEST} characters)")
    digits = text.replace("_", "")
    if not (number["point"] or number["bare"] or number["power"]):
        return int(digits)
    value = float(digits)
    if math.isinf(value):
        raise ValueError("is too large for a number (at most about 1.8e308)")
    if value == 0 and re.search("[1-9]", re.split("[eE]", digits)[0]):
        raise ValueError("is too small for a number (at least about 5e-324, or 0)")
    return value
