"""Time and materials: hours at a rate card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from scenarios.quantities import RateCard
from scenarios.term import Array, Basis, Pricing, add_up, rates
from scenarios.world import World


class Hourly(Pricing):
    """The buyer pays {billing} hours at {rate} an hour.

    Source: time and materials (FAR 52.232-7). ``billing`` decides who keeps a saving of hours:
    worked hours hand it to the buyer, contracted headcount leaves it with the provider.
    """

    rate: RateCard
    """Money per hour, one number or by role."""
    billing: Literal["worked", "contracted"] = "worked"
    """Hours worked in the month, or those of the contracted headcount whatever happens."""

    def prices(self, world: World) -> Mapping[str, Any]:
        """The rate of each role that works [money per hour]."""
        return rates(self.rate, world)

    def billable(self, world: World) -> Mapping[str, Array]:
        """Hours by role [hours]."""
        kind = "hours" if self.billing == "worked" else "contracted"
        return {role: world[f"{kind}.{role}"] for role in world.roles}

    def charge(self, world: World, basis: Basis) -> Mapping[str, Array]:
        """Hours at their rates: variable where worked, fixed where contracted."""
        row = "variable fee" if self.billing == "worked" else "fixed fee"
        return {row: bill(basis)}


def bill(basis: Basis) -> Any:
    """Price times quantity, summed over the names [money]."""
    return add_up(basis.billable[name] * price for name, price in basis.prices.items())
