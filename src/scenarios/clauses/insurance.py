"""Insurance of the buyer's losses."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from scenarios.ledger import Ledger
from scenarios.quantities import Money, MoneyByYear
from scenarios.term import Array, Change, Clause, by_year, over_the_limit
from scenarios.world import World


class Insurance(Clause):
    """[if paid_by is provider: The provider shall insure the buyer][if paid_by is buyer: The buyer
    shall insure itself] against losses[ of the kind {loss}] and pays the premium. The insurer pays
    the buyer each month's loss[ above {deductible}][, at most {limit} in a contract year].

    The premium is what an insurer is expected to ask; a twelfth of it is paid each month.

    Formula: claim = max(loss - deductible, 0); of the claims of a contract year, what is above the
    limit is not paid; buyer's cost = premium / 12 where the buyer pays it, less what is paid.

    Source: cyber and liability cover that service contracts demand; the numbers are an assumption.
    The insurer is neither party: what it pays is a negative outlay of the buyer, in the month of
    the loss. A contract year cut short has the whole limit and its share of the premium.
    """

    budget: ClassVar[str] = "insurance and security"
    invoiced: ClassVar[bool] = False
    planned: ClassVar[tuple[str, ...]] = ("premium",)

    premium: MoneyByYear
    """Expected premium a contract year: one number, or one a year (the last goes on)."""
    loss: str | None = None
    """Name of the scenario's loss that is insured; none for all of them."""
    deductible: Money = 0
    """What the buyer bears of each month's loss [money]."""
    limit: Money | None = None
    """Most that the insurer pays in a contract year [money]; none for no limit."""
    paid_by: Literal["provider", "buyer"] = "provider"
    """Who pays the premium."""

    def apply(self, world: World, ledger: Ledger) -> Change:
        """The premium, and what the insurer pays."""
        loss = world["loss" if self.loss is None else f"loss.{self.loss}"]
        paid: Array = np.maximum(loss - self.deductible, 0)
        if self.limit is not None:
            paid = paid + over_the_limit(paid, self.limit, 12)
        premium = ledger.zeros() + by_year(self.premium, world) / 12
        if self.paid_by == "buyer":
            return Change(buyer_cost=premium - paid)
        return Change(buyer_cost=-paid, provider_cost=premium)
