"""Change requests, charged by the hour."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from scenarios.clauses.followed_price import since_first_month
from scenarios.ledger import Ledger
from scenarios.quantities import Hours, Money, Rate
from scenarios.term import Array, Clause, over_the_limit
from scenarios.world import World


class ChangeRequests(Clause):
    """The buyer pays {rate} for each hour of its change requests[ beyond {included} hours a month
    that the fee includes][, at most {cap} a contract year: the provider does what is above that
    without charge].[ The rate follows the price of {follows}: it changes by what that price has
    changed by since the first month.]

    Formula: charge = max(hours - included, 0) * rate * p(t) / p(0), p the price followed; of the
    charges of a contract year, what is above the cap is not paid.

    Source: a change-control schedule with a rate and a limit; the numbers are an assumption. Hours
    included in a month and not used are lost. A contract year cut short has the whole cap.
    """

    budget: ClassVar[str] = "change requests"

    rate: Rate
    """Price of an hour of change requests, whoever works it [money per hour]."""
    included: Hours = 0
    """Hours a month that the fee includes [hours]."""
    cap: Money | None = None
    """Most money a contract year; none for no cap."""
    follows: str | None = None
    """Name of the price that the rate follows, such as a role, base or unit: what changes that
    price after the first month, such as indexation, changes the rate; none for a fixed rate."""

    @classmethod
    def label(cls) -> str:
        """The name of its ledger line; ``change requests`` is what they cost the provider."""
        return "charges for changes"

    def apply(self, world: World, ledger: Ledger) -> Array:
        """The hours charged, and minus what is above the cap."""
        charge = np.maximum(world["changes"] - self.included, 0) * self.rate
        if self.follows is not None:
            charge = charge * since_first_month(self.follows, ledger)
        if self.cap is None:
            return charge
        return charge + over_the_limit(charge, self.cap, 12)
