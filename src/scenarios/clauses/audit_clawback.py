"""Clawback by audit: what a sample finds wrong is paid back."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from scenarios.ledger import Ledger
from scenarios.quantities import Money, Price, Share
from scenarios.term import Array, Clause, add_up
from scenarios.world import World


class AuditClawback(Clause):
    """Each month a sample of the claimed units is audited. If the share of wrong claims in it is
    above {tolerance}, the provider pays back[ {price}][if price is none: the average price charged
    for a claimed unit in the month] for each unit of [if on is excess: the part of all claimed
    units by which that share is above the tolerance][if on is all the error: that share of all
    claimed units][if minimum is not none: , but never so much that the month's fee falls below
    {minimum}].

    Formula: Claw = p * Rcl * max(0, e - tol); on all the error: p * Rcl * e where e > tol. Rcl
    claimed units, e the share of wrong claims in the month's sample. Where no price is given,
    p = sum_k p_k * N_k / Rcl, N_k the units billed at price p_k, and 0 where none is billed; each
    model of a glide path counts in it at its weight.

    Source: pay per resolution with a sample audit, Pay = max(Min, p * N) - Claw (mechanisms M14);
    tolerances are an assumption: no published figures.

    Conventions: without ``minimum`` the clawback may take the fee below the minimum of the pricing
    model. With the average price no more comes back than the units cost: units included in a base
    fee, or paid in part or not at all, lower it. What a maximum, a cap or credits took off the fee
    does not: ``minimum: 0`` keeps the month's fee from falling below zero. Where verified units are
    billed and another party than the provider counts them, what the provider inflated is not billed
    in the first place, and the audit takes it off again: bill claimed units beside an audit.
    """

    budget: ClassVar[str] = "credits"

    tolerance: Share
    """Share of wrong claims that is let pass."""
    on: Literal["excess", "all the error"] = "excess"
    """What is paid back once the tolerance is exceeded."""
    price: Price | None = None
    """Money per unit paid back; none for the average price charged for a claimed unit."""
    minimum: Money | None = None
    """Money a month below which the clawback does not take the fee; none where it may."""

    def apply(self, world: World, ledger: Ledger) -> Array:
        """Minus the clawback, where the audit's sample is above the tolerance."""
        error = world["audit.error"]
        excess = np.maximum(error - self.tolerance, 0)
        wrong = excess if self.on == "excess" else error * (excess > 0)
        clawback = wrong * self._units(world, ledger)
        if self.minimum is not None:
            clawback = np.minimum(clawback, np.maximum(ledger.fee - self.minimum, 0))
        return -clawback

    def _units(self, world: World, ledger: Ledger) -> Array:
        """What all claimed units cost, (months, 1 or paths) [money]."""
        claimed = world["claimed"]
        if self.price is not None:
            return claimed * self.price
        if not ledger.unit_prices:
            raise ValueError(
                "no price per unit is in force here that could be paid back: give this clause a "
                "price, or price units as per_outcome or hybrid with per_unit do"
            )
        # The average price times the units claimed: the units claimed cancel out.
        charged: Array = add_up(
            ledger.billable[name] * ledger.prices[name] * prices.weight
            for prices in ledger.unit_prices
            for name in prices.names
        )
        return charged * (claimed > 0)
