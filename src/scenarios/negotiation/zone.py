"""The bargaining zone: the prices between the two parties' reservation prices."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scenarios.errors import ScenarioError


@dataclass(frozen=True)
class Gains:
    """What each party gains over its best alternative."""

    seller: float
    """[money]"""
    buyer: float
    """[money]"""


@dataclass(frozen=True)
class BargainingZone:
    """The prices that both parties prefer to their best alternatives (ZOPA)."""

    seller_reserve: float
    """The least that the seller accepts [money]."""
    buyer_reserve: float
    """The most that the buyer pays [money]."""

    @property
    def surplus(self) -> float:
        """What both parties together gain by an agreement [money]; below 0 they have no zone."""
        return self.buyer_reserve - self.seller_reserve

    @property
    def exists(self) -> bool:
        """Whether there is a price that neither party has a reason to refuse."""
        return self.surplus >= 0

    def holds(self, price: float) -> bool:
        """Whether neither party has a reason to refuse this price [money]."""
        return self.seller_reserve <= price <= self.buyer_reserve

    def gains_at(self, price: float) -> Gains:
        """What each party gains at this price [money]; below 0 it is better off without."""
        return Gains(seller=price - self.seller_reserve, buyer=self.buyer_reserve - price)

    def price_at(self, seller_share: float = 0.5) -> float:
        """The price at which the seller gets this share of the surplus [money].

        Half of it is the Nash solution, and any other share the one where bargaining power differs.
        Raises ``ScenarioError`` where there is no zone, and for a share below 0 or above 1.
        """
        if not self.exists:
            raise ScenarioError(
                f"there is no bargaining zone: the seller asks {self.seller_reserve:,.2f} at least "
                f"and the buyer pays {self.buyer_reserve:,.2f} at most"
            )
        if not 0 <= seller_share <= 1:
            raise ScenarioError(f"the seller's share must be from 0 to 1: given {seller_share:g}")
        return self.seller_reserve + seller_share * self.surplus


def bargaining_zone(seller_reserve: float, buyer_reserve: float) -> BargainingZone:
    """The prices between the seller's and the buyer's reservation price [money].

    Where the seller asks more than the buyer pays there is none, and the result says so. Raises
    ``ScenarioError`` for a reservation price that is not finite. Source: Raiffa (1982), The art and
    science of negotiation; Samuelson and Marks, Managerial economics, chapter 15.
    """
    for whose, price in (("seller", seller_reserve), ("buyer", buyer_reserve)):
        if not math.isfinite(price):
            raise ScenarioError(f"the {whose}'s reservation price must be finite: given {price:g}")
    return BargainingZone(seller_reserve, buyer_reserve)
