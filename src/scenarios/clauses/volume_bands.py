"""Additional and reduced resource charges (ARC and RRC) in volume bands around a baseline."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field, model_validator

from scenarios.clauses.followed_price import since_first_month
from scenarios.clauses.volume_rebaselining import VolumeRebaselining
from scenarios.declared import Declared
from scenarios.ledger import Ledger
from scenarios.quantities import Factor, Price, Share, UnitsByYear
from scenarios.term import Array, Clause, by_year
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
    not 1: The credit is multiplied by {reduction_factor}.][ The baseline follows lasting change:
    {rebaselining}.][ These rates follow the price of {follows}: they change by what that price has
    changed by since the first month.]

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
    rebaselining: VolumeRebaselining | None = None
    """When the baseline volume follows the volume, and at what charge; none for never."""
    follows: str | None = None
    """Name of the price that the rates follow, such as a role, base or unit: what changes that
    price after the first month, such as indexation, changes them; none for fixed rates."""

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
        """The additional charge less the reduction, at the close of each measuring period, and each
        month what another baseline costs, (months, paths) [money].
        """
        every, again = self.measured_every, self.rebaselining
        agreed = by_year(self.baseline, world)
        baseline = agreed * world.elapsed(every)
        units = world.running(world[self.counts], every)
        followed = None if self.follows is None else since_first_month(self.follows, ledger)
        if again is None:
            return self._charged(units, baseline, world, followed)
        factor = again.factor(units, baseline, every)
        charge = self._charged(units, baseline * factor, world, followed)
        more = (factor - 1) * (agreed * again.charge_per_unit)
        return charge + (more if followed is None else more * followed)

    def _charged(
        self, units: Array, baseline: Array, world: World, followed: Array | None
    ) -> Array:
        """What the bands charge, less what they credit, at the close of each period [money];
        ``followed`` is what their rates have become since the first month [factor].
        """
        rows = world.closing(self.measured_every)
        units, baseline = units[rows], baseline[rows]
        charge = self._additional(units, baseline) - self._reduced(units, baseline)
        if followed is not None:
            charge = charge * followed[rows]
        return world.from_closing(charge, self.measured_every)

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
        rates = [0, *(band.rate for band in self.additional)]
        steps = zip(begins, pairwise(rates), strict=True)
        charge = _graduated(
            (units - begin * baseline, after - before) for begin, (before, after) in steps
        )
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
        rates = [0, *(band.rate for band in self.reduced), 0]
        steps = zip(begins, pairwise(rates), strict=True)
        credit = _graduated(
            (begin * baseline - units, after - before) for begin, (before, after) in steps
        )
        if not cliff:
            return credit
        edge = baseline * (1 - self.deadband)
        return credit * self.reduction_factor * (units < edge - _noise(edge))


def _graduated(beyond: Iterable[tuple[Array, Any]]) -> Any:
    """The units past each band's start, below 0 where it is not reached, times what the rate of the
    band is more than that of the band before.
    """
    total: Any = None
    for units, rise in beyond:
        np.clip(units, 0, np.inf, out=units)
        np.multiply(units, rise, out=units)
        total = units if total is None else np.add(total, units, out=total)
    return total


def _noise(edge: Array) -> Any:
    """What floats may lose on an edge: a volume exactly on it is within the deadband."""
    return 0 if edge.dtype == object else edge * ON_TARGET
