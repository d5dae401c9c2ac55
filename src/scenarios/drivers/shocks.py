"""Shocks from outside: they arrive, change demand and KPIs at once, and fade."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Discriminator, Field, Tag, model_validator

from scenarios.declared import Declared
from scenarios.drivers.chance import a_month, happens
from scenarios.drivers.demand import carry
from scenarios.quantities import Months
from scenarios.uncertain import (
    Array,
    Draws,
    UncertainChange,
    UncertainLevel,
    UncertainShare,
    UncertainSpan,
)

LEAST = 0.01
"""Of a backlog's hours a unit no shock leaves less than a hundredth, as one shock alone may."""


def _lasting(given: Any) -> str:
    return "for good" if isinstance(given, str) else "fading"


class Shock(Declared):
    """With a chance of {chance} a year it arrives, changes demand by {demand}, KPIs by {kpis} and
    the hours of a unit by {effort}, and fades to one half in {half_life} months.

    A market that slumps, a new regulation, an incident: one cause that several drivers share, so
    that they move together. Each month is as likely as any other; what arrives while an earlier one
    fades adds to it. What comes for good does not fade. Formula: level(t) = level(t-1) *
    2^(-1/half_life) + arrival(t), 1 on arrival; demand times 1 + demand * level, never below 0. A
    backlog feels effort in what its team gets done in an hour. Source: an impulse with exponential
    decay; chances and sizes are the analyst's.
    """

    chance: UncertainShare = 0
    """Chance a year that it arrives."""
    month: Months | None = None
    """Month in which it arrives for certain, from 0, besides those that chance brings."""
    half_life: Annotated[
        Annotated[Literal["for good"], Tag("for good")] | Annotated[UncertainSpan, Tag("fading")],
        Discriminator(_lasting),
    ] = 3
    """Months until half of the effect is left, or ``for good`` for one that does not fade."""
    demand: UncertainChange = 0
    """Relative change of demand on arrival."""
    effort: UncertainChange = 0
    """Relative change of the hours of a unit on arrival."""
    kpis: dict[str, UncertainLevel] = Field(default_factory=dict)
    """Change of KPIs on arrival, each in the KPI's own unit."""

    @model_validator(mode="after")
    def _arrives(self) -> Shock:
        if self.month is None and self.chance == 0:
            raise ValueError("never arrives: give it a chance a year, or the month it arrives in")
        return self

    def level(self, draws: Draws, months: int, name: str) -> Array:
        """How much of its first effect is felt, (months, paths or 1), 0 before it arrives.

        With uncertainty off only a certain arrival does, unless a month's chance is above a half.
        """
        known = np.zeros((months, 1))
        if self.month is not None and self.month < months:
            known[self.month] = 1
        if self.chance == 0:
            arrives = known
        else:
            chance = a_month(draws.value(self.chance, f"shocks.{name}.chance"))
            arrives = known + happens(draws.normals(f"shocks.{name}.noise", months), chance)
        left = self._left(draws, name)
        paths = np.broadcast_shapes(arrives.shape[1:], left.shape)
        return carry(np.array(np.broadcast_to(arrives, (months, *paths))), left)

    def _left(self, draws: Draws, name: str) -> Array:
        """What of the level is left a month later, (paths or 1,) [share]."""
        if isinstance(self.half_life, str):
            return np.ones(1)
        months = np.ravel(draws.value(self.half_life, f"shocks.{name}.half_life"))
        return np.asarray(0.5 ** (1 / months))


def on_demand(shocks: Mapping[str, Shock], draws: Draws, levels: Mapping[str, Array]) -> Array:
    """What all shocks make of demand, (months, paths or 1) [factor]; ``levels`` by shock name."""
    return _together(shocks, draws, levels, "demand")


def on_effort(shocks: Mapping[str, Shock], draws: Draws, levels: Mapping[str, Array]) -> Array:
    """What all shocks make of the hours of a unit, (months, paths or 1) [factor]."""
    return _together(shocks, draws, levels, "effort")


def _together(
    shocks: Mapping[str, Shock], draws: Draws, levels: Mapping[str, Array], field: str
) -> Array:
    """The product of 1 + change x level of all that change this, never below 0 [factor]."""
    factor = np.ones((1, 1))
    for name, shock in sorted(shocks.items()):
        change = draws.value(getattr(shock, field), f"shocks.{name}.{field}")
        if np.ndim(change) or change:
            factor = factor * np.maximum(1 + change * levels[name], 0)
    return factor


def on_kpis(
    shocks: Mapping[str, Shock], draws: Draws, levels: Mapping[str, Array]
) -> dict[str, Array]:
    """By how much all shocks move each KPI, (months, paths or 1) [the KPI's unit]."""
    shifts: dict[str, Array] = {}
    for name, shock in sorted(shocks.items()):
        for kpi, change in shock.kpis.items():
            shift = draws.value(change, f"shocks.{name}.kpis.{kpi}") * levels[name]
            shifts[kpi] = shifts[kpi] + shift if kpi in shifts else shift
    return shifts
