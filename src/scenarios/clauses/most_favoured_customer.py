"""Most-favoured customer: no other customer pays less for the same."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from scenarios.ledger import Ledger
from scenarios.quantities import Span
from scenarios.term import Change, Clause, Stage, known_prices
from scenarios.world import World


class MostFavouredCustomer(Clause):
    """The price of {price} shall not exceed the market price of {comparable}, the lowest that the
    provider charges any other customer for the same or a smaller quantity. [if lowered is from the
    date of breach: In every month in which it does, the buyer pays the lower price.][if lowered is
    at reviews: The two are compared after every {every} months, and a lower comparable price is
    paid until the next comparison; what was paid before it is not refunded.]

    Formula: P' = min(P, P_min), month by month, which is the refund of sum (P - P_min) * Q from
    the date of breach; at reviews P' = P * min(1, P_min / P) as it stood at the last review.

    Source: most-favoured-customer clauses (ukrainianlaw.blogspot); the refund from the date of
    breach is general practice. The price recovers where the comparable one does: the promise is
    about what others pay now.
    """

    stage: ClassVar[Stage] = "revise"

    price: str
    """Name of the price that is compared, such as a role, base or unit."""
    comparable: str
    """Name of the market price that is the lowest comparable one [money per unit of the price]."""
    lowered: Literal["from the date of breach", "at reviews"] = "from the date of breach"
    """From when the buyer pays the lower price."""
    every: Span = 12
    """Months between comparisons, where the price is lowered at reviews."""

    def apply(self, world: World, ledger: Ledger) -> Change:
        """The factor on the compared price, never above 1."""
        (name,) = known_prices((self.price,), ledger.prices)
        price, lowest = ledger.prices[name], world[f"market.{self.comparable}"]
        factor = np.where(price > 0, np.minimum(lowest / np.where(price > 0, price, 1), 1), 1)
        if self.lowered == "at reviews":
            month = world.month
            factor = np.where(month < self.every, 1, factor[(month - month % self.every)[:, 0]])
        return Change(price={name: factor})
