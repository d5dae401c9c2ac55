"""Outcomes: units completed, claimed and verified, and what they are worth."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.declared import Declared
from scenarios.drivers.chance import by_age, found
from scenarios.quantities import Level, Months, Share, Span
from scenarios.uncertain import (
    Array,
    Distribution,
    Draws,
    ShareOrName,
    UncertainMoney,
    UncertainMonths,
    UncertainPrice,
    UncertainShare,
)


class Outcomes(Declared):
    """The provider claims {claimed} of the completed units as resolved; {reopened} of those are
    reopened and {duplicates} counted twice, and the rest is verified.

    ``claimed`` may name a KPI that is a rate: then that KPI, as it is, is the share. What is
    ``inflated`` is counted on top of what is true: the provider's own count is verified as it is,
    any other finds the excess out, and what outcomes are worth and cost follows what is true.

    An audit samples units as they are claimed, whoever counts them: what is inflated is in its
    sample in proportion, and every such unit is wrong. Formula: e = 1 - (1 - w) * true / claimed, w
    the share ``wrongly_claimed`` of the true ones. Source: simple random sampling; that an audit
    sees through each inflated unit that it looks at is an assumption.
    """

    claimed: ShareOrName = 1
    """Share of completed units claimed, or the name of a KPI that is that share."""
    reopened: UncertainShare = 0
    """Share of claimed units that come back."""
    duplicates: UncertainShare = 0
    """Share of claimed units that were counted twice."""
    inflated: UncertainShare = 0
    """Share by which claims exceed the true ones; never more than all completed units."""
    reopening_delay: UncertainMonths | None = None
    """Mean months until a unit is reopened; none for the month of its claim, without a series."""
    confirmed: UncertainShare | None = None
    """Share of claimed units that the customer confirms; none where nobody asks."""
    wrongly_claimed: UncertainShare | None = None
    """Share of claimed units, before any are inflated, that an audit would call wrong; none where
    nobody audits."""
    audit_sample: Span | None = None
    """Claims that an audit looks at in a month; none for all of them."""
    definition: str = ""
    """What counts as an outcome, in words."""
    source: str = ""
    """The data it is read from, such as an export of the ticket system."""
    measured_by: Literal["buyer", "provider", "independent"] | None = None
    """Who counts; none where nobody has said."""
    data_owner: Literal["buyer", "provider"] | None = None
    """Whose data it is; none where nobody has said."""
    baseline_months: Months | None = None
    """Months of history behind the baseline; none where nobody has looked."""
    controllable: Share | None = None
    """Share of the outcome that the provider's work decides; none where nobody has asked."""

    @model_validator(mode="after")
    def _leaves_something(self) -> Outcomes:
        if isinstance(self.reopened, Distribution) or isinstance(self.duplicates, Distribution):
            return self
        if self.reopened + self.duplicates > 1:
            raise ValueError("reopened and duplicates together must not exceed 1")
        return self

    @model_validator(mode="after")
    def _audits_something(self) -> Outcomes:
        if self.audit_sample is not None and self.wrongly_claimed is None:
            raise ValueError(
                f"audit_sample ({self.audit_sample}) needs wrongly_claimed, the share of claims "
                "that are wrong: add it, or leave audit_sample out"
            )
        return self

    def count(
        self, completed: Array, kpis: Mapping[str, Array], draws: Draws, more: Any = 1
    ) -> tuple[Array, Array]:
        """Claimed and verified units as they are counted, (months, paths or 1) [units]; ``more`` is
        how many times as often as declared units are reopened, such as automated ones.
        """
        claimed, verified = self.true(completed, kpis, draws, more)
        if isinstance(self.inflated, int | float) and not self.inflated:
            return claimed, verified
        counted = claimed * (1 + draws.value(self.inflated, "outcomes.inflated"))
        counted = np.minimum(counted, np.maximum(completed, claimed))
        if self.measured_by != "provider":
            return counted, verified
        return counted, counted * (1 - self._lost(draws, more))

    def true(
        self, completed: Array, kpis: Mapping[str, Array], draws: Draws, more: Any = 1
    ) -> tuple[Array, Array]:
        """Units that are truly resolved at first, and that stay so, whatever is counted, (months,
        paths or 1) [units].
        """
        if isinstance(self.claimed, str):
            share = kpis[f"kpi.{self.claimed}"]
        else:
            share = draws.value(self.claimed, "outcomes.claimed")
        claimed = completed * share
        return claimed, claimed * (1 - self._lost(draws, more))

    def _lost(self, draws: Draws, more: Any) -> Any:
        """Share of claimed units that are reopened or duplicates, (1 or months, paths) [share]."""
        lost = self.reopening(draws, more) + draws.value(self.duplicates, "outcomes.duplicates")
        return np.minimum(lost, 1)

    def reopening(self, draws: Draws, more: Any = 1) -> Any:
        """Share of claimed units that are reopened, a number or (1 or months, paths) [share]."""
        return draws.value(self.reopened, "outcomes.reopened") * more

    def beside(
        self, claimed: Array, draws: Draws, more: Any = 1, counted: Array | None = None
    ) -> dict[str, Array]:
        """``reopened.AGE``, ``confirmed`` and ``audit.error``, where declared; each (months, paths
        or 1). Whenever it is reopened, a unit is missing among the verified ones of its own month.

        ``claimed`` are the true claims and ``counted`` those that are made, the same unless given.
        """
        made: dict[str, Array] = {}
        if self.reopening_delay is not None:
            back = claimed * np.minimum(self.reopening(draws, more), 1)
            delay = draws.value(self.reopening_delay, "outcomes.reopening_delay")
            made |= {f"reopened.{age}": units for age, units in enumerate(by_age(back, delay))}
        if self.confirmed is not None:
            made["confirmed"] = claimed * draws.value(self.confirmed, "outcomes.confirmed")
        if self.wrongly_claimed is not None:
            share = draws.value(self.wrongly_claimed, "outcomes.wrongly_claimed")
            if counted is not None and counted is not claimed:
                some = counted > 0
                share = 1 - (1 - share) * np.where(some, claimed / np.where(some, counted, 1), 1)
            made["audit.error"] = self._audited(share, draws, len(claimed))
        return made

    def _audited(self, share: Any, draws: Draws, months: int) -> Array:
        """Share of wrong claims that each month's sample finds, of the share there is; with
        uncertainty off, and where all is audited, that share itself.
        """
        if self.audit_sample is None:
            return np.asarray(np.zeros((months, 1)) + share)
        return found(draws.normals("outcomes.audit.noise", months), self.audit_sample, share)


class KpiWorth(Declared):
    """Each {step} by which the KPI is better than {reference} is worth {worth} {per}.

    Worse than the reference costs as much. The KPI counts as it is, not as its meter shows it.
    """

    worth: UncertainMoney
    """Worth of one step [money]."""
    step: Annotated[float, Field(gt=0)]
    """What one step is, in the KPI's unit, such as 0.01 for a point of a rate."""
    reference: Level
    """The level at which it is worth nothing, such as the one before the contract."""
    per: Literal["a month", "a unit"] = "a month"
    """Whether the worth is that of a month, or of each unit that comes in."""

    def simulate(
        self, kpi: Array, demand: Array, draws: Draws, name: str, *, lower_is_better: bool
    ) -> Array:
        """What the KPI is worth to the buyer, (months, paths or 1) [money]; below 0 where worse."""
        better = self.reference - kpi if lower_is_better else kpi - self.reference
        steps = better * (draws.value(self.worth, f"value.kpis.{name}.worth") / self.step)
        return np.asarray(steps * demand if self.per == "a unit" else steps)


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
    kpis: dict[str, KpiWorth] = Field(default_factory=dict)
    """What KPIs are worth, by name."""


class AfterTheEnd(Declared):
    """Once a contract no longer runs, a replacement costs the buyer {per_month} a month, of a
    backlog as long as there is work left, and {per_unit} for each unit that comes in; the outcomes
    are then worth what they were.
    """

    per_month: UncertainMoney = 0
    """Money a month; of a backlog, for the share of the month in which there is work left."""
    per_unit: UncertainPrice = 0
    """Money for each unit that comes in."""
