"""What a check finds, and what the rules ask of a deal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from scenarios.deal import Deal, Definition
from scenarios.pricing.glide_path import GlidePath
from scenarios.pricing.hybrid import Hybrid
from scenarios.scenario import Scenario
from scenarios.term import Pricing

Severity = Literal["problem", "note"]
"""A problem leaves money undefined or at risk; a note is common, and fine where it is meant."""


@dataclass(frozen=True)
class Finding:
    """One thing that a deal leaves open: where, what, why it matters, and what to do."""

    deal: str
    """Name of the deal."""
    place: str
    """Its dotted path in the scenario."""
    what: str
    """What is undefined or risky."""
    why: str
    """What it can cost, or why it matters."""
    do: str
    """What to do about it."""
    severity: Severity = "problem"
    """Whether it is a problem, or a note that needs no answer."""

    def __str__(self) -> str:
        return f"{self.severity}: {self.place}: {self.words}"

    @property
    def words(self) -> str:
        """What, why and what to do, on one line."""
        return f"{self.what}: {self.why}; {self.do}"


Rule = Callable[[Scenario, Deal], Iterator[Finding]]
"""One question to one deal of a scenario."""


def finding(deal: Deal, place: str, what: str, why: str, do: str) -> Finding:
    """A problem at a place of the deal, such as ``clauses.fee_cap``."""
    return Finding(deal.name, f"deals.{deal.name}.{place}", what, why, do)


def note(deal: Deal, place: str, what: str, why: str, do: str) -> Finding:
    """A note at a place of the deal: what is common, and fine where it is meant."""
    return replace(finding(deal, place, what, why, do), severity="note")


def terms(deal: Deal) -> dict[str, Any]:
    """Pricing and clauses by their places in the deal: ``clauses.fee_cap``, ``clauses.fee_cap 2``.

    A rule reads fields by name: it then holds for a term of one's own that has such a field, too.
    """
    clauses = {f"clauses.{name}": clause for name, clause in deal.by_name.items()}
    return {**models(deal), **clauses}


def models(deal: Deal) -> dict[str, Pricing]:
    """The pricing model by its place; of a glide path the start and the end model by theirs."""
    pricing = deal.pricing
    if not isinstance(pricing, GlidePath):
        return {f"pricing.{pricing.keyword()}": pricing}
    return {
        f"pricing.glide_path.{place}.{model.keyword()}": model
        for place, model in (("start", pricing.start), ("end", pricing.end))
    }


def weight(deal: Deal, place: str, year: int) -> float:
    """What the pricing model at this place weighs in a contract year, from 0: 1 but on a glide
    path.
    """
    if not isinstance(deal.pricing, GlidePath):
        return 1
    end = of_year(deal.pricing.weights, year)
    return end if place.startswith("pricing.glide_path.end.") else 1 - end


def of_year(amounts: Any, year: int) -> float:
    """One number, or that of a contract year, from 0, the last going on."""
    if not isinstance(amounts, tuple):
        return float(amounts)
    return float(amounts[min(year, len(amounts) - 1)])


def has(deal: Deal, *keywords: str) -> bool:
    """True where the deal has a clause of one of these kinds."""
    return any(clause.keyword() in keywords for clause in deal.clauses)


def length(scenario: Scenario, deal: Deal) -> int:
    """How many months the contract runs at most."""
    return deal.months or scenario.months


def years(scenario: Scenario, deal: Deal) -> range:
    """The contract years, from 0, the last one perhaps cut short."""
    return range(-(-length(scenario, deal) // 12))


def definition(deal: Deal, name: str) -> Definition:
    """What the deal says of a KPI or of the outcome; empty where it says nothing."""
    return deal.definitions.get(name, Definition())


def named(term: Any, kpis: Iterable[str]) -> dict[str, str]:
    """The KPIs that a term names, however deep, each with the field that names it first."""
    fields: dict[str, str] = {}
    for field, value in term.model_dump(mode="json").items():
        for text in _texts(value):
            if text in kpis:
                fields.setdefault(text, field)
    return fields


def paid_by(scenario: Scenario, deal: Deal) -> dict[str, str]:
    """The KPIs on which the deal makes something depend, and the place that does so first."""
    places: dict[str, str] = {}
    for place, term in terms(deal).items():
        if isinstance(term, Hybrid) and not term.at_risk and not term.bonus:
            continue  # its weights move nothing
        for kpi, field in named(term, scenario.kpis).items():
            places.setdefault(kpi, f"{place}.{field}")
    return places


def listed(parts: list[str], last: str = "or") -> str:
    """The parts in one phrase: "a, b or c"."""
    return f" {last} ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def _texts(value: Any) -> Iterator[str]:
    """Every name and text in plain data; a name that weighs 0 counts for nothing."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, dict):
        for name, part in value.items():
            if part != 0:
                yield name
                yield from _texts(part)
