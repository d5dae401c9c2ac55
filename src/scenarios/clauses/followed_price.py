"""A clause's own rate that moves with a price of the pricing model, which other clauses revise."""

from __future__ import annotations

import numpy as np

from scenarios.ledger import Ledger
from scenarios.term import Array, known_prices


def since_first_month(price: str, ledger: Ledger) -> Array:
    """What the price in force has become since the first month, (months, 1 or paths) [factor].

    Prices are revised before money moves, so it holds whatever indexation or reviews make of the
    price. Raises ``ValueError`` where there is no such price, or where it starts at 0.
    """
    (name,) = known_prices((price,), ledger.prices)
    held = ledger.prices[name]
    if np.any(held[0] == 0):
        raise ValueError(
            f"the price {name} is 0 in the first month, so nothing can move as it does: follow "
            "another price"
        )
    return np.asarray(held / held[0])
