"""Stresses from outside and of the meter: a breach, volume, quality, and what is claimed."""

from __future__ import annotations

from typing import Any, ClassVar

from scenarios.errors import ScenarioError
from scenarios.quantities import Factor, Money, Months, Share, Span
from scenarios.stresses.base import Stress, added, central, demand, scaled, shifted


class DataBreach(Stress):
    """In month {month} a breach of data costs the buyer {amount}."""

    severity: ClassVar[str] = "amount"
    most: ClassVar[float] = 1e8
    reached: ClassVar[str] = "a breach of data costs the buyer {amount}"

    amount: Money = 500_000
    """What it costs [money]; assumption."""
    month: Months = 12
    """The month of the breach, from 0."""

    def on(self, data: dict[str, Any]) -> None:
        """Adds a loss that is certain."""
        events = data["events"] = dict(data.get("events") or {})
        loss = {"month": self.month, "amount": self.amount}
        events["losses"] = added(events.get("losses"), "data breach", loss)


class VolumeFalls(Stress):
    """From month {month} on and for good, only {left} of the volume comes in; of a backlog, only so
    much is asked for, from the start.
    """

    severity: ClassVar[str] = "left"
    neutral: ClassVar[float] = 1
    most: ClassVar[float] = 0.01

    left: Share = 0.5
    """Share of the volume that is left, at least 0.01."""
    month: Months = 6
    """First month of it, from 0."""

    def how_bad(self, currency: str = "") -> str:
        """What is lost: a reader thinks of how far volume falls, not of what is left."""
        del currency
        return f"volume falls by {100 * (1 - self.left):.3g} %"

    def on(self, data: dict[str, Any]) -> None:
        """A shock of demand that does not fade; or a shorter backlog."""
        if self.left < self.most:
            raise ScenarioError(
                f"left ({self.left:g}) must be {self.most:g} or more: of no volume at all there is "
                "no contract to look at"
            )
        kind, written = demand(data)
        if kind == "backlog":
            written["units"] = max(round(written["units"] * self.left), 1)
            return
        lost = max(self.left - 1, -0.99)
        shock = {"month": self.month, "half_life": "for good", "demand": lost}
        data["shocks"] = added(data["shocks"], "volume falls", shock)


class KpiShock(Stress):
    """In month {month} every KPI becomes worse by {deviations} of its standard deviations, half of
    it still after {half_life} months.
    """

    severity: ClassVar[str] = "deviations"
    most: ClassVar[float] = 10
    reached: ClassVar[str] = "every KPI becomes worse by {deviations} of its standard deviations"

    deviations: Factor = 2
    """How many of its monthly standard deviations each KPI loses."""
    month: Months = 6
    """The month of the shock, from 0."""
    half_life: Span = 6
    """Months until half of it is left."""

    def on(self, data: dict[str, Any]) -> None:
        """A shock that all KPIs share."""
        if not data["kpis"]:
            raise ScenarioError("this scenario has no KPI, so no shock can make one worse")
        if not any(kpi["sd"] for kpi in data["kpis"].values()):
            raise ScenarioError(
                "no KPI of this scenario deviates, sd is 0 for each: give one an sd, which says "
                "what a deviation is"
            )
        worse = {
            name: self.deviations * kpi["sd"] * (1 if kpi["better"] == "lower" else -1)
            for name, kpi in data["kpis"].items()
        }
        shock = {"month": self.month, "half_life": self.half_life, "kpis": worse}
        data["shocks"] = added(data["shocks"], "kpi shock", shock)


class MeterInflates(Stress):
    """The provider shows what it claims and the KPIs whose meter it owns {by} better than they are.

    The buyer gets and suffers what it did before; only what is counted changes. Where the provider
    does not count the units itself, the excess is claimed and found out: verified units stay. A
    claim that is a KPI grows only where the provider owns that KPI's meter.
    """

    severity: ClassVar[str] = "by"
    most: ClassVar[float] = 0.5
    reached: ClassVar[str] = "the provider shows what it claims and measures {by} too good"

    by: Share = 0.05
    """Relative overstatement; of units, no more than all that were completed."""

    def on(self, data: dict[str, Any]) -> None:
        """Overstates claims and KPIs."""
        theirs = [name for name, kpi in data["kpis"].items() if kpi["meter"] == "provider"]
        for name in theirs:
            kpi = data["kpis"][name]
            kpi["overstated"] = shifted(kpi["overstated"], self.by * central(kpi["level"]))
        outcomes = data["outcomes"]
        claimed = outcomes["claimed"]
        if claimed in theirs if isinstance(claimed, str) else _can_rise(claimed):
            known = outcomes["inflated"]
            outcomes["inflated"] = shifted(scaled(known, 1 + self.by), self.by)


def _can_rise(claimed: Any) -> bool:
    """Whether not all of what is completed is claimed already."""
    return isinstance(claimed, dict) or claimed < 1
