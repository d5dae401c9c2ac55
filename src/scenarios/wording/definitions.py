"""What a contract counts and measures, as far as it says; what it does not say is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scenarios.deal import Deal, Definition
from scenarios.drivers import Kpi
from scenarios.scenario import Scenario
from scenarios.wording.amounts import by_year, name, number, per_cent
from scenarios.wording.operations import NOT_STATED

OUTCOME = "outcome"
"""The word under which a deal defines what counts as resolved."""


@dataclass(frozen=True)
class Defined:
    """What a word of the contract means: the outcome, or a KPI."""

    word: str
    """The outcome or the KPI, in words."""
    facts: tuple[tuple[str, str], ...]
    """What is said of it, by what it says."""


def outcome(deal: Deal, scenario: Scenario | None) -> Defined:
    """What a claimed, a verified and, where it is paid for, a confirmed unit is; who checks it."""
    unit, defined = unit_of(scenario), deal.definitions.get(OUTCOME, Definition())
    share = None if scenario is None else scenario.outcomes.claimed
    facts = {
        "what it means": defined.means or NOT_STATED,
        "claimed": f"{_one(unit)} that the provider reports as resolved or accepted",
        "verified": f"a claimed {unit} that was neither reopened nor counted twice",
        "who measures": _meter(defined, None),
        "source": defined.source or NOT_STATED,
    }
    if isinstance(share, str):
        facts["claimed"] = f"the share of completed {unit}s that the KPI {name(share)} shows"
    if "confirmed" in [value for term in deal.terms for _, value in term]:
        facts["confirmed"] = f"a claimed {unit} that the customer confirmed as resolved"
    return Defined("Outcome", tuple(facts.items()))


def kpis(deal: Deal, scenario: Scenario | None) -> Iterator[Defined]:
    """Each KPI that has a target or a definition."""
    known = {} if scenario is None else scenario.kpis
    for kpi in dict.fromkeys([*deal.targets, *deal.definitions]):
        if kpi != OUTCOME:
            defined = deal.definitions.get(kpi, Definition())
            facts = _kpi(deal.targets.get(kpi), defined, known.get(kpi))
            yield Defined(name(kpi), tuple(facts))


def unit_of(scenario: Scenario | None) -> str:
    """What one unit of work is called."""
    return "unit" if scenario is None else scenario.demand.unit


def _kpi(target: Any, defined: Definition, kpi: Kpi | None) -> Iterator[tuple[str, str]]:
    """A KPI's row: what, unit, target, who measures, from what, and from when."""
    yield "what it means", defined.means or NOT_STATED
    yield "unit", _unit(kpi) or NOT_STATED
    yield "target", NOT_STATED if target is None else _target(target, kpi)
    yield "better", NOT_STATED if kpi is None else kpi.better
    yield "who measures", _meter(defined, kpi)
    yield "source", defined.source or NOT_STATED
    yield "counts from", f"contract month {defined.due or 1}"


def _one(unit: str) -> str:
    """A ticket, an increment."""
    return f"{'an' if unit[:1].lower() in 'aeiou' else 'a'} {unit}"


def _meter(defined: Definition, kpi: Kpi | None) -> str:
    meter = defined.measured_by or (None if kpi is None else kpi.meter)
    if meter is None:
        return NOT_STATED
    who = "an independent party" if meter == "independent" else f"the {meter}"
    return f"{who}, audited by the other party" if defined.audited else who


def _unit(kpi: Kpi | None) -> str:
    if kpi is None:
        return ""
    return kpi.unit or ("share" if kpi.kind == "rate" else "")


def _target(target: Any, kpi: Kpi | None) -> str:
    """The target in the KPI's unit and direction, by contract year where it has several."""
    levels = [_level(level, kpi) for level in (target if isinstance(target, tuple) else (target,))]
    direction = {"higher": "at least ", "lower": "at most "}
    return ("" if kpi is None else direction[kpi.better]) + by_year(levels)


def _level(level: float, kpi: Kpi | None) -> str:
    if kpi is None:
        return number(level)
    if kpi.kind == "rate" and not kpi.unit:
        return per_cent(level)
    return f"{number(level)} {kpi.unit}".rstrip()
