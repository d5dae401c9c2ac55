"""Cost plus incentive fee, CPIF: cost and a fee that follows it within limits."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from scenarios.clauses.open_book import Cost, actual_cost, buyer_shares, months_of
from scenarios.ledger import Ledger
from scenarios.quantities import Money, Share
from scenarios.term import Array, Clause
from scenarios.world import World


class CostPlusIncentive(Clause):
    """When the {settled} closes, the buyer pays the provider's actual cost of {costs}, read from
    its open books, and a fee. At the target cost of {target_cost} the fee is {target_fee}. Of cost
    above the target the buyer bears {share_over}, and the fee falls by the rest; of cost below it
    the buyer keeps [if share_under is none: the same share][if share_under is not none:
    {share_under}], and the fee rises by the rest.[if min_fee is not none:  The fee is never less
    than {min_fee}.][if max_fee is not none:  The fee is never more than {max_fee}.] The buyer pays,
    or is paid back, the difference to the fees charged so far. If the {settled} ends early, target
    cost and fees count in proportion to
    the months that ran.

    Formula: fee = min(max(TF + (1 - b) * (TC - AC), Fmin), Fmax), b the buyer's share of the side
    of the target; price = AC + fee; range of incentive effectiveness
    [TC - (Fmax - TF) / (1 - b_under), TC + (TF - Fmin) / (1 - b_over)].

    Source: CPIF contracts (FAR 16.405-1); 80/20 in the published example (Wikipedia), 80/20 and
    85/15 with a fee of 10 to 26 on a cost of 200 (brainmass). There is no ceiling on the price, so
    there is no point of total assumption. Fees charged so far are the interim billing.
    """

    budget: ClassVar[str] = "shared savings"

    target_cost: Money
    """Target cost of what is settled [money]."""
    target_fee: Money
    """Fee at target cost [money]."""
    share_over: Share
    """The buyer's share of cost above the target."""
    share_under: Share | None = None
    """The buyer's share of cost saved below the target; none for the same as above."""
    min_fee: Money | None = None
    """Least fee [money]; none for no limit, so that it may fall below 0."""
    max_fee: Money | None = None
    """Most fee [money]; none for no limit."""
    settled: Literal["contract", "contract year"] = "contract"
    """What the targets belong to, and is settled at its close."""
    costs: Annotated[tuple[Cost, ...], Field(strict=False, min_length=1)] = ("labour", "AI")
    """Parts of the provider's cost that count."""

    @model_validator(mode="after")
    def _ordered(self) -> CostPlusIncentive:
        least = self.target_fee if self.min_fee is None else self.min_fee
        most = self.target_fee if self.max_fee is None else self.max_fee
        if not least <= self.target_fee <= most:
            raise ValueError(
                f"the target fee ({self.target_fee:,.0f}) must lie between min_fee "
                f"({least:,.0f}) and max_fee ({most:,.0f})"
            )
        return self

    @classmethod
    def from_points(
        cls,
        optimistic: tuple[float, float],
        target: tuple[float, float],
        pessimistic: tuple[float, float],
        **rest: Any,
    ) -> Self:
        """The clause through three points, each a cost and its fee [money]: shares, least and most
        fee follow from them. Raises ``ValueError`` where the costs do not rise.
        """
        under, over = buyer_shares(optimistic, target, pessimistic)
        (target_cost, target_fee), most, least = target, optimistic[1], pessimistic[1]
        return cls(
            target_cost=target_cost,
            target_fee=target_fee,
            share_over=over,
            share_under=under,
            min_fee=least,
            max_fee=most,
            **rest,
        )

    @property
    def range_of_incentive_effectiveness(self) -> tuple[Any, Any]:
        """The actual costs between which the fee still moves [money]; None on a side without end.

        On a side where the buyer bears everything the fee never moves: there the range ends at the
        target cost.
        """
        low: Any = None
        high: Any = None
        under, over = 1 - self._share_under, 1 - self.share_over
        if not under:
            low = self.target_cost
        elif self.max_fee is not None:
            low = self.target_cost - (self.max_fee - self.target_fee) / under
        if not over:
            high = self.target_cost
        elif self.min_fee is not None:
            high = self.target_cost + (self.target_fee - self.min_fee) / over
        return low, high

    def fee_at(self, cost: Any) -> Any:
        """The fee at this actual cost [money]; numbers or arrays alike."""
        limits = (self.target_cost, self.target_fee, self.min_fee, self.max_fee)
        return self._fee(cost, *limits)

    def price_at(self, cost: Any) -> Any:
        """What the buyer pays at this actual cost: the cost and the fee [money]."""
        return cost + self.fee_at(cost)

    def apply(self, world: World, ledger: Ledger) -> Array:
        """Cost and fee less the fees charged so far, at each close, (months, paths) [money]."""
        every = months_of(self.settled, world)
        cost = world.running(actual_cost(self.costs, world), every)
        ran = world.elapsed(every)
        terms = (self.target_cost, self.target_fee, self.min_fee, self.max_fee)
        parts = [None if money is None else money * ran / every for money in terms]
        price = cost + self._fee(cost, *parts)
        return world.at_close(price - world.running(ledger.fee, every), every)

    @property
    def _share_under(self) -> Any:
        return self.share_over if self.share_under is None else self.share_under

    def _fee(self, cost: Any, target_cost: Any, target_fee: Any, least: Any, most: Any) -> Any:
        gain = np.maximum(target_cost - cost, 0) * (1 - self._share_under)
        pain = np.maximum(cost - target_cost, 0) * (1 - self.share_over)
        fee = target_fee + gain - pain
        if least is not None:
            fee = np.maximum(fee, least)
        return fee if most is None else np.minimum(fee, most)
