"""The definition of a resolution: which claimed units are paid in the end."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import numpy as np

from scenarios.clauses.misses import at_least
from scenarios.ledger import Ledger
from scenarios.quantities import Months, Share
from scenarios.term import Array, Change, Clause, Stage, add_up
from scenarios.world import World

TIER = "tier "
"""How the names of tiers begin, whatever stands before them."""
COUNTS = ("claimed", "verified", "confirmed")
"""The series that a pricing model may count."""


class ResolutionDefinition(Clause):
    """Of the units that the provider claims as resolved, the buyer pays those that the customer
    confirms in full and those assumed to be resolved at {assumed}. [if reopened_within is not none:
    A unit reopened at most {reopened_within} months after the month of its claim is deducted in the
    month in which it is reopened, even if it was billed in an earlier period.]
    [{duplicates} of the claimed units are deducted as duplicates.] This takes the place of billing
    the {counted} units. Where units have tiers, the last ones of the month are deducted first.

    Formula: paid = Rcf + a * (Rcl - Rcf) - Rreo - d * Rcl, with Rcl claimed, Rcf confirmed, and
    Rreo the units reopened in this month that were claimed at most W months ago.

    Source: counted when the customer confirms (confirmed) or leaves without asking more (assumed);
    a later return to the same conversation deducts it, also across billing periods (Intercom Fin,
    help 8205718). Elsewhere each reopening may be billed again (simple-chat.com): no window.

    Conventions: the billed units of the pricing model change by what is paid less what it counts,
    so that units included in a base fee stay included; of graduated tiers the last units are
    deducted first, kinds change in the same proportion, all-units tiers keep the price of the tier
    that was reached before, each model of a glide path by itself, and none below 0 in a month.
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
        """The factor on the billed units of each tier."""
        deducted = self._deducted(world)
        units = [prices.names for prices in ledger.unit_prices]
        billed = [add_up(ledger.billable[name] for name in names) for names in units]
        if np.any(deducted != 0):
            self._check_fits(world, billed)
        factors: dict[str, Array] = {}
        for names, whole in zip(units, billed, strict=True):
            if any(TIER in name for name in names):
                factors |= self._from_the_last(ledger, names, deducted)
            else:
                factors |= dict.fromkeys(names, _kept(whole, deducted))
        return Change(billable=factors)

    def _from_the_last(
        self, ledger: Ledger, names: tuple[str, ...], deducted: Any
    ) -> dict[str, Array]:
        """The factor on each tier, where what is deducted are the month's last units."""
        factors = {}
        for name in reversed(names):
            units = ledger.billable[name]
            factors[name] = _kept(units, deducted)
            deducted = np.where(deducted > 0, np.maximum(deducted - units, 0), deducted)
        return factors

    def _deducted(self, world: World) -> Any:
        """Counted units that are not paid, (months, paths) [units]."""
        claimed: Array = world["claimed"]
        deducted = []
        if self.duplicates:
            deducted.append(claimed * self.duplicates)
        if self.counted != "claimed":
            deducted.append(world[self.counted] - claimed)
        if self.assumed != 1:
            deducted.append((claimed - world["confirmed"]) * (1 - self.assumed))
        if self.reopened_within is not None:
            ages = range(self.reopened_within + 1)
            there = [f"reopened.{age}" for age in ages if f"reopened.{age}" in world.series]
            if world.happened:  # a figure that is missing is no zero
                there = [f"reopened.{age}" for age in ages]
            deducted += [world[name] for name in there or ["reopened.0"]]
        return add_up(deducted or [claimed * 0])

    def _check_fits(self, world: World, billed: list[Array]) -> None:
        """Refuse a definition where no units are billed, or others than it takes the place of."""
        if not billed:
            raise ValueError(
                "no units are billed here that a definition could change: price units, as "
                "per_outcome or hybrid with per_unit do, or leave this clause out"
            )
        known = [count for count in COUNTS if count in world.series]
        for units in billed:
            if _same(units, world[self.counted]):
                continue
            for count in known:
                if _same(units, world[count]):
                    raise ValueError(
                        f"the pricing model counts {count} units, and this definition takes the "
                        f"place of {self.counted} ones, which would count deductions twice or not "
                        f"at all: write counted: {count}; both models of a glide path must count "
                        "the same units"
                    )


def _kept(units: Array, deducted: Any) -> Array:
    """What is left of the units, as a factor; never below 0."""
    paid = np.maximum(units - deducted, 0)
    return np.where(units > 0, paid / np.where(units > 0, units, 1), 1)


def _same(one: Array, other: Array) -> bool:
    if np.array_equal(one, other):
        return True
    return bool(np.all(at_least(one, other) & at_least(other, one)))
