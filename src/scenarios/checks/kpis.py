"""Rules on KPIs: is each specific, measurable, owned and dated, and who holds the meter?"""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.checks.finding import Finding, definition, finding, named, paid_by, terms
from scenarios.deal import Deal
from scenarios.scenario import Scenario


def kpi_undefined(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """A KPI with a weight or a target that lacks a source, a target, a due date or an owner."""
    paid = paid_by(scenario, deal)
    levelled = {result.kpi for result in getattr(deal.pricing, "results", ())}
    for kpi in dict.fromkeys([*paid, *deal.targets]):
        says = definition(deal, kpi)
        missing = [
            what
            for what, there in (
                ("data source", says.source),
                ("target", kpi in deal.targets or kpi in levelled),
                ("measurement owner", says.measured_by),
                ("due date", says.due),
            )
            if not there
        ]
        if missing:
            yield finding(
                deal,
                f"definitions.{kpi}",
                f"KPI {kpi} has no {_listed(missing)}",
                "money depends on it" if kpi in paid else "a target that nobody can hold up",
                _say(kpi, missing),
            )


def _say(kpi: str, missing: list[str]) -> str:
    """Where the missing parts are written."""
    keys = {"data source": "source", "measurement owner": "measured_by", "due date": "due"}
    parts = [keys[what] for what in missing if what in keys]
    places = [f"{_listed(parts, 'and')} in definitions.{kpi}"] if parts else []
    if "target" in missing:
        places.append(f"targets.{kpi}")
    return f"give {' and '.join(places)}"


def provider_meter(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """Money on a KPI that the provider measures and nobody else may audit."""
    for kpi, place in paid_by(scenario, deal).items():
        says = definition(deal, kpi)
        owner = says.measured_by or scenario.kpis[kpi].meter
        if owner == "provider" and not says.audited:
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


def _listed(parts: list[str], last: str = "or") -> str:
    """The parts in one phrase: "a, b or c"."""
    return f" {last} ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))
