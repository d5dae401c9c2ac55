"""Benchmarking: a price that is reviewed against the market."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from scenarios.ledger import Ledger
from scenarios.quantities import Months, Share, Span
from scenarios.term import Array, Change, Clause, Stage, known_prices
from scenarios.world import World


class PriceReview(Clause):
    """In contract month {first} and every {every} months from then on, the price of {price} is
    compared with the market price of {benchmark}[, as it was {lag} months before]. If it is above
    the market price[ plus {tolerance}], it falls to that limit[if direction is both ways: ; if it
    is below the market price less {tolerance}, it rises to that limit][if most is not none: ; one
    review changes it by at most {most}]. [if direction is downwards only: No review raises a
    price. ]A revised price holds until the next review.

    Formula: P' = P - min(max(0, P - (1 + tolerance) * B), most * P), B the market price; both
    ways also P' = P + min(max(0, (1 - tolerance) * B - P), most * P). P is the price in force,
    after earlier reviews; other clauses may go on moving it between reviews.

    Source: benchmarking clauses of service contracts: the median, every two years, with a limit
    per cycle (contracko.com); the quartile as agreed (Morgan Lewis). A tolerance of 5 to 10 % is
    an assumption; a median correction of 11 to 18 % at mid-term is a vendor's claim
    (reveal-compliance).
    """

    stage: ClassVar[Stage] = "revise"

    price: str
    """Name of the price that is reviewed, such as a role, base or unit."""
    benchmark: str
    """Name of the scenario's market price [money per unit of the price]."""
    first: Span = 25
    """Contract month, from 1, from which the first revised price holds."""
    every: Span = 24
    """Months between reviews."""
    tolerance: Share = 0
    """Relative distance from the market price that is left alone."""
    most: Share | None = None
    """Most change in one review, as a share of the price in force; none for no limit."""
    direction: Literal["downwards only", "both ways"] = "downwards only"
    """Whether a review may also raise the price."""
    lag: Months = 0
    """Months by which the market price that is read is older than the review."""

    def apply(self, world: World, ledger: Ledger) -> Change:
        """The factor on the reviewed price."""
        (name,) = known_prices((self.price,), ledger.prices)
        market = world[f"market.{self.benchmark}"]
        price, market = np.broadcast_arrays(ledger.prices[name], market)
        factor = np.ones_like(market, order="C")
        now = factor[0]
        for month in range(self.first - 1, world.months, self.every):
            in_force = price[month] * now
            revised = self._revised(in_force, market[max(month - self.lag, 0)])
            if not in_force.min() > 0:  # a price of nothing stays nothing
                free = in_force == 0
                revised, in_force = np.where(free, 1, revised), np.where(free, 1, in_force)
            factor[month : month + self.every] = now = now * (revised / in_force)
        return Change(price={name: factor})

    def _revised(self, price: Array, market: Array) -> Array:
        """The price after a review, (paths,) [money per unit]."""
        revised = np.minimum(price, market * (1 + self.tolerance))
        if self.direction == "both ways":
            revised = np.maximum(revised, market * (1 - self.tolerance))
        if self.most is not None:
            revised = np.clip(revised, price * (1 - self.most), price * (1 + self.most))
        return revised
