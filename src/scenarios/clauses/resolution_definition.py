"""The definition of a resolution: which claimed units are paid in the end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Literal

import numpy as np

from scenarios.clauses.misses import at_least
from scenarios.ledger import Ledger
from scenarios.quantities import Months, Share
from scenarios.term import Array, Change, Clause, Stage, add_up
from scenarios.world import World

COUNTS = ("claimed", "verified", "confirmed")
"""The series that a pricing model may count."""


class ResolutionDefinition(Clause):
    """Of the units that the provider claims as resolved, the buyer pays those that the customer
    confirms in full and those assumed to be resolved at {assumed}. [if reopened_within is not none:
    A unit reopened at most {reopened_within} months after the month of its claim is deducted in the
    month in which it is reopened, even if it was billed in an earlier period.]
    [{duplicates} of the claimed units are deducted as duplicates.] This takes the place of billing
    the {counted} units.

    Formula: paid = Rcf + a * (Rcl - Rcf) - Rreo - d * Rcl, with Rcl claimed, Rcf confirmed, and
    Rreo the units reopened in this month that were claimed at most W months ago.

    Source: counted when the customer confirms (confirmed) or leaves without asking more (assumed);
    a later return to the same conversation deducts it, also across billing periods (Intercom Fin,
    help 8205718). Elsewhere each reopening may be billed again (simple-chat.com): no window.

    Conventions: the billed units of the pricing model change by what is paid less what it counts,
    so that units included in a base fee stay included; several tiers change in the same proportion,
    and none below 0 in a month. ``counted`` says what the pricing model counts: verified units have
    reopened ones and duplicates off already, and to deduct them again would count them twice. A
    reopened unit is deducted whole, and not again after the contract has ended. Duplicates are an
    agreed share, because no series tells which they are.
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
        names = unit_names(ledger.billable)
        billed = add_up([ledger.zeros(), *(ledger.billable[name] for name in names)])
        if np.any(deducted != 0):
            self._check_fits(world, billed, names)
        paid = np.maximum(billed - deducted, 0)
        factor = np.where(billed > 0, paid / np.where(billed > 0, billed, 1), 1)
        return Change(billable=dict.fromkeys(names, factor))

    def _deducted(self, world: World) -> Any:
        """Counted units that are not paid, (months, paths) [units]."""
        claimed: Array = world["claimed"]
        deducted = claimed * self.duplicates
        if self.counted != "claimed":
            deducted = deducted - (claimed - world[self.counted])
        if self.assumed != 1:
            deducted = deducted + (claimed - world["confirmed"]) * (1 - self.assumed)
        if self.reopened_within is not None:
            ages = range(self.reopened_within + 1)
            there = [f"reopened.{age}" for age in ages if f"reopened.{age}" in world.series]
            deducted = add_up([deducted, *(world[name] for name in there or ["reopened.0"])])
        return deducted

    def _check_fits(self, world: World, billed: Array, names: list[str]) -> None:
        """Refuse a definition where no units are billed, or others than it takes the place of."""
        if not names:
            raise ValueError(
                "no units are billed here that a definition could change: price units, as "
                "per_outcome or hybrid with per_unit do, or leave this clause out"
            )
        if _same(billed, world[self.counted]):
            return
        for count in COUNTS:
            if count in world.series and _same(billed, world[count]):
                raise ValueError(
                    f"the pricing model counts {count} units, and this definition takes the place "
                    f"of {self.counted} ones, which would count deductions twice or not at all: "
                    f"write counted: {count}"
                )


def _same(one: Array, other: Array) -> bool:
    return bool(np.all(at_least(one, other) & at_least(other, one)))


def unit_names(names: Iterable[str]) -> list[str]:
    """Of the names of prices or quantities, those of units of result: unit, tier 1, tier 2 ..."""
    return [name for name in names if name == "unit" or name.startswith("tier ")]
