"""Additional and reduced resource charges (ARC and RRC) in volume bands around a baseline."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.declared import Declared
from scenarios.ledger import Ledger
from scenarios.quantities import Factor, Price, Share, UnitsByYear
from scenarios.term import Array, Clause, add_up, by_year
from scenarios.world import ON_TARGET, World


class AdditionalBand(Declared):
    """{rate} for each unit[ up to {up_to} times the baseline volume][if up_to is none:  beyond]."""

    rate: Price
    """Money for each additional unit in the band (ARC rate)."""
    up_to: Factor | None = None
    """Upper end of the band as a multiple of the baseline volume; none for the last band."""


class ReducedBand(Declared):
    """{rate} for each unit[ down to {down_to} of the baseline volume]."""

    rate: Price
    """Money for each unit less in the band (RRC rate)."""
    down_to: Share = 0
    """Lower end of the band as a share of the baseline volume; below the last one no reduction."""


class VolumeBands(Clause):
    """The charges cover a monthly baseline volume of {baseline}, counted in [if counts is demand:
    incoming][if counts is not demand: {counts}] units. [if measured_every is 1: Each month the
    volume is compared with it.][if measured_every is not 1: Every {measured_every} months the
    average monthly volume is compared with it, and each of these months is charged or credited
    alike.] Within a deadband of {deadband} above or below it the charges do not change.[ For a
    higher volume the buyer pays an additional charge of {additional}; the last rate goes on beyond
    the last band, without limit.][ For a lower volume the buyer is credited {reduced}; further down
    the charges stay as they are.][if convention is from the edge: Only units beyond the deadband
    are charged or credited.][if convention is from the baseline: Once the volume is outside the
    deadband, all units from the baseline volume on are charged or credited.][if reduction_factor is
    not 1: The credit is multiplied by {reduction_factor}.]

    Formula: from the edge, ARC = sum_k a_k * max(0, min(Q, hi_k V) - max(lo_k V, (1 + d) V)), RRC
    the mirror of it below (1 - d) V; from the baseline, ARC = (Q - V) * a if Q > (1 + d) V, else 0,
    and RRC = (V - Q) * Z * r if Q < (1 - d) V, else 0.

    Source: ARC and RRC clauses; from the edge (upperedge.com, with the typical deadband of 10 %),
    from the baseline (lawinsider, ARC rate, with the agreed constant Z); deadbands of 5 to 10 %
    (merit-outsourcing-advisors), outer bands of 20 to 30 % (assumption). From the baseline is a
    cliff at the edge of the deadband. The lowest band's end is an implicit minimum commitment. A
    volume on the edge is within. Over several months volume and baseline are added up.
    """

    budget: ClassVar[str] = "variable fee"

    baseline: UnitsByYear
    """Units a month that the charges cover: one number, or one a contract year."""
    counts: Literal["completed", "verified", "claimed", "demand"] = "completed"
    """Which units are counted."""
    deadband: Share = 0.1
    """Share of the baseline by which the volume may differ without any change."""
    convention: Literal["from the edge", "from the baseline"] = "from the edge"
    """From where units are charged or credited once the volume is outside the deadband."""
    additional: Annotated[tuple[AdditionalBand, ...], Field(strict=False)] = ()
    """Rates above the baseline, band by band; empty for no additional charge."""
    reduced: Annotated[tuple[ReducedBand, ...], Field(strict=False)] = ()
    """Rates below the baseline, band by band; empty for no reduction."""
    reduction_factor: Factor = 1
    """Agreed constant Z on the reduction; only where it is counted from the baseline."""
    measured_every: Literal[1, 3, 6, 12] = 1
    """Months over which the volume is averaged; more than 1 is a true-up at their close."""

    @model_validator(mode="after")
    def _bands(self) -> VolumeBands:
        if not self.additional and not self.reduced:
            raise ValueError("needs additional or reduced: at least one band with its rate")
        _, start, fall = self._starts()
        tops = [band.up_to for band in self.additional]
        ends = [start, *(top for top in tops if top is not None)]
        if None in tops[:-1] or ends != sorted(set(ends)):
            raise ValueError(
                f"additional bands must rise from {start:g} times the baseline: up_to is {tops}; "
                "only the last may have none"
            )
        floors = [fall, *(band.down_to for band in self.reduced)]
        if floors != sorted(set(floors), reverse=True):
            raise ValueError(
                f"reduced bands must fall from {fall:g} of the baseline: down_to is {floors[1:]}"
            )
        if self.reduction_factor != 1 and self.convention == "from the edge":
            raise ValueError(
                "reduction_factor belongs to the convention from the baseline: choose that, or "
                "put the factor into the reduced rates"
            )
        return self

    def apply(self, world: World, ledger: Ledger) -> Array:
        """The additional charge less the reduction, at the close of each measuring period,
        (months, paths) [money].
        """
        every = self.measured_every
        baseline = by_year(self.baseline, world) * world.elapsed(every)
        units = world.running(world[self.counts], every)
        charge = self._additional(units, baseline) - self._reduced(units, baseline)
        return world.at_close(charge, every)

    def _starts(self) -> tuple[bool, Any, Any]:
        """Whether there is a cliff, and where additional and reduced units begin [factor]."""
        cliff = self.convention == "from the baseline"
        return (cliff, 1, 1) if cliff else (cliff, 1 + self.deadband, 1 - self.deadband)

    def _additional(self, units: Array, baseline: Array) -> Any:
        """The additional charge on the units of the period so far [money]."""
        if not self.additional:
            return baseline * 0
        cliff, start, _ = self._starts()
        begins = [start, *(band.up_to for band in self.additional[:-1])]
        above = [np.maximum(units - begin * baseline, 0) for begin in begins]
        charge = _in_bands([*above, 0], self.additional)
        if not cliff:
            return charge
        edge = baseline * (1 + self.deadband)
        return charge * (units > edge + _noise(edge))

    def _reduced(self, units: Array, baseline: Array) -> Any:
        """The reduction on the units of the period so far [money]."""
        if not self.reduced:
            return baseline * 0
        cliff, _, start = self._starts()
        begins = [start, *(band.down_to for band in self.reduced)]
        below = [np.maximum(begin * baseline - units, 0) for begin in begins]
        credit = _in_bands(below, self.reduced)
        if not cliff:
            return credit
        edge = baseline * (1 - self.deadband)
        return credit * self.reduction_factor * (units < edge - _noise(edge))


def _in_bands(beyond: list[Any], bands: tuple[AdditionalBand | ReducedBand, ...]) -> Any:
    """The units within each band at its rate; ``beyond`` are those past each band's start."""
    within = [here - further for here, further in pairwise(beyond)]
    return add_up(units * band.rate for units, band in zip(within, bands, strict=True))


def _noise(edge: Array) -> Any:
    """What floats may lose on an edge: a volume exactly on it is within the deadband."""
    return 0 if edge.dtype == object else edge * ON_TARGET
