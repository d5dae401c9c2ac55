"""Stresses of delivery: the provider fails, wages jump, the people who know leave."""

from __future__ import annotations

from typing import Any, ClassVar

from scenarios.errors import ScenarioError
from scenarios.quantities import Change, Factor, Months, Span
from scenarios.stresses.base import Stress, added, scaled
from scenarios.stresses.replacement import replacement
from scenarios.term import STAGES


class ProviderInsolvent(Stress):
    """In month {month} the provider becomes insolvent. A contract that does not say what happens
    then ends; a replacement whose cost the scenario does not say costs {dearer} times what the
    provider's people cost for all units.

    The cost is labour alone, uncertainty off: hours as they then stand, at the roles' cost and the
    price index of that month. What machines take over is not counted on: the replacement is taken
    to start without the provider's automation; assumption. Costs that rise later are not followed.
    """

    severity: ClassVar[str] = "dearer"
    neutral: ClassVar[float] = 1
    most: ClassVar[float] = 5
    reached: ClassVar[str] = (
        "a replacement of the insolvent provider costs {dearer} times what its people cost"
    )

    month: Months = 12
    """The month of the insolvency, from 0."""
    dearer: Factor = 1.6
    """Replacement over the provider's cost of labour; assumption: a margin of 30 % and a tenth for
    haste."""

    def on(self, data: dict[str, Any]) -> None:
        """The insolvency, and a clause and a replacement where none is written."""
        events = data.get("events") or {}
        known = events.get("insolvent_in")
        if known is not None and known <= self.month:
            raise ScenarioError(f"the provider is insolvent in month {known} already")
        data["events"] = events | {"insolvent_in": self.month}
        if data.get("after_the_end") is None:
            data["after_the_end"] = replacement(data, self.month, self.dearer)
        for deal in data["deals"].values():
            kinds = [next(iter(clause)) for clause in deal["clauses"]]
            if "provider_insolvency" not in kinds:
                place = sum(_stage(kind) < STAGES.index("cash") for kind in kinds)
                clause: dict[str, Any] = {"provider_insolvency": {}}
                deal["clauses"] = [*deal["clauses"][:place], clause, *deal["clauses"][place:]]


class WageJump(Stress):
    """The provider's cost of an hour rises by {rise} at the start."""

    severity: ClassVar[str] = "rise"
    most: ClassVar[float] = 1
    reached: ClassVar[str] = "the provider's cost of an hour rises by {rise}"

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
    reached: ClassVar[str] = "a unit takes {slower} more hours once key people have left"

    month: Months = 6
    """The month in which they leave, from 0."""
    slower: Change = 0.3
    """Relative rise of the hours of a unit."""
    half_life: Span = 3
    """Months until half of it is left."""

    def on(self, data: dict[str, Any]) -> None:
        """A shock of effort; earlier ones go on beside it."""
        shock = {"month": self.month, "half_life": self.half_life, "effort": self.slower}
        data["shocks"] = added(data["shocks"], "key people leave", shock)


def _stage(kind: str) -> int:
    """Where a clause of this kind stands in the order of operations."""
    from scenarios.clauses import known  # noqa: PLC0415  installed clauses are looked up when asked

    found = known().get(kind)
    return 0 if found is None else STAGES.index(found.stage)
