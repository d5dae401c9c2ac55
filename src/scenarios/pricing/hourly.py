"""Time and materials: hours at a rate card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import model_validator

from scenarios.quantities import Quantity, RateCard, Share
from scenarios.term import Array, Basis, Pricing, add_up, rates
from scenarios.world import World

OvertimeFactor = Annotated[float, Quantity("factor", 1)]
"""What an overtime hour costs, as a multiple of the rate; at least 1 [factor]."""


class Hourly(Pricing):
    """The buyer pays [if billing is worked: the hours worked][if billing is contracted: the hours
    of the contracted headcount, whether or not they are worked,] at an hourly rate of {rate}[, and
    hours of overtime at {overtime} times that rate]. Materials are [if materials is included:
    included in the rate][if materials is at cost: billed at cost][ plus a handling fee of
    {handling} of that cost].

    Formula: Bill_t = sum_r h[r,t] * R[r] + (f - 1) * sum_r o[r,t] * R[r] + M_t * (1 + k); h hours,
    R rate, f overtime factor, o overtime hours, M materials, k handling fee. A ceiling on it is a
    clause of its own (not_to_exceed).

    Source: time and materials (FAR 52.232-7; a handling fee of 0 unless one is negotiated).

    ``billing`` decides who keeps a saving of hours: worked hours hand it to the buyer, contracted
    headcount leaves it with the provider. Overtime is part of the hours worked, so only the premium
    is added to them; it is no part of the contracted hours, so with these it is billed in full.
    """

    rate: RateCard
    """Money per hour, one number or by role."""
    billing: Literal["worked", "contracted"] = "worked"
    """Hours worked in the month, or those of the contracted headcount whatever happens."""
    overtime: OvertimeFactor | None = None
    """Factor on the rate for hours of overtime; none where overtime earns nothing of its own."""
    materials: Literal["included", "at cost"] = "included"
    """Whether the rate includes materials, or their cost is passed through."""
    handling: Share = 0
    """Handling fee as a share of the materials billed."""

    @model_validator(mode="after")
    def _handled(self) -> Hourly:
        if self.handling and self.materials == "included":
            raise ValueError(
                f"a handling fee of {self.handling:g} has nothing to be taken on while materials "
                "are included in the rate: write materials: at cost, or leave handling out"
            )
        return self

    def prices(self, world: World) -> Mapping[str, Any]:
        """The rate of each role that works [money per hour]."""
        return rates(self.rate, world)

    def billable(self, world: World) -> Mapping[str, Array]:
        """Hours by role, without overtime beyond the contracted ones [hours]."""
        kind = "hours" if self.billing == "worked" else "contracted"
        return {role: world[f"{kind}.{role}"] for role in world.roles}

    def charge(self, world: World, basis: Basis) -> Mapping[str, Array]:
        """Hours at their rates, variable where worked and fixed where contracted; what overtime
        and materials add is variable.
        """
        extras = [*self._overtime(world, basis), *self._materials(world)]
        if self.billing == "worked":
            return {"variable fee": add_up([bill(basis), *extras])}
        return {"fixed fee": bill(basis)} | ({"variable fee": add_up(extras)} if extras else {})

    def _overtime(self, world: World, basis: Basis) -> list[Array]:
        """What overtime adds to the hours billed, by role [money]."""
        if self.overtime is None:
            return []
        factor = self.overtime - 1 if self.billing == "worked" else self.overtime
        return [world[f"overtime.{role}"] * rate * factor for role, rate in basis.prices.items()]

    def _materials(self, world: World) -> list[Array]:
        """The materials passed through, handling included [money]."""
        if self.materials == "included":
            return []
        return [world["cost.materials"] * (1 + self.handling)]


def bill(basis: Basis) -> Any:
    """Price times quantity, summed over the names [money]."""
    return add_up(basis.billable[name] * price for name, price in basis.prices.items())
