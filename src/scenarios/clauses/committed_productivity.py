"""Committed productivity: a price path that the provider must earn."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from scenarios.ledger import Ledger
from scenarios.quantities import Share
from scenarios.term import Change, Clause, Stage
from scenarios.world import World


class CommittedProductivity(Clause):
    """From the second contract year on, [if on is prices: all prices of paragraph 1, and no
    others,][if on is hours: the hours billed by paragraph 1] fall each year by {annual} of the year
    before's[, from the third year on by {then} in turn, the last going on], whether or not the
    provider becomes more productive.

    Formula: P_y = P_0 * prod(1 - annual_k) over the y contract years since the start; on
    hours the same for the hours billed.

    Source: productivity assumptions whose failure the provider bears (lawinsider,
    productivity-assumptions); 4 to 6 % a year is a vendor's claim (reveal-compliance), 3 to 5 % an
    assumption. It is a price path, neither a split of verified savings (gain share) nor output per
    hour (a driver). Together with billing hours worked it counts a saving twice.
    """

    stage: ClassVar[Stage] = "revise"
    budget: ClassVar[str] = "productivity"

    annual: Share
    """Share of the year before's prices or quantities."""
    then: Annotated[tuple[Share, ...], Field(strict=False)] = ()
    """Shares of the years after the second, in turn, the last going on; empty for the same."""
    on: Literal["prices", "hours"] = "prices"
    """All prices, or the billable hours."""

    def apply(self, world: World, ledger: Ledger) -> Change:
        """The same factor on every price, or on the hours of every role."""
        factor = self._path(world)
        if self.on == "prices":
            return Change(price=dict.fromkeys(ledger.prices, factor))
        hours = [name for name in ledger.billable if name in world.roles]
        if not hours:
            raise ValueError("no hours are billed here that could fall: commit prices instead")
        return Change(billable=dict.fromkeys(hours, factor))

    def _path(self, world: World) -> Any:
        """What is left of the first year's prices or hours, (months, 1)."""
        if not self.then:
            return (1 - self.annual) ** world.year
        steps = (self.annual, *self.then)
        left: list[Any] = [1]
        for year in range(int(world.year[-1, 0])):
            left.append(left[-1] * (1 - steps[min(year, len(steps) - 1)]))
        return np.array(left)[world.year]
