"""What a contract counts and measures, as far as it says; what it does not say is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from scenarios.deal import Deal, Definition
from scenarios.drivers import Kpi, Outcomes
from scenarios.pricing.value_share import ValueShare
from scenarios.scenario import Scenario
from scenarios.wording.amounts import by_year, name, number, per_cent
from scenarios.wording.operations import NOT_STATED

OUTCOME = "outcome"
"""The word under which a deal defines what counts as resolved."""
AVERAGED = {
    "by completed units": "their average, weighted by completed units",
    "by month": "the simple mean of the months",
}
"""How a KPI is read over several months, where the contract says."""


@dataclass(frozen=True)
class Defined:
    """What a word of the contract means: the outcome, or a KPI."""

    word: str
    """The outcome or the KPI, in words."""
    facts: tuple[tuple[str, str], ...]
    """What is said of it, by what it says."""


def outcome(deal: Deal, scenario: Scenario | None, text: str) -> Defined:
    """What an outcome is, who counts it, and each word for units that the paragraphs' text uses.

    What the deal does not say is as the scenario's outcomes say it. Without facts where neither
    the deal nor its paragraphs speak of it.
    """
    said, defined = Outcomes() if scenario is None else scenario.outcomes, deal.definitions
    words = _words(unit_of(scenario), said.claimed, text)
    if not {"claimed", "verified", "confirmed"} & set(words) and OUTCOME not in defined:
        return Defined("Outcome", tuple(words.items()))
    own = defined.get(OUTCOME, Definition())
    facts = {
        "what it means": own.means or said.definition or NOT_STATED,
        **words,
        "who measures": _meter(own.measured_by or said.measured_by, own.audited),
        "source": own.source or said.source or NOT_STATED,
    }
    if isinstance(deal.pricing, ValueShare):
        facts["what it is worth"] = _worth(scenario)
    return Defined("Outcome", tuple(facts.items()))


def _worth(scenario: Scenario | None) -> str:
    """What outcomes are worth to the buyer, of which a price by value is a share: as the scenario's
    section value puts it at its central numbers.
    """
    if scenario is None:
        return NOT_STATED
    value, currency = scenario.certain().value, scenario.currency
    parts = []
    if value.verified_unit:
        parts.append(f"{number(_plain(value.verified_unit))} {currency} a verified unit")
    for kpi, worth in value.kpis.items():
        lower = scenario.kpis[kpi].better == "lower"
        parts.append(
            f"{number(_plain(worth.worth))} {currency} {worth.per} for each {number(worth.step)} "
            f"by which {name(kpi)} is {'below' if lower else 'above'} {number(worth.reference)}"
        )
    return "; ".join(parts) or NOT_STATED


def _plain(amount: Any) -> float:
    """The number of a scenario whose uncertainty is off."""
    return float(amount)


def _words(unit: str, claimed: Any, text: str) -> dict[str, str]:
    """The words for units that stand in a text, or in the meaning of another one of them."""
    meanings = {
        "verified": f"a claimed {unit} that was neither reopened nor counted twice",
        "confirmed": f"a claimed {unit} that the customer confirmed as resolved",
        "claimed": f"{_one(unit)} that the provider reports as resolved or accepted",
        "completed": f"{_one(unit)} that is worked to an end, whether or not it is resolved",
        "incoming": f"{_one(unit)} that comes in, whether or not it is worked on",
    }
    if isinstance(claimed, str):
        meanings["claimed"] = f"the share of completed {unit}s that the KPI {name(claimed)} shows"
    used = []
    for word, meaning in meanings.items():
        if re.search(rf"\b{word}\b", text):
            text = f"{text} {meaning}"
            used.append(word)
    return {word: meanings[word] for word in reversed(used)}


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
    read = f"; over several months {AVERAGED[defined.averaged]}" if defined.averaged else ""
    yield "what it means", (defined.means or NOT_STATED) + read
    yield "unit", _unit(kpi) or NOT_STATED
    yield "target", NOT_STATED if target is None else _target(target, kpi)
    yield "better", NOT_STATED if kpi is None else kpi.better
    yield "who measures", _meter(defined.measured_by, defined.audited)
    yield "source", defined.source or NOT_STATED
    counts = f"contract month {defined.due or 1}"
    yield "counts from", counts if defined.due else f"{NOT_STATED}; counts from {counts}"


def _one(unit: str) -> str:
    """A ticket, an increment."""
    return f"{'an' if unit[:1].lower() in 'aeiou' else 'a'} {unit}"


def _meter(measured_by: str | None, audited: bool) -> str:
    if measured_by is None:
        return NOT_STATED
    who = "an independent party" if measured_by == "independent" else f"the {measured_by}"
    return f"{who}, audited by the other party" if audited else who


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
