"""The Scenario: what a person wrote down. Validated data, no arithmetic."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import (
    Discriminator,
    Field,
    Tag,
    ValidationError,
    field_validator,
    model_validator,
)

from scenarios import paths
from scenarios.deal import Deal
from scenarios.declared import Declared, OneOf
from scenarios.drivers import (
    AfterTheEnd,
    Alignment,
    Automation,
    Backlog,
    Correlated,
    Delivery,
    Events,
    Index,
    Kpi,
    Management,
    MarketPrice,
    Outcomes,
    Response,
    Shock,
    Value,
    Volume,
)
from scenarios.drivers.correlations import refuse_impossible
from scenarios.drivers.stages import Stages, follow_stages, settle_references
from scenarios.errors import KeyPath, Problem, ScenarioError, unknown
from scenarios.pricing.hourly import Hourly
from scenarios.quantities import CalendarMonth, Currency, Discount, MoneyByYear, Quantity
from scenarios.stresses import Stress, chosen
from scenarios.uncertain import Distribution

DEMAND: dict[str, type[Declared]] = {kind.keyword(): kind for kind in (Volume, Backlog)}


class Party(Declared):
    """A party to the contract."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    """What tables call it."""
    discount_rate: Discount
    """One rate a year at which this party discounts, on the scenario's price basis."""


class Parties(Declared):
    """The two parties: there are never more."""

    buyer: Party
    """Who pays."""
    provider: Party
    """Who delivers."""


class PriceBasis(Declared):
    """Money is {kind}, in prices of {base_month}."""

    kind: Literal["real", "nominal"]
    """Real: prices of the base month throughout. Nominal: prices of each month."""
    base_month: CalendarMonth
    """The month whose prices are meant."""


class Lever(Declared):
    """A number that a slider moves in the meeting, from {low} to {high}."""

    number: str
    """Its dotted path, such as deals.Outcome.pricing.per_outcome.minimum."""
    low: float
    """Left end of the slider: a range to talk about, not a bound."""
    high: float
    """Right end of the slider."""
    step: Annotated[float, Field(gt=0)]
    """Step of the slider."""
    label: str = ""
    """What the slider is called; empty for the path's last word."""

    @model_validator(mode="after")
    def _ordered(self) -> Lever:
        if self.low >= self.high:
            raise ValueError(f"low ({self.low:g}) must be below high ({self.high:g})")
        return self


class Scenario(Declared):
    """The work, the world it is done in, the parties, and the deals to compare."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    """Title of the report."""
    question: str = ""
    """What is to be decided, in one sentence."""
    currency: Currency
    """Currency of every amount."""
    price_basis: PriceBasis
    """Real or nominal money."""
    start: CalendarMonth
    """First month."""
    months: Annotated[int, Field(ge=1, le=600)]
    """How many months are looked at."""
    stages: Stages | None = None
    """Months of the engagement by name, to which other numbers may refer."""
    fiscal_year_starts: Annotated[int, Field(ge=1, le=12)] = 1
    """First calendar month of the buyer's fiscal year."""
    discounting: Literal["end of month", "mid month"] = "end of month"
    """When in the month money is taken to move."""
    parties: Parties
    """Buyer and provider."""
    demand: Annotated[Volume | Backlog, OneOf(lambda: DEMAND, Declared, "kind of demand")]
    """How much work there is: a monthly volume, or a backlog with an end."""
    delivery: Delivery
    """Who does it and how long it takes."""
    automation: Automation | None = None
    """What machines take over; none for nothing."""
    kpis: dict[str, Kpi] = Field(default_factory=dict)
    """Key performance indicators by name."""
    correlations: Annotated[tuple[Correlated, ...], Field(strict=False)] = ()
    """Which KPIs move together."""
    outcomes: Outcomes = Outcomes()
    """What is claimed and what is verified."""
    indices: dict[str, Index] = Field(default_factory=dict)
    """Price indices by name."""
    market: dict[str, MarketPrice] = Field(default_factory=dict)
    """Market prices that benchmarks and reviews look at, by name, such as unit or a role."""
    shocks: dict[str, Shock] = Field(default_factory=dict)
    """Shocks from outside by name, which demand, effort and KPIs share."""
    events: Events | None = None
    """Insolvency, losses and change requests; none for a contract in which nobody asks."""
    response: Response | None = None
    """How the provider reacts to the way it is paid; none for not at all."""
    alignment: Alignment | None = None
    """How ready the parties are for each other; none where nobody asks."""
    management: Management = Management()
    """The buyer's own management against plan."""
    value: Value = Value()
    """What outcomes are worth to the buyer."""
    after_the_end: (
        Annotated[
            Annotated[Literal["none"], Tag("none")] | Annotated[AfterTheEnd, Tag("replacement")],
            Discriminator(lambda given: "none" if isinstance(given, str) else "replacement"),
        ]
        | None
    ) = None
    """What follows a contract that ends early: a replacement, or explicitly none."""
    deals: Annotated[dict[str, Deal], Field(min_length=1)]
    """The deals by name, in the order of the tables."""
    reference: str | None = None
    """Name of the deal whose bill measures the saving; none for the first by hours worked."""
    approved_budget: MoneyByYear | None = None
    """Approved money a fiscal year; a year cut short counts in proportion."""
    cases: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """Named cases: dotted paths and the values they take instead."""
    levers: Annotated[tuple[Lever, ...], Field(strict=False)] = ()
    """Numbers to move in the meeting."""
    sources: dict[str, str] = Field(default_factory=dict)
    """Where a number comes from, by dotted path; a file's comments end up here."""
    references: dict[str, str] = Field(default_factory=dict)
    """Numbers written as a stage, such as stage.release + 3, by dotted path; filled on reading."""

    @model_validator(mode="before")
    @classmethod
    def _stages_as_months(cls, given: Any) -> Any:
        """A number may be written as a stage of the engagement."""
        return settle_references(given) if isinstance(given, dict) else given

    @field_validator("deals", mode="before")
    @classmethod
    def _named(cls, given: Any) -> Any:
        """A deal's key is its name; Python code may also give a plain list of deals."""
        if isinstance(given, list | tuple) and all(isinstance(deal, Deal) for deal in given):
            return {deal.name: deal for deal in given}
        if not isinstance(given, dict):
            return given
        return {name: _called(name, deal) for name, deal in given.items()}

    @model_validator(mode="after")
    def _hangs_together(self) -> Scenario:
        problems = [problem for problem in self._contradictions() if problem is not None]
        if problems:
            raise ScenarioError(*problems)
        return self

    def _contradictions(self) -> Iterator[Problem | None]:
        """What the sections say against each other."""
        yield from self._about_names()
        yield from self._about_quality()
        yield from self._about_work()
        moved = [lever.number for lever in self.levers]
        for place, number in enumerate(moved):
            if number in moved[:place]:
                yield Problem(f"{number} has a lever already", key=("levers", place, "number"))
        for deal in self.deals.values():
            yield self._inadmissible(deal)

    def _about_names(self) -> Iterator[Problem | None]:
        """Deals and indices that a section names."""
        if self.reference is not None:
            yield _unknown("deal", self.reference, self.deals, "reference")
        if self.delivery.cost_index is not None:
            index = self.delivery.cost_index
            yield _unknown("index", index, self.indices, "delivery", "cost_index")

    def _about_quality(self) -> Iterator[Problem | None]:
        """KPIs that other sections name, and their correlations."""
        try:
            carried = {name: kpi.autocorrelation for name, kpi in self.kpis.items()}
            refuse_impossible(carried, self.correlations)
        except ValueError as error:
            yield Problem(str(error), key=("correlations",))
        claimed = self.outcomes.claimed
        if isinstance(claimed, str):
            yield _unknown("KPI", claimed, self.kpis, "outcomes", "claimed")
        for kpi in self.value.kpis:
            yield _unknown("KPI", kpi, self.kpis, "value", "kpis", kpi)
        for name, shock in self.shocks.items():
            for kpi in shock.kpis:
                yield _unknown("KPI", kpi, self.kpis, "shocks", name, "kpis", kpi)

    def _about_work(self) -> Iterator[Problem | None]:
        """What a monthly volume needs, and what a backlog has no use for."""
        if isinstance(self.demand, Volume):
            if self.delivery.hours_per_unit == 0:
                yield Problem("is needed with a monthly volume", key=("delivery", "hours_per_unit"))
            return
        if self.automation is not None:
            yield Problem(
                "automation takes units from a monthly volume; a backlog becomes faster by "
                "delivery.throughput",
                key=("automation",),
            )
        effort = self.delivery.effort
        if effort is not None and (effort.estimate_error != 1 or effort.monthly_error):
            yield Problem(
                "estimate_error and monthly_error are of a monthly volume; a backlog has its own: "
                "write demand.backlog.overrun",
                key=("delivery", "effort"),
            )
        for name, shock in self.shocks.items():
            if shock.demand != 0:
                yield Problem(
                    "changes a monthly volume's demand; a backlog feels it in its effort and KPIs "
                    "alone: take demand out",
                    key=("shocks", name),
                )

    def admit(self, deal: Deal) -> None:
        """Raise ``ScenarioError`` where a deal can end early and nobody said what follows."""
        problem = self._inadmissible(deal)
        if problem is not None:
            raise ScenarioError(problem)

    def _inadmissible(self, deal: Deal) -> Problem | None:
        ends = deal.may_stop or (deal.months is not None and deal.months < self.months)
        if not ends or self.after_the_end is not None:
            return None
        return Problem(
            f"deal {deal.name!r} can end before the scenario does: say in after_the_end what a "
            "replacement costs, or none",
            key=("deals", deal.name),
        )

    def __repr__(self) -> str:
        return f"Scenario {self.name!r}: {', '.join(self.deals)}; {self.months} months"

    @property
    def reference_deal(self) -> Deal:
        """The deal whose bill measures the saving: as named, else the first that bills hours
        worked, else the first.
        """
        if self.reference is not None:
            return self.deals[self.reference]
        for deal in self.deals.values():
            if isinstance(deal.pricing, Hourly) and deal.pricing.billing == "worked":
                return deal
        return next(iter(self.deals.values()))

    def canonical(self) -> str:
        """The scenario as canonical JSON: the same text for the same content."""
        return json.dumps(self.model_dump(mode="json", exclude_none=True), sort_keys=False)

    def digest(self) -> str:
        """SHA-256 of the content; the order of keys and the sources do not matter to it."""
        data = self.model_dump(mode="json", exclude_none=True, exclude={"sources"})
        data["reference"] = self.reference_deal.name
        return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()

    def change(self, changes: Mapping[str, Any]) -> Scenario:
        """The scenario with the numbers at these dotted paths changed, validated again.

        Clauses are named by kind: ``deals.Outcome.clauses.fee_cap.annual``. Raises
        ``ScenarioError`` for a path that does not exist.
        """
        data = self.model_dump(mode="json")
        for path, value in changes.items():
            whole = isinstance(paths.get(data, path), int) and isinstance(value, float)
            paths.put(data, path, int(value) if whole and value.is_integer() else value)
        follow_stages(data, changes)
        return type(self).model_validate(data)

    def stress(self, stress: str | Stress, **numbers: Any) -> Scenario:
        """The scenario under a named stress: ``stress("automation_late", quarters=2)``; stresses
        may follow each other. Raises ``ScenarioError`` for an unknown stress, or for one that finds
        nothing in this scenario to change.
        """
        data = self.model_dump(mode="json")
        chosen(stress, numbers).put_on(data)
        try:
            return type(self).model_validate(data)
        except ValidationError as error:
            raise ScenarioError(*_invalid(error)) from error

    def number(self, path: str) -> Any:
        """What stands at a dotted path."""
        return paths.get(self.model_dump(mode="json"), path)

    def case(self, name: str) -> Scenario:
        """The scenario of a named case; ``base`` is the scenario itself."""
        if name not in self.cases and name == "base":
            return self
        problem = _unknown("case", name, self.cases)
        if problem is not None:
            raise ScenarioError(problem)
        return self.change(self.cases[name])

    def certain(self) -> Scenario:
        """The scenario with uncertainty off: every distribution at its central value.

        Raises ``ScenarioError`` where the central values of a section do not go together.
        """
        certain = _certain(self)
        assert isinstance(certain, Scenario)  # noqa: S101  what mypy cannot see
        return certain


def _certain(node: Any, at: KeyPath = ()) -> Any:
    """A declaration without uncertainty; distributions central, dispersions zero. Raises
    ``ScenarioError`` at the section, below ``at``, whose central values do not go together.
    """
    if isinstance(node, Distribution):
        return node.central
    if isinstance(node, Declared):
        changes: dict[str, Any] = {}
        for name, field in type(node).model_fields.items():
            spread = any(isinstance(x, Quantity) and x.spread for x in field.metadata)
            value = getattr(node, name)
            changes[name] = type(value)(0) if spread else _certain(value, (*at, name))
        try:
            return node.replace(**changes)
        except ValidationError as error:
            found = (replace(problem, key=(*at, *problem.key)) for problem in _invalid(error))
            raise ScenarioError(*found) from error
    if isinstance(node, dict):
        return {key: _certain(value, (*at, key)) for key, value in node.items()}
    if isinstance(node, tuple):
        return tuple(_certain(value, (*at, place)) for place, value in enumerate(node))
    return node


def _invalid(error: ValidationError) -> Iterator[Problem]:
    """What a validation found wrong, in words."""
    for found in error.errors(include_url=False):
        own = found.get("ctx", {}).get("error")
        if isinstance(own, ScenarioError):
            yield from (replace(one, key=(*found["loc"], *one.key)) for one in own.problems)
        else:
            yield Problem(found["msg"].removeprefix("Value error, "), key=found["loc"])


def _called(name: Any, deal: Any) -> Any:
    """What is written of a deal, with its key as its name."""
    if not isinstance(deal, dict):
        return deal
    if deal.get("name", name) != name:
        problem = Problem("a deal's key is its name: take this out", key=("deals", name, "name"))
        raise ScenarioError(problem)
    return {"name": name} | deal


def _unknown(what: str, name: str, allowed: Mapping[str, Any], *key: str) -> Problem | None:
    return None if name in allowed else unknown(what, name, allowed, key)
