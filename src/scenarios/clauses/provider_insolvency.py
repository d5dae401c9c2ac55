"""What happens when the provider is insolvent, and who stands in."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import model_validator

from scenarios.ledger import Ledger
from scenarios.quantities import Money, Share
from scenarios.term import Array, Change, Clause
from scenarios.world import World


class ProviderInsolvency(Clause):
    """The contract ends at the end of the month in which the provider becomes insolvent.[ A surety
    then pays the buyer {bond} of the {bond_of}, counted at the average monthly fee so far.][if bond
    is not 0: The {borne_by} pays the surety's premium.][ A guarantor pays the buyer what the
    replacement costs above the average monthly fee, up to {guarantee} in all.]

    The scenario says how likely an insolvency is; the premium is what a surety is expected to ask.
    The average monthly fee is formed on the lines above this one. Simplifications: the bond is paid
    on demand, in full, in the last month, whatever the loss; the guarantor pays, month by month
    until the contract would have ended, the part of the loss that the bond does not cover; the fee
    of the last month is paid in full, and what is held back or in escrow is released as written.
    Surety and guarantor have no book: the buyer's own outlays fall by what they pay.

    Formula: F = average monthly fee; bond = b * F * n, n = 12 or the contract's months; premium a
    month = p * bond / 12; guarantee(t) = growth of min(G, max(0, sum of max(0, R - F) - bond)), R
    the replacement's cost a month.

    Source: performance bonds of 10 % of the contract's value (British practice) to 100 % (United
    States, public works), premiums of 0.5 to 3 % a year: general knowledge, no source at hand.
    """

    survives: ClassVar[bool] = True
    budget: ClassVar[str] = "insurance and security"
    invoiced: ClassVar[bool] = False
    planned: ClassVar[tuple[str, ...]] = ("premium",)

    bond: Share = 0
    """Share of the annual fee, or of the contract's value, that a surety pays."""
    bond_of: Literal["annual fee", "contract value"] = "annual fee"
    """What the bond is a share of: twelve average monthly fees, or one for each contract month."""
    premium: Share = 0
    """Expected price of the bond a year, as a share of its amount."""
    borne_by: Literal["provider", "buyer"] = "provider"
    """Who pays the premium."""
    guarantee: Money = 0
    """Most that a guarantor, such as a parent company, pays over all months [money]."""

    @model_validator(mode="after")
    def _premium_for_something(self) -> ProviderInsolvency:
        if self.premium and not self.bond:
            raise ValueError("a premium needs a bond: give bond, such as 0.1, or no premium")
        return self

    def apply(self, world: World, ledger: Ledger) -> Change:
        """The premium while the contract runs, and what surety and guarantor pay."""
        average = np.maximum(world.running(ledger.fee), ledger.zero) / (world.month + 1)
        bond = average * (12 if self.bond_of == "annual fee" else world.end) * self.bond
        premium = np.where(world.since_end < 1, bond * self.premium / 12, 0)
        fails = world.ends_early & (world["insolvent"] > 0)
        paid = np.where(fails, bond, 0)
        paid = paid + self._guaranteed(world, ledger, fails, average, paid)
        if self.borne_by == "buyer":
            return Change(buyer_cost=premium - paid)
        return Change(buyer_cost=-paid, provider_cost=premium)

    def _guaranteed(
        self, world: World, ledger: Ledger, fails: Array, average: Array, bond: Array
    ) -> Any:
        """What the guarantor pays a month, after the provider has failed."""
        if not self.guarantee:
            return 0
        failed = world.running(np.where(fails, 1, 0)) > 0
        before = world.running(np.where(fails, average, 0))
        over = failed & (world.since_end >= 1) & (world.month < world.end)
        excess = np.where(over, np.maximum(world["replacement.cost"] - before, 0), 0)
        loss = np.maximum(world.running(excess) - world.running(bond), 0)
        covered = np.minimum(loss, self.guarantee)
        return covered - ledger.later(covered, 1)

    def ends(self, world: World) -> Array | None:
        """From the month of the insolvency, where the contract does not end by itself by then."""
        return (world["insolvent"] > 0) & (world.month < world.end - 1)
