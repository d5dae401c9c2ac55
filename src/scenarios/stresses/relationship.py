"""Stresses of the relationship: it fails in its first year."""

from __future__ import annotations

from typing import Any, ClassVar

from scenarios.quantities import Share
from scenarios.stresses.base import Stress


class RelationshipFails(Stress):
    """With a chance of {chance} the relationship fails in its first year; the contract goes on, and
    the work takes longer, unless a clause says otherwise.

    That 30 % fail in year one is a published claim without a source of its own (Global Software
    Companies, guide to keeping outsourced software teams aligned). Others say less: 20 to 25 % in
    two years (Dun & Bradstreet, quoted at itgovernance.co.za), one deal in five ends within a year
    (Deloitte, quoted by InformationWeek). Failure is not termination: the clause
    ``relationship_failure`` says what follows.
    """

    severity: ClassVar[str] = "chance"
    reached: ClassVar[str] = "the chance that the relationship fails in its first year is {chance}"

    chance: Share = 0.3
    """Chance that a relationship of the usual readiness fails in its first twelve months."""

    def on(self, data: dict[str, Any]) -> None:
        """Sets the chance; a scenario without an alignment gets the usual one."""
        data["alignment"] = (data.get("alignment") or {}) | {"fails": self.chance}
