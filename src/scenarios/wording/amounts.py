"""Numbers in words: exactly what is settled, never a rounded figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

PER_CENT = ("share", "share a year", "relative change")
"""Units of quantities that are written in per cent."""
PRICES = ("money per hour", "money per unit")
LARGE_PRICE = 1000
"""From here on a whole price is written without decimals, like an amount."""


def number(value: float | Decimal, decimals: int = 0) -> str:
    """All of its digits with thousands separators, and at least so many decimals.

    A float is written as its shortest text that reads back as the same number: 0.12345 is what a
    person wrote, and what is settled.
    """
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    whole, _, rest = f"{exact:,f}".partition(".")
    rest = rest.rstrip("0").ljust(decimals, "0")
    text = f"{whole}.{rest}" if rest else whole
    return text.removeprefix("-") if not exact else text


def in_unit(value: float | Decimal, unit: str, currency: str = "") -> str:
    """A number in its quantity's unit: money with its currency, shares in per cent."""
    if unit in PER_CENT:
        return per_cent(value)
    if unit == "money" or unit in PRICES:
        price = unit in PRICES and 0 < abs(float(value)) < LARGE_PRICE
        whole = value == int(value) and not price
        return f"{number(value, 0 if whole else 2)} {currency}".rstrip()
    return number(value)


def per_cent(share: float | Decimal) -> str:
    """A share in per cent, with all of its digits: 0.12345 is 12.345 %."""
    exact = share if isinstance(share, Decimal) else Decimal(repr(share))
    sign, digits, exponent = exact.as_tuple()
    assert isinstance(exponent, int)  # noqa: S101  no declared number is infinite
    return f"{number(Decimal((sign, digits, exponent + 2)))} %"


def joined(parts: Sequence[str]) -> str:
    """Parts in a sentence: ``A, B and C``."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def by_year(parts: Sequence[str]) -> str:
    """What holds in each contract year, the last going on."""
    if len(parts) == 1:
        return parts[0]
    *years, last = parts
    told = [
        f"{part} in {'contract ' if year == 1 else ''}year {year}"
        for year, part in enumerate(years, 1)
    ]
    return joined([*told, f"{last} from year {len(parts)} on"])


def name(text: str) -> str:
    """A name as words: ``answer_hours`` is answer hours; a text that is no name stays."""
    return text.replace("_", " ") if text.isidentifier() else text


def capital(text: str) -> str:
    """The text with a capital at its start and the rest untouched: KPI bonus stays KPI bonus."""
    return text[:1].upper() + text[1:]


def bound(text: str) -> str:
    """The text with its units bound to their numbers, so that no line ends between the two."""
    return re.sub(r"(?<=\d) (?=%|[A-Z]{3}\b)", "\u00a0", text)
