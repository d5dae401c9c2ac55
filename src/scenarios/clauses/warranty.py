"""Warranty: repairs that are free for some months."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from scenarios.ledger import Ledger
from scenarios.quantities import Months, Rate
from scenarios.term import Change, Clause, add_up
from scenarios.world import World


class Warranty(Clause):
    """[if months is 0: The provider gives no warranty.][The provider repairs without charge what
    fails within {months} months of its completion, also after the contract has ended.][ The buyer
    pays {rate} for each hour of other repairs while the contract runs.]

    Formula: fee = rate * hours of repair of ages from ``months`` on, while the contract runs; after
    its end, provider's cost = cost of an hour * hours of repair, within warranty, of what was
    completed while it ran. A unit repaired in the month of its completion has age 0.

    Source: a warranty of 60 days after going live (published production milestone); 90 days is an
    assumption. What repairs cost the provider while the contract runs is posted without this
    clause. After the end nobody is paid for repairs out of warranty, and repairs of what a
    successor completed are not counted.
    """

    survives: ClassVar[bool] = True

    months: Months
    """Months from completion in which repair is free; 0 for none."""
    rate: Rate = 0
    """Price of an hour of later repair [money per hour]; 0 where all repair is free."""

    def apply(self, world: World, ledger: Ledger) -> Change:
        """What later repairs are charged, and after the end what repairs within warranty cost."""
        ages = _ages(world)
        over = world.since_end
        late = [world[f"repair.{age}"] for age in ages if age >= self.months]
        fee = np.where(over < 1, add_up(late or [ledger.zeros()]) * self.rate, 0)
        if world.happened:  # no invoice shows what the provider bears
            return Change(fee=fee)
        free = [
            np.where((over >= 1) & (over <= age), world[f"repair.{age}"], 0)
            for age in ages
            if age < self.months and (over >= 1).any()
        ]
        return Change(fee=fee, provider_cost=add_up([ledger.zeros(), *free]) * world["cost.hour"])


def _ages(world: World) -> list[int]:
    """The ages in months that the world tells repairs of; a world without any is an error."""
    ages = sorted(int(name[7:]) for name in world.series if name.startswith("repair."))
    if not ages:
        raise ValueError(
            "nothing says how much is repaired: declare delivery.repair in the scenario, give the "
            "series repair.0, repair.1 and so on, or take the warranty out"
        )
    return ages
