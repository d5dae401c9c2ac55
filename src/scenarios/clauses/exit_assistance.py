"""Exit assistance, also called termination assistance."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from scenarios.clauses.followed_price import since_first_month
from scenarios.ledger import Ledger
from scenarios.quantities import Hours, Money, Rate, Span
from scenarios.term import Change, Clause
from scenarios.world import World


class ExitAssistance(Clause):
    """For {months} months after the contract's end the provider shall assist the buyer with {hours}
    hours a month at {rate} an hour.[ The rate follows the price of {follows}: it changes by what
    that price has changed by since the first month.][ The reverse transition has a price of
    {reverse_transition}, fixed at signature and owed in the first month after the end.][if
    after_early_end is free:  If the contract ends early, all this is free of charge.]

    The end is the natural one or an early one. Whether an early end is anyone's fault is not
    known here: choose ``free`` only beside clauses that end the contract for the provider's
    failure. The work of the reverse transition is part of the hours. What falls after the
    scenario's last month is not seen, so a contract that runs as long as the scenario shows no
    exit assistance.

    Formula: fee(t) = H * r * p(t) / p(0) in months 1 to n after the end, p the price followed, plus
    X in month 1; the provider's cost is H times the cost of an hour.

    Source: 6 to 18 months at the rate card, knowledge transfer, and a reverse-transition price
    fixed at signature: general knowledge, no source at hand.
    """

    survives: ClassVar[bool] = True
    budget: ClassVar[str] = "exit"
    planned: ClassVar[tuple[str, ...]] = ("cost",)

    months: Span
    """Months of assistance after the end."""
    hours: Hours
    """Hours of assistance a month."""
    rate: Rate
    """Price of an hour of assistance."""
    follows: str | None = None
    """Name of the price that the rate follows, such as a role, base or unit: what changes that
    price after the first month, such as indexation, changes the rate; none for a fixed rate."""
    reverse_transition: Money = 0
    """Price of the reverse transition [money]."""
    after_early_end: Literal["paid", "free"] = "paid"
    """Whether assistance after an early end is paid, or free of charge."""
    cost: Rate = 0
    """Provider's cost of an hour that is expected, where the scenario does not say what it is."""

    def apply(self, world: World, ledger: Ledger) -> Change:
        """Hours at the rate, and the reverse transition; the hours cost the provider."""
        since = world.since_end
        hours = np.where((since >= 1) & (since <= self.months), self.hours, 0)
        paid = hours * self.rate
        if self.follows is not None:
            paid = paid * since_first_month(self.follows, ledger)
        fee = paid + np.where(since == 1, self.reverse_transition, 0)
        if self.after_early_end == "free":
            since_natural_end = world.month - (world.end - 1)
            fee = np.where(since > since_natural_end, 0, fee)
        cost = world["cost.hour"] if "cost.hour" in world.series else self.cost
        return Change(fee=fee, provider_cost=hours * cost)
