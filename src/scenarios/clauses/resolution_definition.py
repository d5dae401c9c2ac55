"""The definition of a resolution: which claimed units are paid in the end."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from scenarios.ledger import Ledger
from scenarios.quantities import Months, Share
from scenarios.term import Array, Change, Clause, Stage, add_up
from scenarios.world import ON_TARGET, World, above_zero

COUNTS = ("claimed", "verified", "confirmed")
"""The series that a pricing model may count."""


class ResolutionDefinition(Clause):
    """Of the units that the provider claims as resolved, the buyer pays those that the customer
    confirms in full and those assumed to be resolved at {assumed}. [if reopened_within is not none:
    A unit reopened at most {reopened_within} months after the month of its claim is deducted in the
    month in which it is reopened, even if it was billed in an earlier period.]
    [{duplicates} of the claimed units are deducted as duplicates.] This takes the place of billing
    the {counted} units. Where units have tiers, those that are paid have the price of the tier that
    they fall in.

    Formula: paid = Rcf + a * (Rcl - Rcf) - Rreo - d * Rcl, with Rcl claimed, Rcf confirmed, and
    Rreo the units reopened in this month that were claimed at most W months ago.

    Source: counted when the customer confirms (confirmed) or leaves without asking more (assumed);
    a later return to the same conversation deducts it, also across billing periods (Intercom Fin,
    help 8205718). Elsewhere each reopening may be billed again (simple-chat.com): no window.

    Conventions: the billed units of the pricing model change by what is paid less what it counts,
    so that units included in a base fee stay included; the units of tiers fall into them anew,
    so that of graduated tiers the last units are deducted first and all-units tiers have the price
    of the tier that is reached after the deductions; kinds change in the same proportion, each
    model of a glide path by itself, and none below 0 in a month.
    ``counted`` says what the pricing model counts: verified units have reopened ones and duplicates
    off already, and to deduct them again would count them twice. A reopened unit is deducted whole,
    and not again after the contract has ended. Duplicates are an agreed share, because no series
    tells which they are.
    """

    stage: ClassVar[Stage] = "revise"

    counted: Literal["claimed", "verified", "confirmed"] = "claimed"
    """What the pricing model counts, which this definition takes the place of."""
    assumed: Share = 1
    """Share of the price paid for claimed units that no customer confirmed."""
    reopened_within: Months | None = None
    """Months after the claim in which a reopened unit is deducted; none where it is not."""
    duplicates: Share = 0
    """Share of the claimed units deducted as duplicates."""

    def apply(self, world: World, ledger: Ledger) -> Change:
        """The factor on the billed units, or how those of tiers fall into them."""
        counted, paid = world[self.counted], self._paid(world)
        if not ledger.unit_prices and np.any(paid != counted):
            raise ValueError(
                "no units are billed here that a definition could change: price units, as "
                "per_outcome or hybrid with per_unit do, or leave this clause out"
            )
        factors: dict[str, Array] = {}
        billed: dict[str, Array] = {}
        share: Array | None = None
        for prices in ledger.unit_prices:
            whole = add_up(ledger.billable[name] for name in prices.names)
            fits = self._fits(world, whole, paid)
            if prices.by_tier is not None:
                left = paid if fits else whole - (counted - paid)
                for name, units in prices.by_tier(above_zero(left)).items():
                    billed[name] = np.where(paid == counted, ledger.billable[name], units)
            elif fits:
                share = _kept(counted, paid) if share is None else share
                factors |= dict.fromkeys(prices.names, share)
            else:
                factors |= dict.fromkeys(prices.names, _kept(whole, whole - (counted - paid)))
        return Change(billable=factors, billed=billed)

    def _paid(self, world: World) -> Array:
        """The units paid under the definition, before they are limited to 0, (months, paths)."""
        paid: Array = world["claimed"]
        if self.assumed != 1:
            paid = paid * self.assumed + world["confirmed"] * (1 - self.assumed)
        if self.duplicates:
            paid = paid - world["claimed"] * self.duplicates
        if self.reopened_within is not None:
            ages = range(self.reopened_within + 1)
            there = [f"reopened.{age}" for age in ages if f"reopened.{age}" in world.series]
            if world.happened:  # a figure that is missing is no zero
                there = [f"reopened.{age}" for age in ages]
            for name in there or ["reopened.0"]:
                paid = paid - world[name]
        return paid

    def _fits(self, world: World, units: Array, paid: Array) -> bool:
        """Whether these billed units are those that the definition takes the place of.

        Raises ``ValueError`` where the pricing model counts other units.
        """
        counted = world[self.counted]
        if _same(units, counted):
            return True
        for count in COUNTS:
            if count in world.series and _same(units, world[count]) and np.any(paid != counted):
                raise ValueError(
                    f"the pricing model counts {count} units, and this definition takes the "
                    f"place of {self.counted} ones, which would count deductions twice or not "
                    f"at all: write counted: {count}; both models of a glide path must count "
                    "the same units"
                )
        return False


def _kept(units: Array, left: Array) -> Array:
    """What is left of the units, as a factor; never below 0."""
    paid = above_zero(left)
    if units.min() > 0:
        return paid / units
    return np.where(units > 0, paid / np.where(units > 0, units, 1), 1)


def _same(one: Array, other: Array) -> bool:
    """Whether two counts are the same, but for what floats lose in adding them up."""
    lost = 0 if other.dtype == object else ON_TARGET
    return one is other or bool(np.abs(one - other).max() <= other.max() * lost)
