"""Clawback by audit: what a sample finds wrong is paid back."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import numpy as np

from scenarios.clauses.resolution_definition import unit_names
from scenarios.ledger import Ledger
from scenarios.quantities import Money, Price, Share
from scenarios.term import Array, Clause, add_up
from scenarios.world import World


class AuditClawback(Clause):
    """Each month a sample of the claimed units is audited. If the share of wrong claims in it is
    above {tolerance}, the provider pays back the price of a unit[ ({price})] for [if on is excess:
    the part of all claimed units by which that share is above the tolerance][if on is all the
    error: that share of all claimed units][if minimum is not none: , but never so much that the
    month's fee falls below {minimum}].

    Formula: Claw = p * Rcl * max(0, e - tol); on all the error: p * Rcl * e where e > tol. Rcl
    claimed units, e the share of wrong claims in the month's sample.

    Source: pay per resolution with a sample audit, Pay = max(Min, p * N) - Claw (mechanisms M14);
    tolerances are an assumption: no published figures.

    Conventions: without ``minimum`` the clawback may take the fee below the minimum of the pricing
    model. Where no price is given it is the price of a unit in force, with several tiers their
    average over the units billed.
    """

    budget: ClassVar[str] = "credits"

    tolerance: Share
    """Share of wrong claims that is let pass."""
    on: Literal["excess", "all the error"] = "excess"
    """What is paid back once the tolerance is exceeded."""
    price: Price | None = None
    """Money per unit paid back; none for the unit price in force."""
    minimum: Money | None = None
    """Money a month below which the clawback does not take the fee; none where it may."""

    def apply(self, world: World, ledger: Ledger) -> Array:
        """Minus the clawback, where the audit's sample is above the tolerance."""
        error = world["audit.error"]
        excess = np.maximum(error - self.tolerance, 0)
        wrong = excess if self.on == "excess" else np.where(excess > 0, error, 0)
        clawback = world["claimed"] * wrong * self._price(ledger)
        if self.minimum is not None:
            clawback = np.minimum(clawback, np.maximum(ledger.fee - self.minimum, 0))
        return -clawback

    def _price(self, ledger: Ledger) -> Any:
        """What a unit costs, (months, 1 or paths) [money per unit]."""
        if self.price is not None:
            return self.price
        names = [name for name in unit_names(ledger.billable) if name in ledger.prices]
        if not names:
            raise ValueError(
                "no price per unit is in force here that could be paid back: give this clause a "
                "price, or price units as per_outcome or hybrid with per_unit do"
            )
        if len(names) == 1:
            return ledger.prices[names[0]]
        billed = add_up(ledger.billable[name] for name in names)
        charged = add_up(ledger.billable[name] * ledger.prices[name] for name in names)
        return np.where(billed > 0, charged / np.where(billed > 0, billed, 1), 0)
