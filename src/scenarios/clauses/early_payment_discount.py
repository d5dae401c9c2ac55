"""Discount for early payment, also called cash or prompt-payment discount."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from scenarios.ledger import Ledger
from scenarios.quantities import Share
from scenarios.term import Array, Clause
from scenarios.world import World


class EarlyPaymentDiscount(Clause):
    """From what it pays early, within the days that the payment terms name, the buyer may deduct
    {discount}.

    ``take_up`` is what is expected, not what is agreed. How early, and when the rest is paid,
    stands in the payment terms: give them this share as their ``early_share``. Their share is of
    the fee that is left after the discount, which is a little less than the share of the invoice. A
    negative fee gets no discount.

    Formula: discount(t) = -d * u * max(0, fee(t)).

    Source: trade terms such as 2/10 net 30: 2 % for payment within 10 days, else 30 days net.
    """

    budget: ClassVar[str] = "payment timing"
    invoiced: ClassVar[bool] = False
    planned: ClassVar[tuple[str, ...]] = ("take_up",)

    discount: Share
    """Share deducted from what is paid early."""
    take_up: Share = 1
    """Share of each invoice on which the buyer is expected to take the discount."""

    def apply(self, world: World, ledger: Ledger) -> Array:
        """Minus the discount."""
        return np.maximum(ledger.fee, 0) * (-self.discount * self.take_up)
