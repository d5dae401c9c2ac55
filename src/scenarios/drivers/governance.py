"""Onboarding and governance: what they take of both parties' time, and how far they align them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np

from scenarios.declared import Declared
from scenarios.quantities import Days, Span
from scenarios.uncertain import Array

ONBOARDING_DAYS = 30
"""Days of onboarding that count in full. Source: Global Software Companies, guide to keeping
outsourced software teams aligned; a claim."""
DAYS_A_MONTH = 30
"""The day convention of this package: a month has 30 days."""

Side = Literal["provider", "buyer"]
Coefficient = Callable[[str], Any]
"""A published coefficient, or the scenario's own, by key: a number or (1, paths)."""


class Onboarding(Declared):
    """The provider's team is onboarded in the first {days} days; a readiness checklist is worked
    off before it starts: {checklist}.
    """

    days: Days = ONBOARDING_DAYS
    """Calendar days of onboarding; fewer than 30 do so much less in proportion, more do no more."""
    checklist: bool = False
    """Whether a readiness checklist is worked off before the team starts."""

    def left(self, value: Coefficient, built: Array) -> Any:
        """What it leaves of the gap to full readiness, ``built`` of its effect being there."""
        left = 1 - value("onboarding_closes") * min(self.days / ONBOARDING_DAYS, 1) * built
        return left * (1 - value("checklist_closes") * built) if self.checklist else left

    def hours(self, value: Coefficient, side: Side, people: float, months: int) -> Any:
        """What it takes of this side's time, (months, paths or 1) [hours]; every person of the
        provider's team is onboarded.
        """
        month = np.arange(months)[:, None]
        days = np.clip(self.days - DAYS_A_MONTH * month, 0, DAYS_A_MONTH)
        each = people if side == "provider" else 1
        hours = days * value(f"onboarding_{side}_hours") * each
        return hours + (month == 0) * value(f"checklist_{side}_hours") if self.checklist else hours


class Governance(Declared):
    """The parties review their work together every {review_every} months, and each release passes a
    gate: {release_gates}.
    """

    review_every: Span | None = 1
    """Months from one joint review to the next; none for no reviews."""
    release_gates: bool = False
    """Whether a release is decided on, tests, security and readiness shown."""

    def left(self, value: Coefficient, built: Array) -> Any:
        """What it leaves of the gap to full readiness, ``built`` of its effect being there."""
        left: Any = 1
        if self.review_every is not None:
            left = left * (1 - value("reviews_close") / self.review_every * built)
        if self.release_gates:
            left = left * (1 - value("gates_close") * built)
        return left

    def hours(self, value: Coefficient, side: Side, activity: Array) -> Any:
        """What it takes of this side's time while the team works, (months, paths or 1) [hours];
        ``activity`` is the share of each month in which it does.
        """
        hours: Any = np.zeros((len(activity), 1))
        if self.review_every is not None:
            meets = (np.arange(len(activity))[:, None] + 1) % self.review_every == 0
            hours = hours + (meets & (activity > 0)) * value(f"review_{side}_hours")
        if self.release_gates:
            hours = hours + activity * value(f"gate_{side}_hours")
        return hours
