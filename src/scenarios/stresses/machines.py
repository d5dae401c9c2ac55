"""Stresses of automation: it comes late, or more of it comes than anybody planned."""

from __future__ import annotations

from typing import Any, ClassVar

from scenarios.errors import ScenarioError
from scenarios.quantities import Factor, Money, Months, Share, Span
from scenarios.stresses.base import Stress, shifted


class AutomationLate(Stress):
    """Automation comes {quarters} quarters later than planned."""

    severity: ClassVar[str] = "quarters"
    most: ClassVar[float] = 12
    reached: ClassVar[str] = "automation comes {quarters} quarters late"

    quarters: Factor = 2
    """Quarters by which all of it is late."""

    def on(self, data: dict[str, Any]) -> None:
        """Adds to the delay."""
        automation = _automation(data)
        automation["delay"] = shifted(automation["delay"], 3 * self.quarters)


class NextWave(Stress):
    """From month {month} on, a next wave of automation takes a further {share} of the units within
    {rise} months; the provider invests {one_off} in it.
    """

    severity: ClassVar[str] = "share"
    most: ClassVar[float] = 0.6
    reached: ClassVar[str] = "machines take a further {share} of the units"

    share: Share = 0.2
    """Share of all units that it takes in the end."""
    month: Months = 18
    """Its first month, from 0."""
    rise: Span = 12
    """Months in which it gets there."""
    one_off: Money = 0
    """What the provider invests in it [money]."""

    def on(self, data: dict[str, Any]) -> None:
        """Adds a wave to those that are planned."""
        automation = _automation(data)
        wave = {"go_live": self.month, "ceiling": self.share, "rise": self.rise}
        automation["waves"] = [*automation["waves"], wave | {"one_off": self.one_off}]


def _automation(data: dict[str, Any]) -> dict[str, Any]:
    if data.get("automation") is None:
        raise ScenarioError("nothing is automated in this scenario, so no stress can change it")
    written: dict[str, Any] = data["automation"]
    return written
