"""Rules on KPIs: is each specific, measurable, owned and dated, and who holds the meter?"""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.checks.finding import (
    Finding,
    definition,
    finding,
    listed,
    models,
    named,
    paid_by,
    terms,
)
from scenarios.deal import Deal
from scenarios.scenario import Scenario


def kpi_undefined(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """A KPI on which money depends and of which the term sheet says "not stated" somewhere."""
    results = [getattr(model, "results", ()) for model in models(deal).values()]
    levelled = {result.kpi for some in results for result in some}
    for kpi in paid_by(scenario, deal):
        says, measured = definition(deal, kpi), scenario.kpis[kpi]
        missing = {
            what: (place, field)
            for what, place, field, there in (
                ("meaning", "definitions", "means", says.means),
                ("unit", "kpis", "unit", measured.unit or measured.kind == "rate"),
                ("data source", "definitions", "source", says.source),
                ("target", "targets", "", kpi in deal.targets or kpi in levelled),
                ("measurement owner", "definitions", "measured_by", says.measured_by),
                ("due date", "definitions", "due", says.due),
            )
            if not there
        }
        if missing:
            yield finding(
                deal,
                f"definitions.{kpi}",
                f"KPI {kpi} has no {listed([*missing])}",
                "money depends on it",
                _say(kpi, [*missing.values()]),
            )


def _say(kpi: str, missing: list[tuple[str, str]]) -> str:
    """Where the missing parts are written."""
    said = []
    for place in dict.fromkeys(place for place, _ in missing):
        fields = [field for where, field in missing if where == place and field]
        said.append(f"{listed(fields, 'and')} in {place}.{kpi}" if fields else f"{place}.{kpi}")
    return f"give {listed(said, 'and')}"


def provider_meter(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """Money on a KPI that the contract lets the provider measure, and nobody else audit."""
    for kpi, place in paid_by(scenario, deal).items():
        says = definition(deal, kpi)
        if says.measured_by == "provider" and not says.audited:
            yield finding(
                deal,
                place,
                f"the provider measures KPI {kpi}, by which it is paid, and nobody audits it",
                "what the meter overstates is paid as if it were true",
                f"let the buyer audit (definitions.{kpi}.audited: true) or measure",
            )


def another_meter(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """A KPI whose owner in the contract is not the one that the scenario simulates."""
    for kpi, says in deal.definitions.items():
        if kpi not in scenario.kpis or says.measured_by is None:
            continue
        meter = scenario.kpis[kpi].meter
        if says.measured_by != meter:
            yield finding(
                deal,
                f"definitions.{kpi}.measured_by",
                f"the contract lets the {says.measured_by} measure KPI {kpi}, "
                f"the scenario the {meter}",
                "what is simulated is not what is agreed",
                f"make them one, here or in kpis.{kpi}.meter",
            )


def rounded_past_the_target(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """A KPI that is rounded to fewer decimals than its target has."""
    for place, term in terms(deal).items():
        decimals = getattr(term, "decimals", None)
        if not isinstance(decimals, int):
            continue
        for kpi in named(term, deal.targets):
            target = deal.targets[kpi]
            levels = target if isinstance(target, tuple) else (target,)
            if any(round(level, decimals) != level for level in levels):
                yield finding(
                    deal,
                    f"{place}.decimals",
                    f"KPI {kpi} is rounded to {decimals} decimals, and its target has more",
                    "a reading just short of the target can pass, and one that reaches it fail",
                    "round to as many decimals as the target has",
                )
