"""Workforce: who is paid, who is at work, who is new, and what their coming and going costs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np

from scenarios.declared import Declared
from scenarios.drivers.attrition import Newcomers, Seats, Staffing, staffed
from scenarios.uncertain import (
    Array,
    Draws,
    UncertainChange,
    UncertainMoney,
    UncertainMonths,
    UncertainOccupancy,
    UncertainPart,
    UncertainShare,
    UncertainSpan,
)


class Workforce(Declared):
    """Of the hours paid {shrinkage} are not worked, and of those worked {occupancy} go into units;
    a newcomer starts at {starting_productivity} and closes half of the gap in {ramp} months.

    Formula: paid = worked / (1 - shrinkage); handling = worked x occupancy; a newcomer of age tau
    does 1 - (1 - r0) 2^(-tau / ramp) of the work. Source: shrinkage is time paid and not available,
    20 to 35 % (P. Reynolds, mytotalretail.com); new agents do 53 % in their first month and reach
    the others after 8 to 12 (1,800 agents of eight centers, cinareo.com); the exponential ramp and
    the mentor's time are general knowledge of the field (Brooks).

    Who leaves stands with each role (``leavers``, a year). Each is replaced, so that a year's share
    is 12 times a month's (additive, as published); in no month do more leave than there are. A
    fixed team or a backlog loses capacity to vacancies and newcomers; a flexible one works more
    hours for the same units.
    """

    occupancy: UncertainOccupancy = 1
    """Share of the hours worked that goes into units; with it hours a unit are handling time."""
    shrinkage: UncertainPart = 0
    """Share of the hours paid that is not worked: leave, training, breaks."""
    cost_basis: Literal["hour worked", "paid hour"] = "hour worked"
    """What a role's cost is of: an hour worked, with leave and breaks in it, or a paid one."""
    starting_productivity: UncertainShare = 1
    """What a newcomer does at first, over what the others do."""
    ramp: UncertainSpan = 3
    """Months in which half of a newcomer's gap is closed (3: an assumption near cinareo's)."""
    mentoring: UncertainShare = 0
    """Share of a colleague's time that a newcomer takes at first; it falls as the gap does."""
    new_at_start: UncertainShare = 0
    """Share of the team that is new in the first month."""
    vacancy: UncertainMonths = 0
    """Mean months that a seat of a fixed team stays empty beyond the month of leaving."""
    replacement_cost: UncertainMoney = 0
    """Provider's outlay for each person replaced: search, hiring, training [money]."""
    subcontracted: UncertainShare = 0
    """Share of the hours worked that subcontractors work."""
    premium: UncertainChange = 0
    """What a subcontractor's hour costs over an own one, relative; below 0 for less."""

    def own_cost(self, cost: Any, draws: Draws) -> Any:
        """What an hour worked by own people costs, from a role's cost [money per hour]."""
        if self.cost_basis == "hour worked":
            return cost
        return cost / (1 - draws.value(self.shrinkage, "delivery.workforce.shrinkage"))

    def bought(self, labour: Array, draws: Draws) -> tuple[Array, Array]:
        """The cost of own people and of subcontractors, where all hours at own cost are ``labour``;
        each (months, paths or 1) [money].
        """
        share = draws.value(self.subcontracted, "delivery.workforce.subcontracted")
        premium = draws.value(self.premium, "delivery.workforce.premium")
        return labour * (1 - share), labour * (share * (1 + premium))

    def kinds(self, draws: Draws, series: Mapping[str, Array]) -> dict[str, Array]:
        """``paid.ROLE``, ``handling.ROLE`` and ``subcontracted.ROLE``, each (months, paths or 1),
        from ``hours.ROLE`` [hours]. Only own people are paid.
        """
        paid = 1 - draws.value(self.shrinkage, "delivery.workforce.shrinkage")
        busy = draws.value(self.occupancy, "delivery.workforce.occupancy")
        bought = draws.value(self.subcontracted, "delivery.workforce.subcontracted")
        made: dict[str, Array] = {}
        for name, hours in series.items():
            family, _, role = name.partition(".")
            if family == "hours" and role:
                made[f"paid.{role}"] = hours * (1 - bought) / paid
                made[f"handling.{role}"] = hours * busy
                made[f"subcontracted.{role}"] = hours * bought
        return made

    def replacing(self, draws: Draws, leavers: Array) -> Array:
        """What replacing these leavers costs, (months, paths or 1) [money]."""
        cost = draws.value(self.replacement_cost, "delivery.workforce.replacement_cost")
        return np.asarray(leavers * cost)

    def staffing(
        self, draws: Draws, roles: Mapping[str, Seats], months: int, needed: Array | None = None
    ) -> Staffing:
        """How the team stands each month where people leave and newcomers take their seats.

        ``needed`` are the hours that an experienced flexible team works, (months, paths or 1); none
        for a fixed team. People leave at a month's end; their seats are filled from the next on.
        """
        start = draws.value(self.starting_productivity, "delivery.workforce.starting_productivity")
        newcomers = Newcomers.of(
            gap=1 - start + draws.value(self.mentoring, "delivery.workforce.mentoring"),
            ramp=draws.value(self.ramp, "delivery.workforce.ramp"),
            vacancy=draws.value(self.vacancy, "delivery.workforce.vacancy"),
            at_start=draws.value(self.new_at_start, "delivery.workforce.new_at_start"),
        )
        leave = any(seats.noise is not None for seats in roles.values())
        if not newcomers.matter(leave=leave):
            return Staffing()
        return staffed(newcomers, roles, months, needed)
