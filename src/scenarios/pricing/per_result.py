"""Payment by result: a fixed amount for each named result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from scenarios.declared import Declared
from scenarios.pricing.fixed_price import first_month, reached
from scenarios.pricing.hourly import bill
from scenarios.quantities import Level, Money, Span, Units
from scenarios.term import Array, Basis, Pricing
from scenarios.world import World


class Result(Declared):
    """{name}: {amount}[ when the KPI {kpi} is][if level is not none: at {level} or better][ when
    the {counts} units in all reach {units}][, at the latest in contract month {by}].
    """

    name: Annotated[str, Field(min_length=1)]
    """What is to be reached; also the name of its price."""
    amount: Money
    """Money paid once."""
    kpi: str | None = None
    """The KPI that decides; none where units decide."""
    level: Level | None = None
    """The level that the KPI must reach, above or below as is better for it."""
    units: Units | None = None
    """Units, counted from the start, that must be reached; none where a KPI decides."""
    counts: Literal["verified", "completed"] = "verified"
    """Which units count: verified ones, or all that are worked to an end."""
    by: Span | None = None
    """Latest contract month, from 1; none for any month of the contract."""

    @model_validator(mode="after")
    def _one_condition(self) -> Result:
        if (self.kpi is None) == (self.units is None):
            raise ValueError(f"result {self.name!r} needs either a kpi with its level, or units")
        if (self.kpi is None) != (self.level is None):
            raise ValueError(f"result {self.name!r}: kpi and level go together")
        return self


class PerResult(Pricing):
    """For each result the buyer pays a fixed amount once, when the result is first reached; nothing
    is paid in part, nor for a result reached after its latest month or after the end of the
    contract: {results}. A KPI is read [if measured_every is 1: every month][if measured_every is
    not 1: every {measured_every} months as the average of them][if decimals is not none: , rounded
    to {decimals} decimals].

    Formula: Fee_t = sum_k A_k * [result k reached first in month t <= latest_k].

    Source: payment by results; milestone payment on acceptance (mechanisms M15), here on a KPI's
    level or on cumulated units.

    A result once paid stays paid, even if the KPI falls back. Read over several months, a KPI can
    only be reached in the month that closes them; its direction is the scenario's.
    """

    results: Annotated[tuple[Result, ...], Field(strict=False, min_length=1)]
    """The results and what each is worth."""
    measured_every: Literal[1, 3, 6, 12] = 1
    """Months over which a KPI is averaged before it is compared with its level."""
    decimals: int | None = None
    """Decimals to which a KPI is rounded before the comparison; none for no rounding."""

    @model_validator(mode="after")
    def _own_names(self) -> PerResult:
        names = [one.name for one in self.results]
        if len(set(names)) < len(names):
            raise ValueError(f"each result needs a name of its own; they are {', '.join(names)}")
        return self

    def prices(self, world: World) -> Mapping[str, Any]:
        """The amount of each result by its name [money]."""
        return {one.name: one.amount for one in self.results}

    def billable(self, world: World) -> Mapping[str, Array]:
        """1 in the month in which a result is first reached in time, else 0 [results]."""
        return {one.name: 1 * self._due(one, world) for one in self.results}

    def _due(self, result: Result, world: World) -> Array:
        """True in the month in which the result is paid."""
        first = first_month(self._reached(result, world))
        return first if result.by is None else first & (world.month < result.by)

    def _reached(self, result: Result, world: World) -> Array:
        """True where the result's condition holds."""
        if result.kpi is None:
            return reached(world, result.counts, result.units)
        every = self.measured_every
        met = world.meets(result.kpi, result.level, every, self.decimals)
        return met if every == 1 else met & world.closes(every)

    def charge(self, world: World, basis: Basis) -> Mapping[str, Array]:
        """The amounts of the results reached."""
        return {"variable fee": bill(basis)}
