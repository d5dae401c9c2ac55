"""A deal: one pricing model, its clauses in order, and what its KPIs mean."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from scenarios.clauses import known
from scenarios.declared import Declared, OneOf
from scenarios.numbering import numbered
from scenarios.pricing import PRICING
from scenarios.quantities import LevelByYear, Span
from scenarios.rounding import Rounding
from scenarios.term import STAGES, Clause, Pricing, Term

AnyPricing = Annotated[Pricing, OneOf(lambda: PRICING, Pricing, "pricing model", own=True)]
AnyClause = Annotated[Clause, OneOf(known, Clause, "clause", own=True)]


class Definition(Declared):
    """[It means: {means}.] [It is read from {source}][, measured by the {measured_by}][, if audited
    is yes: audited by the other party][, and counts from month {due}].
    [if averaged is by month: Over several months it is the simple mean of the months.][if averaged
    is by completed units: Over several months it is their average, weighted by completed units.]
    """

    means: str = ""
    """What is counted, in the words of the contract."""
    source: str = ""
    """The data it is read from, such as an export of the ticket system."""
    measured_by: Literal["buyer", "provider", "independent"] | None = None
    """Who measures it."""
    audited: bool = False
    """True where the party that does not measure may audit."""
    due: Span | None = None
    """Contract month, from 1, from which a KPI's target counts; none for the first."""
    averaged: Literal["by completed units", "by month"] | None = None
    """How a KPI read over several months is averaged, weighted or as a simple mean; none for by
    completed units."""


class Deal(Declared):
    """One way to pay for the work: a pricing model, clauses in order, and KPI targets.

    Raises ``ScenarioError`` (or pydantic's ``ValidationError``) where the clauses' stages mix.
    """

    name: Annotated[str, Field(min_length=1, max_length=60)]
    """What the deal is called in every table and picture."""
    pricing: AnyPricing
    """How the fee starts."""
    clauses: Annotated[tuple[AnyClause, ...], Field(strict=False)] = ()
    """What the contract adds; the list's order is the order of operations."""
    targets: dict[str, LevelByYear] = Field(default_factory=dict)
    """KPI targets: one number, or one a contract year (the last goes on)."""
    months: Span | None = None
    """Length of this contract; none for as long as the scenario runs."""
    definitions: dict[str, Definition] = Field(default_factory=dict)
    """What a KPI, or the word "outcome", means in this contract, who measures it, and from when."""
    rounding: Rounding = Rounding()
    """How invoices make whole cents of an amount."""

    def __init__(
        self,
        name: str | None = None,
        pricing: Pricing | Mapping[str, Any] | None = None,
        clauses: Any = (),
        **rest: Any,
    ) -> None:
        given = {"name": name, "pricing": pricing, "clauses": clauses, **rest}
        super().__init__(**{key: value for key, value in given.items() if value is not None})

    @model_validator(mode="after")
    def _stages_in_order(self) -> Deal:
        for first, second in pairwise(self.clauses):
            if STAGES.index(second.stage) < STAGES.index(first.stage):
                raise ValueError(
                    f"{second.label()!r} ({second.stage} stage) stands after {first.label()!r} "
                    f"({first.stage} stage): first what revises prices, quantities and targets, "
                    "then what moves money, then what shifts cash; move it up in the list"
                )
        return self

    @property
    def terms(self) -> tuple[Term, ...]:
        """Pricing and clauses in the order of operations."""
        return (self.pricing, *self.clauses)

    @property
    def by_name(self) -> dict[str, Clause]:
        """Its clauses by the names of dotted paths: ``fee_cap``, and ``fee_cap 2`` for a second."""
        kinds = (clause.keyword() for clause in self.clauses)
        return dict(zip(numbered(kinds), self.clauses, strict=True))

    @property
    def may_stop(self) -> bool:
        """True where a clause can end the contract early."""
        return any(clause.can_stop for clause in self.clauses)

    def due(self) -> dict[str, int]:
        """Months, from 0, from which KPI targets count, where that is not the first."""
        defined = self.definitions.items()
        return {kpi: one.due - 1 for kpi, one in defined if one.due is not None and one.due > 1}

    def averaged_by_month(self) -> frozenset[str]:
        """The KPIs whose average over several months is the simple mean of the months."""
        defined = self.definitions.items()
        return frozenset(kpi for kpi, one in defined if one.averaged == "by month")

    def without(self, place: int) -> Deal:
        """The same deal without its clause at this place in the list."""
        return self.replace(clauses=self.clauses[:place] + self.clauses[place + 1 :])

    def striking(self, *kinds: type[Clause]) -> Deal:
        """The same deal without its clauses of these kinds."""
        kept = [clause for clause in self.clauses if not isinstance(clause, kinds)]
        return self.replace(clauses=tuple(kept))
