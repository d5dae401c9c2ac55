"""Payment by milestones."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Any, ClassVar

import numpy as np
from pydantic import Field, model_validator

from scenarios.declared import Declared
from scenarios.ledger import Ledger
from scenarios.quantities import Share, Span
from scenarios.term import Change, Clause, Stage
from scenarios.world import World


class Milestone(Declared):
    """{share} of what is then earned and unpaid in contract month {month}."""

    month: Span
    """Contract month, from 1, in which the milestone is reached."""
    share: Share = 1
    """Share that is paid of what has been earned and not yet paid."""


class MilestonePayments(Clause):
    """The buyer pays nothing month by month, but at milestones: {milestones}. At the contract's end
    it pays the rest.

    Only what has been earned is paid, so no payment is an advance; it moves when the fee is paid,
    not how much. It acts on what the provider would be paid by the lines above. Milestones are in
    the months written, whether or not the work is late. Payments after the contract's end are made
    as they fall due.

    Formula: paid(t) = s(t) * (earned and unpaid at t); s is 0 between milestones and 1 from the
    contract's last month on.

    Source: payment by milestone or phase is general practice, no source at hand.
    """

    stage: ClassVar[Stage] = "cash"
    survives: ClassVar[bool] = True
    budget: ClassVar[str] = "payment timing"

    milestones: Annotated[tuple[Milestone, ...], Field(strict=False, min_length=1)]
    """The milestones, earliest first."""

    @model_validator(mode="after")
    def _in_order(self) -> MilestonePayments:
        for first, second in pairwise(self.milestones):
            if second.month <= first.month:
                raise ValueError(
                    f"the milestone of month {second.month} stands after that of month "
                    f"{first.month}: write each month once, earliest first"
                )
        return self

    def apply(self, world: World, ledger: Ledger) -> Change:
        """What is paid at milestones less what would have been paid month by month."""
        due = ledger.cash
        shares = {milestone.month - 1: milestone.share for milestone in self.milestones}
        over = world.since_end >= 0
        cash = ledger.zeros()
        unpaid: Any = ledger.zeros()[0]
        for month in range(ledger.months):
            unpaid = unpaid + due[month]
            paid = unpaid * np.where(over[month], 1, shares.get(month, 0))
            unpaid = unpaid - paid
            cash[month] = paid - due[month]
        return Change(cash=cash)
