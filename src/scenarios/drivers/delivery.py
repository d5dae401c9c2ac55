"""Delivery: the team, its hours, and how units become work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.declared import Declared
from scenarios.drivers.attrition import Seats, Staffing, leaving
from scenarios.drivers.chance import by_age
from scenarios.drivers.effort import Effort
from scenarios.drivers.seniority import relative_cost
from scenarios.drivers.workforce import Workforce
from scenarios.quantities import Hours, People
from scenarios.uncertain import (
    Array,
    Draws,
    UncertainChange,
    UncertainHours,
    UncertainMoney,
    UncertainMonths,
    UncertainRate,
    UncertainShare,
    UncertainTurnover,
)

PRICES = frozenset({"base", "unit"})
"""Names of prices that are no role's rate."""


class Role(Declared):
    """{people} people who work {hours} hours a month each and cost the provider {cost} an hour."""

    people: People
    """Contracted headcount [FTE]."""
    hours: Hours
    """Hours a person works on this contract in a month."""
    cost: UncertainRate
    """Provider's cost of an hour worked, all in [money per hour]."""
    leavers: UncertainTurnover | None = None
    """Share of the people who leave unplanned in a year, 12 times a month's, each replaced; none
    where nobody asks."""

    @model_validator(mode="after")
    def _somebody_leaves(self) -> Role:
        if self.leavers is not None and not self.hours:
            raise ValueError("leavers are a share of the people at work: this role needs hours")
        return self


class Delivery(Declared):
    """Who does the work, how long a unit takes, and whether the team can grow and shrink."""

    roles: Annotated[dict[str, Role], Field(min_length=1)]
    """The team by role."""
    hours_per_unit: UncertainHours = 0
    """Hours of work in a unit that people handle; a backlog brings its own estimate."""
    throughput: UncertainChange = 0
    """Relative change of units done per hour, such as from AI assistance; can be negative."""
    team: Literal["flexible", "fixed"] = "flexible"
    """Flexible: as many hours as the work needs. Fixed: the contracted hours are the capacity."""
    cost_index: str | None = None
    """Name of the price index that the provider's hourly cost follows; none for no inflation."""
    overtime: UncertainShare | None = None
    """Share of the hours worked that is overtime; none where nobody asks."""
    materials: UncertainMoney | None = None
    """Provider's outlay for materials in a month in which the team works [money]."""
    repair: UncertainHours | None = None
    """Hours of repair that a completed unit takes on average, beside the hours of the work."""
    repair_delay: UncertainMonths = 1
    """Mean months from a unit's completion to its repair, which comes within five months."""
    effort: Effort | None = None
    """What makes a unit take more or fewer hours; none for the hours as they stand."""
    workforce: Workforce | None = None
    """Paid, worked and handling hours, newcomers and subcontractors; none where nobody asks."""

    @model_validator(mode="after")
    def _works(self) -> Delivery:
        if not self.capacity:
            raise ValueError("nobody works: at least one role needs people and hours")
        taken = [name for name in self.roles if name in PRICES or name.startswith("tier ")]
        if taken:
            raise ValueError(
                f"a role cannot be called {' or '.join(taken)}: deals have prices of that name"
            )
        if self.team == "flexible" and self.workforce is not None and self.workforce.vacancy != 0:
            raise ValueError(
                "a flexible team works as many hours as the work needs, whatever is vacant: take "
                "workforce.vacancy out, or write team: fixed"
            )
        return self

    @property
    def capacity(self) -> float:
        """Hours that the contracted headcount works in a month [hours]."""
        return sum(role.people * role.hours for _, role in sorted(self.roles.items()))

    def share(self, name: str) -> float:
        """A role's share of the hours."""
        role = self.roles[name]
        return role.people * role.hours / self.capacity

    def hourly_cost(self, draws: Draws) -> Array | float:
        """Provider's cost of an average hour worked by its own people, before any index [money per
        hour].
        """
        cost = sum(
            self.share(name) * draws.value(role.cost, f"delivery.roles.{name}.cost")
            for name, role in sorted(self.roles.items())
        )
        if self.effort is not None and self.effort.seniority:
            cost = cost * relative_cost(self.effort.seniority, draws)
        return cost if self.workforce is None else self.workforce.own_cost(cost, draws)

    def staffing(self, draws: Draws, months: int, needed: Array | None = None) -> Staffing:
        """How the team stands as people leave and others learn; ``needed`` are the hours that an
        experienced flexible team works, (months, paths or 1), none for a fixed one.
        """
        if self.workforce is None:
            return Staffing()
        seats = {}
        for name, role in self.roles.items():
            seats[name] = Seats(self.share(name), role.people, role.hours)
            if role.leavers is not None:
                key = f"delivery.roles.{name}.leavers"
                leaving = draws.value(role.leavers, key) / 12
                noise = draws.normals(f"{key}.noise", months)
                seats[name] = replace(seats[name], leaving=leaving, noise=noise)
        return self.workforce.staffing(draws, seats, months, needed)

    def beside(self, draws: Draws, series: Mapping[str, Array]) -> dict[str, Array]:
        """``overtime.ROLE``, ``cost.materials``, ``leavers.ROLE``, ``repair.AGE``, what the
        workforce brings, where declared; each (months, paths or 1). ``series`` has the hours, units
        completed, activity, and the leavers where they move hours.
        """
        made = self._leaving(draws, series)
        if self.workforce is not None:
            if made:
                leavers = np.asarray(sum(made[name] for name in sorted(made)))
                made["cost.staffing"] = self.workforce.replacing(draws, leavers)
            made |= self.workforce.kinds(draws, series)
        if self.overtime is not None:
            share = draws.value(self.overtime, "delivery.overtime")
            made |= {f"overtime.{role}": series[f"hours.{role}"] * share for role in self.roles}
        if self.materials is not None:
            outlay = draws.value(self.materials, "delivery.materials")
            made["cost.materials"] = series["activity"] * outlay
        if self.repair is not None:
            hours = series["completed"] * draws.value(self.repair, "delivery.repair")
            delay = draws.value(self.repair_delay, "delivery.repair_delay")
            made |= {f"repair.{age}": part for age, part in enumerate(by_age(hours, delay))}
        return made

    def _leaving(self, draws: Draws, series: Mapping[str, Array]) -> dict[str, Array]:
        """People who leave each month, by role: a twelfth of the yearly share of those at work, by
        chance, and never more than are there.
        """
        made: dict[str, Array] = {}
        for name, role in self.roles.items():
            if f"leavers.{name}" in series:
                made[f"leavers.{name}"] = series[f"leavers.{name}"]
            elif role.leavers is not None:
                key = f"delivery.roles.{name}.leavers"
                at_work = series[f"hours.{name}"] / role.hours
                noise = draws.normals(f"{key}.noise", len(at_work))
                chance = draws.value(role.leavers, key) / 12
                made[f"leavers.{name}"] = leaving(noise, at_work, chance)
        return made
