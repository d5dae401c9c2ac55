"""Currency: a price in one currency for work that costs another."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.ledger import Ledger
from scenarios.quantities import Quantity, Share, Span
from scenarios.term import Array, Change, Clause, Stage, known_prices
from scenarios.world import World

Rate = Annotated[float, Quantity("cost currency for one unit of the price currency", 1e-9)]


class CurrencyAdjustment(Clause):
    """{exposed} of [the prices of {prices}][if prices is none: all prices of paragraph 1, and no
    others,] is for work that is paid in another currency, the cost currency. Every {every} months
    the exchange rate {rate} is compared with [if quoted is none: that of the first month][if quoted
    is not none: the quoted rate of {quoted}]. [if limit is not none: A change of more than {limit}
    counts as one of {limit}.] While the cost currency has become dearer or cheaper by no more than
    {band}, [if within is 0: nothing moves][if within is not 0: {within} of the change moves that
    share of the prices]. Of a larger change, {share} of [if beyond is only the excess: the part
    beyond {band}][if beyond is only the excess and within is not 0: , and {within} of the
    rest,][if beyond is the whole change: the whole] moves that share of the prices, up where the
    cost currency has become dearer, down where it has become cheaper; the provider bears the rest.

    Formula: m = e_0 / e - 1, e the cost currency for one unit of the price currency, e_0 quoted or
    of the first month, m held within -limit and limit; g = share * (m less the band on its side) +
    within * (the band on its side) (only the excess), or share * m (the whole change); within the
    band g = within * m; P' = P_0 * (1 + exposed * g). Measured in the month from which it holds,
    always against the same rate.

    Source: currency clauses of cross-border service contracts: band, and who bears what; a band of
    5 % and a limit are assumptions. With the whole exposure, no band and all of the change, it
    moves the price by exactly what the exchange rate does to a cost in the other currency. It
    changes the price only: a scenario that uses it says in its own costs what the exchange rate
    does to them.

    Conventions: before the first measurement the prices are those on the paper, also where the
    first month's rate is not the one quoted. Beyond the limit the party that a further change hurts
    bears it: the provider a dearer cost currency, the buyer a cheaper one.
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
    """Relative change either way within which nothing moves, or only the share within."""
    beyond: Literal["only the excess", "the whole change"] = "only the excess"
    """What counts of a change that leaves the band."""
    within: Share = 0
    """Share of the change inside the band that the buyer bears, or gains."""
    limit: Share | None = None
    """Relative change either way beyond which no more of it counts; none for no limit."""
    quoted: Rate | None = None
    """Exchange rate behind the prices, on the index's scale of 1 in the first month; none for the
    first month's."""
    every: Span = 12
    """Months between measurements; the first is after so many months."""

    @model_validator(mode="after")
    def _consistent(self) -> CurrencyAdjustment:
        if self.limit is not None and self.limit < self.band:
            raise ValueError(
                f"limit is {self.limit:g} and band {self.band:g}, so that no change leaves the "
                "band: write a limit above the band, or leave one out"
            )
        return self

    def apply(self, world: World, ledger: Ledger) -> Change:
        """The factor on each named price."""
        rate = world[f"index.{self.rate}"]
        quoted = rate[0] if self.quoted is None else self.quoted
        change = quoted / rate[:: self.every] - 1
        change[0] = change[0] * 0
        if self.limit is not None:
            change = np.minimum(np.maximum(change, -self.limit), self.limit)
        measured = self._outside(change) * (self.exposed * self.share) + 1
        if self.within:
            measured = measured + self._inside(change) * (self.exposed * self.within)
        factor = np.repeat(measured, self.every, axis=0)[: world.months]
        return Change(price=dict.fromkeys(known_prices(self.prices, ledger.prices), factor))

    def _outside(self, change: Array) -> Array:
        """What counts of the change in the value of the cost currency, (months, 1 or paths)."""
        if self.beyond == "the whole change":
            return np.asarray(change * (np.abs(change) > self.band))
        return np.maximum(change - self.band, 0) + np.minimum(change + self.band, 0)

    def _inside(self, change: Array) -> Array:
        """The part within the band, none of a whole change that has left it."""
        if self.beyond == "the whole change":
            return np.asarray(change * (np.abs(change) <= self.band))
        return np.minimum(np.maximum(change, -self.band), self.band)
