"""What happens when the relationship has failed: failure is not the same as termination."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from scenarios.ledger import Ledger
from scenarios.quantities import Factor, Months
from scenarios.term import Array, Clause
from scenarios.world import World


class RelationshipFailure(Clause):
    """Either party may end the contract when the relationship has failed, as the parties' joint
    review finds; the contract then ends {notice} months after the month of that finding.[ The buyer
    then pays the provider {wind_down} average monthly fees for winding down.]

    The scenario's ``alignment`` says how likely a failure is. Without this clause a relationship
    that has failed goes on, at the readiness after failure. The right to end is taken to be used.
    The average monthly fee is formed on the lines above this one, and is counted as 0 where it is
    below.

    Formula: ends with month m + notice, m the month of the failure, where the contract does not end
    by itself by then; wind-down = w * (fee so far) / (months so far).

    Source: notice and wind-down are assumptions; that failure is not termination is this package's
    own distinction.
    """

    budget: ClassVar[str] = "exit"
    ends_by_right: ClassVar[bool] = True

    notice: Months = 3
    """Months from the month of the failure to the contract's last month; assumption."""
    wind_down: Factor = 0
    """Average monthly fees that the buyer pays for winding down."""

    def apply(self, world: World, ledger: Ledger) -> Array:
        """The wind-down, in the month in which this clause ended the contract."""
        if not self.wind_down:
            return ledger.zeros()
        average = np.maximum(world.running(ledger.fee), ledger.zero) / (world.month + 1)
        ended = world.ends_early & self.ends(world)
        return np.where(ended, average * self.wind_down, 0)

    def ends(self, world: World) -> Array:
        """From the month in which the notice is over."""
        failed = world["relationship"] > 0
        over = failed & False
        over[self.notice :] = failed[: max(len(failed) - self.notice, 0)]
        return over & (world.month < world.end - 1)
