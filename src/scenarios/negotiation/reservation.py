"""The reservation price: the best alternative, adjusted for what it is worth more or less."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from scenarios.errors import ScenarioError, unknown

Side = Literal["buyer", "seller"]


@dataclass(frozen=True)
class ReservationPrice:
    """The price beyond which a party is better off with its best alternative."""

    price: float
    """The most that a buyer pays, the least that a seller accepts [money]."""
    alternative: str
    """The best alternative to an agreement (BATNA); of equal ones the first."""


def reservation_price(
    prices: Mapping[str, float],
    worth_more: Mapping[str, float] | None = None,
    *,
    side: Side = "buyer",
) -> ReservationPrice:
    """The price at which a party stands as well as with its best alternative [money].

    ``prices`` are those of the alternatives; ``worth_more`` says how much more than what is
    negotiated an alternative is worth to this party, price apart, or less where it is below 0: a
    better product, a saved move, a risk [money]. A buyer pays at most the lowest price less that; a
    seller accepts at least the highest price and that. Raises ``ScenarioError`` for no
    alternatives, an alternative without a price, and what is not finite. Source: Fisher and Ury
    (1981), Getting to yes; Raiffa (1982), The art and science of negotiation.
    """
    if side not in get_args(Side):
        raise ScenarioError(unknown("side", str(side), get_args(Side)))
    if not prices:
        raise ScenarioError("give at least one alternative with its price")
    adjusted = dict(prices)
    for name, worth in (worth_more or {}).items():
        if name not in adjusted:
            raise ScenarioError(unknown("alternative", name, prices))
        adjusted[name] += -worth if side == "buyer" else worth
    for name, price in adjusted.items():
        if not math.isfinite(price):
            raise ScenarioError(f"price and worth of {name!r} must be finite: given {price:g}")
    best = (min if side == "buyer" else max)(adjusted, key=adjusted.__getitem__)
    return ReservationPrice(adjusted[best], best)
