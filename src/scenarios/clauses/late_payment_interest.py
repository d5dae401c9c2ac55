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
    """On what it pays late the buyer owes interest of {rate} a year; it pays {share} of each
    invoice {days} days late. A year counts 360 days.

    Interest is simple, stands on the invoice that is late, and is paid with it: how late stands in
    the payment terms, so give them the same share and days as their ``late_share`` and
    ``late_days``. A negative fee bears no interest.

    Formula: interest(t) = r * s * days / 360 * max(0, fee(t)).

    Source: interest on overdue invoices by contract or statute; rates differ by country and year,
    so there is no default.
    """

    budget: ClassVar[str] = "payment timing"

    rate: Share
    """Interest a year."""
    days: Days
    """Days beyond the payment terms."""
    share: Share = 1
    """Share of each invoice that is paid late."""

    def apply(self, world: World, ledger: Ledger) -> Array:
        """The interest, on the invoice that is paid late."""
        year = 12 * DAYS_A_MONTH
        return np.maximum(ledger.fee, 0) * (self.rate * self.share * self.days) / year
