"""Currency: a price in one currency for work that costs another."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from scenarios.ledger import Ledger
from scenarios.quantities import Share, Span
from scenarios.term import Array, Change, Clause, Stage, known_prices
from scenarios.world import World


class CurrencyAdjustment(Clause):
    """{exposed} of [the prices of {prices}][if prices is none: all prices of paragraph 1, and no
    others,] is for work that is paid in another currency, the cost currency. Every {every} months
    the exchange rate {rate} is compared with that of the first month. While the cost currency has
    become dearer or cheaper by no more than {band}, nothing moves. Of a larger change, {share} of
    [if beyond is only the excess: the part beyond {band}][if beyond is the whole change: the whole]
    moves that share of the prices, up where the cost currency has become dearer, down where it has
    become cheaper; the provider bears the rest.

    Formula: m = e_0 / e - 1, e the cost currency for one unit of the price currency; g = m less
    the band on its side (only the excess), or m (the whole change), and 0 within the band;
    P' = P_0 * (1 + exposed * share * g). Measured in the month from which it holds, always
    against the first month.

    Source: currency clauses of cross-border service contracts; a band of 5 % is an assumption.
    With the whole exposure, no band and all of the change, it moves the price by exactly what the
    exchange rate does to a cost in the other currency. It changes the price only: a scenario that
    uses it says in its own costs what the exchange rate does to them.
    """

    stage: ClassVar[Stage] = "revise"
    budget: ClassVar[str] = "indexation"

    rate: str
    """Name of the index that is the exchange rate: cost currency for one unit of the price
    currency, 1 in the first month; it rises where the cost currency weakens."""
    prices: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """Names of the prices that follow it, such as a role, base or unit; empty for all."""
    exposed: Share = 1
    """Share of the price that stands for costs in the cost currency."""
    share: Share = 1
    """Share of the change outside the band that the buyer bears, or gains."""
    band: Share = 0
    """Relative change either way within which nothing moves."""
    beyond: Literal["only the excess", "the whole change"] = "only the excess"
    """What counts of a change that leaves the band."""
    every: Span = 12
    """Months between measurements; the first is after so many months."""

    def apply(self, world: World, ledger: Ledger) -> Change:
        """The factor on each named price."""
        rate = world[f"index.{self.rate}"]
        moved = self._outside(rate[0] / rate[:: self.every] - 1)
        measured = moved * (self.exposed * self.share) + 1
        factor = np.repeat(measured, self.every, axis=0)[: world.months]
        return Change(price=dict.fromkeys(known_prices(self.prices, ledger.prices), factor))

    def _outside(self, change: Array) -> Array:
        """What counts of the change in the value of the cost currency, (months, 1 or paths)."""
        if self.beyond == "the whole change":
            return np.asarray(change * (np.abs(change) > self.band))
        return np.maximum(change - self.band, 0) + np.minimum(change + self.band, 0)
