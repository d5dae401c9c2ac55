"""Stresses of delivery: the provider fails, wages jump, the people who know leave."""

from __future__ import annotations

from typing import Any, ClassVar

from scenarios.quantities import Change, Factor, Months, Span
from scenarios.stresses.base import Stress, central, demand, scaled
from scenarios.term import STAGES

FOR_GOOD = 600
"""A half-life that outlasts every scenario [months]."""


class ProviderInsolvent(Stress):
    """In month {month} the provider becomes insolvent; where a contract does not say what happens
    then, it ends, and where the scenario does not say what a replacement costs, it costs {dearer}
    times the provider's own cost.
    """

    severity: ClassVar[str] = "dearer"
    neutral: ClassVar[float] = 1
    most: ClassVar[float] = 5

    month: Months = 12
    """The month of the insolvency, from 0."""
    dearer: Factor = 1.6
    """Replacement over the provider's cost of labour; assumption: a margin of 30 % and a tenth for
    haste."""

    def on(self, data: dict[str, Any]) -> None:
        """The insolvency, and a clause and a replacement where none is written."""
        data["events"] = (data.get("events") or {}) | {"insolvent_in": self.month}
        if data.get("after_the_end") is None:
            data["after_the_end"] = self._replacement(data)
        for deal in data["deals"].values():
            kinds = [next(iter(clause)) for clause in deal["clauses"]]
            if "provider_insolvency" not in kinds:
                place = sum(_stage(kind) < STAGES.index("cash") for kind in kinds)
                clause: dict[str, Any] = {"provider_insolvency": {}}
                deal["clauses"] = [*deal["clauses"][:place], clause, *deal["clauses"][place:]]

    def _replacement(self, data: dict[str, Any]) -> dict[str, float]:
        """What a replacement costs, a month of a backlog or a unit of a volume [money]."""
        roles = data["delivery"]["roles"].values()
        hours = sum(role["people"] * role["hours"] for role in roles)
        cost = sum(role["people"] * role["hours"] * central(role["cost"]) for role in roles)
        if demand(data)[0] == "backlog":
            return {"per_month": cost * self.dearer}
        unit = central(data["delivery"]["hours_per_unit"])
        return {"per_unit": unit * cost / hours * self.dearer}


class WageJump(Stress):
    """The provider's cost of an hour rises by {rise} at the start."""

    severity: ClassVar[str] = "rise"
    most: ClassVar[float] = 1

    rise: Change = 0.15
    """Relative rise of every role's cost."""

    def on(self, data: dict[str, Any]) -> None:
        """Raises what every role costs."""
        for role in data["delivery"]["roles"].values():
            role["cost"] = scaled(role["cost"], 1 + self.rise)


class KeyPeopleLeave(Stress):
    """In month {month} key people leave: a unit takes {slower} more hours, half of it still after
    {half_life} months.
    """

    severity: ClassVar[str] = "slower"
    most: ClassVar[float] = 3

    month: Months = 6
    """The month in which they leave, from 0."""
    slower: Change = 0.3
    """Relative rise of the hours of a unit."""
    half_life: Span = 3
    """Months until half of it is left."""

    def on(self, data: dict[str, Any]) -> None:
        """A shock of effort; on a backlog, the hours that are lost, spread over its units."""
        kind, written = demand(data)
        if kind == "volume":
            shock = {"month": self.month, "half_life": self.half_life, "effort": self.slower}
            data["shocks"]["key people leave"] = shock
            return
        roles = data["delivery"]["roles"].values()
        capacity = sum(role["people"] * role["hours"] for role in roles)
        left = 0.5 ** (1 / self.half_life)
        lost = capacity * self.slower / (1 - left)
        written["hours_per_unit"] += lost / written["units"]


def _stage(kind: str) -> int:
    """Where a clause of this kind stands in the order of operations."""
    from scenarios.clauses import known  # noqa: PLC0415  installed clauses are looked up when asked

    found = known().get(kind)
    return 0 if found is None else STAGES.index(found.stage)
