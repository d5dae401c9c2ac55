"""Interest on late payment."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from scenarios.clauses.payment_terms import DAYS_A_MONTH
from scenarios.ledger import Ledger
from scenarios.quantities import Days, Share
from scenarios.term import Array, Clause
from scenarios.world import World


class LatePaymentInterest(Clause):
    """If the buyer pays late, it owes simple interest of {rate} a year on what is late, for each
    day beyond the payment terms. A year counts 360 days.

    ``share`` and ``days`` are what is expected, not what is agreed. Interest stands on the invoice
    that is late, and is paid with it: give the payment terms the same share and days as their
    ``late_share`` and ``late_days``. A negative fee bears no interest.

    Formula: interest(t) = r * s * days / 360 * max(0, fee(t)).

    Source: interest on overdue invoices by contract or statute; rates differ by country and year,
    so there is no default.
    """

    budget: ClassVar[str] = "payment timing"
    invoiced: ClassVar[bool] = False
    planned: ClassVar[tuple[str, ...]] = ("days", "share")

    rate: Share
    """Interest a year."""
    days: Days
    """Days beyond the payment terms that are expected."""
    share: Share = 1
    """Share of each invoice that is expected to be paid late."""

    def apply(self, world: World, ledger: Ledger) -> Array:
        """The interest, on the invoice that is paid late."""
        year = 12 * DAYS_A_MONTH
        return np.maximum(ledger.fee, 0) * (self.rate * self.share * self.days) / year
