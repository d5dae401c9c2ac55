"""Distance: sites and time zones that lie between those who work together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from scenarios.declared import Declared
from scenarios.uncertain import Draws, UncertainDayHours, UncertainFactor

Sites = Literal[
    "international",
    "several cities and companies",
    "several cities or companies",
    "same city",
    "same building",
    "one room",
]
"""Where the people sit, from the farthest to the nearest."""

SITES: Mapping[Sites, float] = {
    "international": 1.22,
    "several cities and companies": 1.09,
    "several cities or companies": 1.00,
    "same city": 0.93,
    "same building": 0.86,
    "one room": 0.80,
}
"""Effort by where people sit. Source: COCOMO II.2000 Model Definition Manual, cost driver SITE
(multisite development), rated very low to extra high; it was fitted to software projects."""

WORKING_DAY = 8
"""Hours of a working day that people in one time zone share."""


class Distance(Declared):
    """The work is done {sites} where its hours were measured {measured}, and {overlap} hours of the
    working day are shared.

    Formula: hours x SITE(sites) / SITE(measured) x (1 + hour_apart x (8 - overlap)). Source: COCOMO
    II.2000, SITE. That distributed work items take 2.5 times as long (Herbsleb & Mockus 2003) is
    about elapsed time, mostly because more people take part, and is no factor on hours.
    """

    sites: Sites = "several cities or companies"
    """Where the people sit who do this work."""
    measured: Sites = "several cities or companies"
    """Where those sat whose hours a unit stand in the file."""
    overlap: UncertainDayHours = WORKING_DAY
    """Hours of the working day that both ends share."""
    hour_apart: UncertainFactor = 0
    """Relative rise of hours for each hour that is not shared; no source is known for one."""

    def factor(self, draws: Draws) -> Any:
        """The factor on the hours of a unit, a number or (1, paths)."""
        apart = WORKING_DAY - draws.value(self.overlap, "delivery.effort.distance.overlap")
        rise = draws.value(self.hour_apart, "delivery.effort.distance.hour_apart")
        return SITES[self.sites] / SITES[self.measured] * (1 + rise * apart)
