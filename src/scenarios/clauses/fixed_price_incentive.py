"""Fixed-price incentive (firm target), FPIF: the price at close, with a ceiling."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.clauses.open_book import Cost, actual_cost, months_of
from scenarios.ledger import Ledger
from scenarios.quantities import Money, Share
from scenarios.term import Array, Clause
from scenarios.world import World


class FixedPriceIncentive(Clause):
    """When the {settled} closes, its price is settled on the provider's actual cost of {costs},
    read from its open books. At the target cost of {target_cost} the price is that cost and a
    target profit of {target_profit}. Of cost above the target the buyer bears {share_over}; of cost
    below it the buyer keeps [if share_under is none: the same share][if share_under is not none:
    {share_under}]. The price never exceeds the ceiling of {ceiling_price}. The buyer pays, or is
    paid back, the difference between this price and the fees charged so far. If the {settled} ends
    early, target cost, target profit and ceiling count in proportion to the months that ran.

    Formula: price = min(TC + TP + b * (AC - TC), CP), b the buyer's share of the side of the
    target; profit = price - AC; point of total assumption PTA = (CP - TC - TP) / b_over + TC.

    Source: FPIF contracts (FAR 16.403-1); 50:50 and a ceiling of 120 % are the usual start
    (DFARS 216.403-1, general knowledge), 80/20 over and 50/50 under typical
    (projectmanagement.com). Above the PTA the provider bears every further cost; it may be in loss
    before. There is no floor under its profit. Fees charged so far are the interim billing.
    """

    budget: ClassVar[str] = "shared savings"

    target_cost: Money
    """Target cost of what is settled [money]."""
    target_profit: Money
    """Profit at target cost [money]."""
    ceiling_price: Money
    """Most that the buyer pays [money]."""
    share_over: Share
    """The buyer's share of cost above the target."""
    share_under: Share | None = None
    """The buyer's share of cost saved below the target; none for the same as above."""
    settled: Literal["contract", "contract year"] = "contract"
    """What the targets belong to, and is settled at its close."""
    costs: Annotated[tuple[Cost, ...], Field(strict=False, min_length=1)] = ("labour", "AI")
    """Parts of the provider's cost that count."""

    @model_validator(mode="after")
    def _ceiling(self) -> FixedPriceIncentive:
        if self.ceiling_price < self.target_price:
            raise ValueError(
                f"the ceiling price ({self.ceiling_price:,.0f}) is below the target price "
                f"({self.target_price:,.0f} = target cost + target profit): raise it to that or "
                "more, or lower the targets"
            )
        return self

    @property
    def target_price(self) -> Any:
        """Target cost and target profit [money]."""
        return self.target_cost + self.target_profit

    @property
    def point_of_total_assumption(self) -> Any:
        """The actual cost from which the provider bears every further cost [money].

        Formula: (CP - TC - TP) / b_over + TC. Where the buyer bears nothing above the target, it is
        the target cost.
        """
        if not self.share_over:
            return self.target_cost
        return (self.ceiling_price - self.target_price) / self.share_over + self.target_cost

    def price_at(self, cost: Any) -> Any:
        """What the buyer pays at this actual cost [money]; numbers or arrays alike."""
        return self._price(cost, self.target_cost, self.target_price, self.ceiling_price)

    def profit_at(self, cost: Any) -> Any:
        """What is left to the provider at this actual cost; below 0 a loss [money]."""
        return self.price_at(cost) - cost

    def apply(self, world: World, ledger: Ledger) -> Array:
        """The price less the fees charged so far, at each close, (months, paths) [money]."""
        every = months_of(self.settled, world)
        cost = world.running(actual_cost(self.costs, world), every)
        ran = world.elapsed(every)
        terms = (self.target_cost, self.target_price, self.ceiling_price)
        price = self._price(cost, *(money * ran / every for money in terms))
        return world.at_close(price - world.running(ledger.fee, every), every)

    def _price(self, cost: Any, target_cost: Any, target_price: Any, ceiling: Any) -> Any:
        share_under = self.share_over if self.share_under is None else self.share_under
        over = np.maximum(cost - target_cost, 0) * self.share_over
        under = np.maximum(target_cost - cost, 0) * share_under
        return np.minimum(target_price + over - under, ceiling)
