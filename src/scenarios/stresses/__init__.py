"""Stresses: named bad futures that can be put on any scenario.

A stress changes what a scenario's sections say, never a deal's numbers; ``STRESSES`` has them all
by keyword. One of your own is a class with a sentence, its numbers, and ``on``, which changes the
scenario's data in place; ``scenario.stress(Strike(months=2))`` puts it on.
"""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from scenarios.errors import ScenarioError, unknown
from scenarios.stresses.base import Stress, refused
from scenarios.stresses.delivery import KeyPeopleLeave, ProviderInsolvent, WageJump
from scenarios.stresses.machines import AutomationLate, NextWave
from scenarios.stresses.outside import DataBreach, KpiShock, MeterInflates, VolumeFalls
from scenarios.stresses.relationship import RelationshipFails

STRESSES: dict[str, type[Stress]] = {
    kind.keyword(): kind
    for kind in (
        AutomationLate,
        NextWave,
        ProviderInsolvent,
        DataBreach,
        VolumeFalls,
        KpiShock,
        WageJump,
        KeyPeopleLeave,
        MeterInflates,
        RelationshipFails,
    )
}
"""Every stress by the name that ``scenario.stress`` and the command line know it by."""

__all__ = ["STRESSES", "Stress", "chosen"]


def chosen(stress: str | Stress, given: dict[str, Any]) -> Stress:
    """The stress of this name with these numbers, or the one given; raises ``ScenarioError`` for an
    unknown stress or number, and for a number outside its bounds.
    """
    if isinstance(stress, str) and stress not in STRESSES:
        raise ScenarioError(unknown("stress", stress, STRESSES))
    kind = STRESSES[stress] if isinstance(stress, str) else type(stress)
    for name in given:
        if name not in kind.model_fields:
            called = f"number of {kind.keyword()}"
            raise ScenarioError(unknown(called, name, kind.model_fields))
    try:
        return kind(**given) if isinstance(stress, str) else stress.replace(**given)
    except ValidationError as error:
        raise ScenarioError(*refused(kind, error)) from error
