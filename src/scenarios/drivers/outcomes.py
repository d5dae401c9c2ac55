"""Outcomes: units completed, claimed and verified, and what they are worth."""

from __future__ import annotations

import numpy as np
from pydantic import model_validator

from scenarios.declared import Declared
from scenarios.uncertain import (
    Array,
    Distribution,
    Draws,
    ShareOrName,
    UncertainMoney,
    UncertainPrice,
    UncertainShare,
)


class Outcomes(Declared):
    """The provider claims {claimed} of the completed units as resolved; {reopened} of those are
    reopened and {duplicates} counted twice, and the rest is verified.

    ``claimed`` may name a KPI that is a rate: then that KPI, as it is, is the share.
    """

    claimed: ShareOrName = 1
    """Share of completed units claimed, or the name of a KPI that is that share."""
    reopened: UncertainShare = 0
    """Share of claimed units that come back."""
    duplicates: UncertainShare = 0
    """Share of claimed units that were counted twice."""

    @model_validator(mode="after")
    def _leaves_something(self) -> Outcomes:
        if isinstance(self.reopened, Distribution) or isinstance(self.duplicates, Distribution):
            return self
        if self.reopened + self.duplicates > 1:
            raise ValueError("reopened and duplicates together must not exceed 1")
        return self

    def count(self, completed: Array, kpis: dict[str, Array], draws: Draws) -> tuple[Array, Array]:
        """Claimed and verified units, (months, paths or 1) [units]."""
        if isinstance(self.claimed, str):
            share = kpis[f"kpi.{self.claimed}"]
        else:
            share = draws.value(self.claimed, "outcomes.claimed")
        claimed = completed * share
        lost = draws.value(self.reopened, "outcomes.reopened") + draws.value(
            self.duplicates, "outcomes.duplicates"
        )
        return claimed, claimed * (1 - np.minimum(lost, 1))


class Value(Declared):
    """To the buyer a verified unit is worth {verified_unit}; one that is not resolved costs
    {unresolved_unit}, one that is reopened or a duplicate {reopened_unit}, and one that waits
    {waiting_unit} a month.
    """

    verified_unit: UncertainPrice = 0
    """Worth of a verified unit [money per unit]."""
    unresolved_unit: UncertainPrice = 0
    """Buyer's cost of a completed unit that nobody claims as resolved [money per unit]."""
    reopened_unit: UncertainPrice = 0
    """Buyer's cost of a claimed unit that is reopened or a duplicate [money per unit]."""
    waiting_unit: UncertainMoney = 0
    """Buyer's cost of delay: a unit behind demand or plan, each month [money]."""


class AfterTheEnd(Declared):
    """Once a contract no longer runs, a replacement costs the buyer {per_month} a month and
    {per_unit} for each unit that comes in; the outcomes are then worth what they were.
    """

    per_month: UncertainMoney = 0
    """Money a month."""
    per_unit: UncertainPrice = 0
    """Money for each unit that comes in."""
