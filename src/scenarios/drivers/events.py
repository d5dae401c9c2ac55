"""Events: the provider's insolvency, losses, and change requests."""

from __future__ import annotations

import numpy as np
from pydantic import Field, model_validator

from scenarios.declared import Declared
from scenarios.drivers.chance import a_month, happens
from scenarios.quantities import LogSpread, Months
from scenarios.uncertain import (
    Array,
    Distribution,
    Draws,
    UncertainHours,
    UncertainMoney,
    UncertainShare,
)


class Loss(Declared):
    """With a chance of {chance} a year it happens, for certain in month {month}, and costs the
    buyer {amount}.
    """

    chance: UncertainShare = 0
    """Chance a year; every month is as likely as any other."""
    month: Months | None = None
    """Month in which it happens for certain, from 0; none for chance alone."""
    amount: UncertainMoney
    """What it costs the buyer [money]; a distribution is drawn for each time that it happens."""

    @model_validator(mode="after")
    def _happens(self) -> Loss:
        if self.month is None and self.chance == 0:
            raise ValueError("never happens: give it a chance a year, or the month it happens in")
        return self

    def simulate(self, draws: Draws, months: int, name: str) -> Array:
        """What it costs the buyer, at most once a month, (months, paths) [money].

        With uncertainty off it costs nothing, unless a month's chance is above a half.
        """
        chance = a_month(draws.value(self.chance, f"events.losses.{name}.chance"))
        here = happens(draws.normals(f"events.losses.{name}.noise", months), chance)
        if self.month is not None:
            here = here | (np.arange(months)[:, None] == self.month)
        if not isinstance(self.amount, Distribution):
            return np.asarray(here * self.amount)
        size = draws.normals(f"events.losses.{name}.amount", months)
        return np.asarray(here * self.amount.value_at(size))


class Changes(Declared):
    """The buyer asks for changes of about {hours} hours a month, by {volatility} more or less."""

    hours: UncertainHours
    """Mean hours of change requests in a month in which the team works [hours]."""
    volatility: LogSpread = 0
    """Month-to-month dispersion: standard deviation of the logarithm."""

    def simulate(self, draws: Draws, activity: Array) -> Array:
        """Hours of change requests, (months, paths or 1) [hours]; the mean is the declared one."""
        hours = activity * draws.value(self.hours, "events.changes.hours")
        if not self.volatility:
            return np.asarray(hours)
        noise = draws.normals("events.changes.noise", len(activity)) * self.volatility
        return np.asarray(hours * np.exp(noise - self.volatility**2 / 2))


class Events(Declared):
    """What may happen while the contract runs; what is not declared never does."""

    insolvency: UncertainShare | None = None
    """Chance a year that the provider becomes insolvent; none for a matter that nobody asks."""
    insolvent_in: Months | None = None
    """Month in which the provider becomes insolvent for certain, from 0; none for chance alone."""
    losses: dict[str, Loss] = Field(default_factory=dict)
    """Losses of the buyer by name, such as a breach of data."""
    changes: Changes | None = None
    """Change requests, worked on top of the hours of the work itself."""

    def simulate(self, draws: Draws, activity: Array) -> dict[str, Array]:
        """``insolvent``, ``loss`` and ``loss.NAME``, ``changes``, where declared; each (months,
        paths or 1). ``activity`` is the share of each month in which the team works.
        """
        made: dict[str, Array] = {}
        months = len(activity)
        if self.insolvency is not None or self.insolvent_in is not None:
            made["insolvent"] = self._insolvent(draws, months)
        for name, loss in self.losses.items():
            made[f"loss.{name}"] = loss.simulate(draws, months, name)
        if self.losses:
            made["loss"] = np.asarray(sum(made[f"loss.{name}"] for name in sorted(self.losses)))
        if self.changes is not None:
            made["changes"] = self.changes.simulate(draws, activity)
        return made

    def _insolvent(self, draws: Draws, months: int) -> Array:
        """1 from the month in which it happens; with uncertainty off 0, unless a month's chance is
        above a half.
        """
        here = np.arange(months)[:, None] == self.insolvent_in
        if self.insolvency is not None:
            chance = a_month(draws.value(self.insolvency, "events.insolvency"))
            here = here | happens(draws.normals("events.insolvency.noise", months), chance)
        return np.maximum.accumulate(here, axis=0).astype(float)
