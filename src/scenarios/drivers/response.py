"""Response to incentives: what a provider does otherwise because of how it is paid."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import model_validator

from scenarios.declared import Declared
from scenarios.quantities import Factor, Share


class Response(Declared):
    """A provider that keeps all of the gain from automating spreads it faster by {automation} times
    what it keeps beyond {neutral}, and one that KPIs a standard deviation better earn 1 % of its
    fee, what they cost taken off, lifts them by {quality} of one.

    Off unless a scenario declares it. Nobody has measured these coefficients: they are assumptions,
    and what they do is a paired difference on the same futures. Formula: pace = 1 + automation *
    (share kept - neutral), within slowest and fastest; standard deviations = quality * (gain / fee)
    / 0.01, from 0 up to most. Both incentives are read once, from the scenario as written; the
    provider does not react to its own reaction.
    """

    automation: Factor = 0
    """By how much the pace of automation rises as the share kept rises from none to all."""
    neutral: Share = 0.5
    """Share of the joint gain at which automation comes as the scenario says."""
    slowest: Factor = 0.25
    """The least pace, as a multiple of the scenario's own."""
    fastest: Factor = 2
    """The greatest pace, as a multiple of the scenario's own."""
    quality: Factor = 0
    """Standard deviations by which KPIs improve for each 1 % of the fee that is gained by one."""
    most: Factor = 1
    """The most by which KPIs improve [standard deviations]."""
    quality_cost: Share = 0
    """What a standard deviation of all KPIs costs the provider, as a share of what the hours worked
    cost it, those of subcontractors included."""

    @model_validator(mode="after")
    def _in_order(self) -> Response:
        if not self.slowest <= 1 <= self.fastest:
            raise ValueError(
                f"slowest ({self.slowest:g}) and fastest ({self.fastest:g}) must lie on either "
                "side of 1, the scenario's own pace"
            )
        return self

    def pace(self, kept: float) -> float:
        """How many times as fast automation spreads where the provider keeps this share of the
        joint gain; a share below 0 or above 1 counts as that bound.
        """
        share = min(max(kept, 0.0), 1.0)
        return min(max(1 + self.automation * (share - self.neutral), self.slowest), self.fastest)

    def better(self, gained: float) -> float:
        """Standard deviations by which KPIs improve where one of them earns this share of the
        fee.
        """
        return min(max(self.quality * gained / 0.01, 0.0), self.most)


@dataclass(frozen=True)
class Reaction:
    """What a provider does otherwise than the scenario says, because of how it is paid."""

    pace: float = 1
    """How many times as fast automation spreads."""
    better: float = 0
    """By how much KPIs are better [standard deviations]."""
