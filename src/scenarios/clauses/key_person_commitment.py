"""Key persons, also called a turnover commitment."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from scenarios.ledger import Ledger
from scenarios.quantities import Money, Months, People, Rate
from scenarios.term import Array, Change, Clause, add_up, over_the_limit
from scenarios.world import World


class KeyPersonCommitment(Clause):
    """The provider shall keep its people in the roles {roles}: for each who leaves unplanned[,
    beyond the first {allowed} in a contract year,] the buyer is credited {credit}.[ Whoever leaves,
    the provider bears {overlap} months in which the replacement works beside the team.]

    Formula: credit = credit * the growth of max(leavers in the contract year so far - allowed, 0);
    overlap cost = leavers * overlap * hours a month * cost of an hour.

    Source: key-person and turnover commitments of service contracts; the numbers are an assumption.
    Leavers of the named roles count together, and for the overlap each of them counts, allowed or
    not. The whole overlap is booked in the month of the departure.
    """

    budget: ClassVar[str] = "credits"
    planned: ClassVar[tuple[str, ...]] = ("cost",)

    roles: Annotated[tuple[str, ...], Field(strict=False, min_length=1)]
    """Roles whose people are meant."""
    credit: Money
    """Credit for each leaver beyond those allowed [money]."""
    allowed: People = 0
    """Leavers a contract year, of all these roles together, for whom nothing is credited."""
    overlap: Months = 0
    """Months in which a replacement is paid by the provider and not yet counted as at work."""
    cost: Rate | None = None
    """Expected cost of an hour of the overlap; none for that of an average hour."""

    def apply(self, world: World, ledger: Ledger) -> Change:
        """Minus the credits, and what the overlap costs the provider."""
        leavers = add_up(world[f"leavers.{role}"] for role in self.roles)
        credit = over_the_limit(leavers, self.allowed, 12) * self.credit
        if not self.overlap or world.happened:  # no invoice shows what the provider bears
            return Change(fee=credit)
        return Change(fee=credit, provider_cost=self._overlap(world))

    def _overlap(self, world: World) -> Array:
        cost = world["cost.hour"] if self.cost is None else self.cost
        hours = add_up(world[f"leavers.{role}"] * world.month_hours[role] for role in self.roles)
        overlap: Array = hours * self.overlap * cost
        return overlap
