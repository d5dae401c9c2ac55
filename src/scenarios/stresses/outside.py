"""Stresses from outside and of the meter: a breach, volume, quality, and what is claimed."""

from __future__ import annotations

from typing import Any, ClassVar

from scenarios.errors import ScenarioError
from scenarios.quantities import Factor, Money, Months, Share, Span
from scenarios.stresses.base import Stress, central, demand, scaled, shifted
from scenarios.stresses.delivery import FOR_GOOD


class DataBreach(Stress):
    """In month {month} a breach of data costs the buyer {amount}."""

    severity: ClassVar[str] = "amount"
    most: ClassVar[float] = 1e8

    amount: Money = 500_000
    """What it costs [money]; assumption."""
    month: Months = 12
    """The month of the breach, from 0."""

    def on(self, data: dict[str, Any]) -> None:
        """Adds a loss that is certain."""
        events = data["events"] = dict(data.get("events") or {})
        loss = {"month": self.month, "amount": self.amount}
        events["losses"] = (events.get("losses") or {}) | {"data breach": loss}


class VolumeFalls(Stress):
    """From month {month} on, only {left} of the volume comes in; of a backlog, only so much is
    asked for.
    """

    severity: ClassVar[str] = "left"
    neutral: ClassVar[float] = 1
    most: ClassVar[float] = 0.01

    left: Share = 0.5
    """Share of the volume that is left."""
    month: Months = 6
    """First month of it, from 0."""

    def on(self, data: dict[str, Any]) -> None:
        """A shock of demand that does not fade; or a shorter backlog."""
        kind, written = demand(data)
        if kind == "backlog":
            written["units"] = max(round(written["units"] * self.left), 1)
            return
        lost = max(self.left - 1, -0.99)
        data["shocks"]["volume falls"] = {
            "month": self.month,
            "half_life": FOR_GOOD,
            "demand": lost,
        }


class KpiShock(Stress):
    """In month {month} every KPI becomes worse by {deviations} of its standard deviations, half of
    it still after {half_life} months.
    """

    severity: ClassVar[str] = "deviations"
    most: ClassVar[float] = 10

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
        worse = {
            name: self.deviations * kpi["sd"] * (1 if kpi["better"] == "lower" else -1)
            for name, kpi in data["kpis"].items()
        }
        shock = {"month": self.month, "half_life": self.half_life, "kpis": worse}
        data["shocks"]["kpi shock"] = shock


class MeterInflates(Stress):
    """What the provider measures itself, it shows {by} better than it is: units that it counts, and
    KPIs whose meter it owns.

    The buyer gets and suffers what it did before; only what is counted changes. Where the provider
    does not count the units itself, the excess is claimed and found out: verified units stay.
    """

    severity: ClassVar[str] = "by"
    most: ClassVar[float] = 0.5

    by: Share = 0.05
    """Relative overstatement; of units, no more than all that were completed."""

    def on(self, data: dict[str, Any]) -> None:
        """Overstates claims and KPIs."""
        outcomes, value = data["outcomes"], data["value"]
        if not isinstance(outcomes["claimed"], str):
            true = central(outcomes["claimed"])
            more = min(1 + self.by, 1 / true) if true else 1
            outcomes["claimed"] = scaled(outcomes["claimed"], more, most=1)
            if outcomes["measured_by"] == "provider":
                self._worth_the_same(value, true, more)
            else:
                _found_out(outcomes, more)
        for kpi in data["kpis"].values():
            if kpi["meter"] == "provider":
                kpi["overstated"] = shifted(kpi["overstated"], self.by * central(kpi["level"]))

    def _worth_the_same(self, value: dict[str, Any], true: float, more: float) -> None:
        """Counted units are more, and each is worth and costs less: in all as before."""
        value["verified_unit"] = scaled(value["verified_unit"], 1 / more)
        value["reopened_unit"] = scaled(value["reopened_unit"], 1 / more)
        left = 1 - true * more
        if left > 0:
            value["unresolved_unit"] = scaled(value["unresolved_unit"], (1 - true) / left)


def _found_out(outcomes: dict[str, Any], more: float) -> None:
    """The excess is a duplicate: what is verified stays what it was."""
    reopened, duplicates = central(outcomes["reopened"]), central(outcomes["duplicates"])
    good = 1 - reopened - duplicates
    outcomes["reopened"] = scaled(outcomes["reopened"], 1 / more)
    outcomes["duplicates"] = 1 - (good + reopened) / more
