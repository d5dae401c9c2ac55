"""The register of assumptions: every number, its source, and its effect on the answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from scenarios import paths
from scenarios.deal import Deal
from scenarios.engine.worlds import Worlds
from scenarios.errors import ScenarioError, unknown
from scenarios.results.frames import shown
from scenarios.scenario import Scenario
from scenarios.sensitivity.declared_as import declared_as, nearest
from scenarios.settling import settle
from scenarios.uncertain import FORMS, Z90

P10_P90 = (np.array([-Z90]), np.array([Z90]))
STEP = 0.1
"""A plain number is moved by this share of itself, down and up."""
COEFFICIENTS = "alignment.coefficients."
"""Where coefficients stand that have a source of their own."""
SKIPPED = ("cases", "levers", "sources", "months", "fiscal_year_starts", "approved_budget")
"""What is no assumption about the world or the deals."""


def assumptions(scenario: Scenario, a: str | None = None, b: str | None = None) -> pd.DataFrame:
    """One row a number, sorted by its effect on the answer, uncertainty off.

    The answer is how much cheaper ``a`` (the cheapest deal unless given) is to the buyer, all in
    and over the scenario's months, than ``b`` (the reference deal, or the next cheapest). Columns:
    ``value`` as written, ``low`` and ``high`` (a range's P10 and P90, or 10 % less and more),
    ``answer at low`` and ``answer at high`` [money], ``effect`` (their distance) and ``source``.
    A number that cannot move by 10 % keeps its value there. The source of a number at its default,
    which has no comment of its own, is the word default and what its field is.
    """
    first, second = _pair(scenario, a, b)
    rows, sources = [], _sources(scenario)
    for path, written in numbers(scenario):
        low, high = (_allowed(scenario, path, end, written) for end in _ends(written))
        answers = [_answer(scenario, path, value, first, second) for value in (low, high)]
        rows.append(
            {
                "number": path,
                "value": _text(written),
                "low": low,
                "high": high,
                "answer at low": answers[0],
                "answer at high": answers[1],
                "effect": abs(answers[1] - answers[0]),
                "source": sources[path],
            }
        )
    table = (
        pd.DataFrame(rows).set_index("number").sort_values("effect", ascending=False, kind="stable")
    )
    table.attrs |= {"a": first, "b": second, "currency": scenario.currency}
    return shown(table)


def numbers(scenario: Scenario) -> Iterator[tuple[str, Any]]:
    """Every number somebody wrote: its dotted path, and it or its distribution as written.

    A number that equals its default counts where a source stands beside it.
    """
    written = _written(scenario)
    for path, number in _numbers(scenario.model_dump(mode="json", exclude_none=True), ""):
        told = path in scenario.sources or path.rpartition(".")[0] in scenario.sources
        if path.partition(".")[0] not in SKIPPED and (told or path in written):
            yield path, number


def _written(scenario: Scenario) -> dict[str, Any]:
    """The numbers that differ from their defaults, by path."""
    return dict(_numbers(scenario.model_dump(mode="json", exclude_defaults=True), ""))


def _numbers(node: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(node, bool | str):
        return
    if isinstance(node, int | float) or (isinstance(node, dict) and FORMS.keys() & node.keys()):
        yield path, node
        return
    for below, value in paths.entries(node, path):
        yield from _numbers(value, below)


def _ends(written: Any) -> tuple[Any, Any]:
    """Low and high of a number as written."""
    if not isinstance(written, dict):
        ends = written * (1 - STEP), written * (1 + STEP)
        return tuple(round(x) for x in ends) if isinstance(written, int) else ends
    for key, form in FORMS.items():
        if key in written:
            distribution = form.model_validate(written)
            low, high = (float(distribution.value_at(z)[0]) for z in P10_P90)
            return low, high
    raise ScenarioError(f"not a distribution: {written}")


def _allowed(scenario: Scenario, path: str, value: Any, written: Any) -> Any:
    """The value, or what is written where the number cannot be that."""
    try:
        scenario.change({path: value})
    except ValueError:
        return written
    return value


def _answer(scenario: Scenario, path: str, value: Any, first: str, second: str) -> float:
    """How much cheaper the first deal is with the number at this value."""
    return _advantage(scenario.change({path: value}), first, second)


def _advantage(scenario: Scenario, first: str, second: str) -> float:
    world = Worlds(scenario, seed=0).certain()
    return _all_in(scenario.deals[second], world) - _all_in(scenario.deals[first], world)


def _all_in(deal: Deal, world: Any) -> float:
    ledger = settle(deal, world)
    return float((ledger.total("fee") + ledger.total("buyer_cost")).sum())


def _pair(scenario: Scenario, a: str | None, b: str | None) -> tuple[str, str]:
    world = Worlds(scenario, seed=0).certain()
    cost = {name: _all_in(deal, world) for name, deal in scenario.deals.items()}
    for name in (a, b):
        if name is not None and name not in cost:
            raise ScenarioError(unknown("deal", name, cost))
    ranked = sorted(cost, key=lambda name: cost[name])
    first = a or ranked[0]
    reference = scenario.reference_deal.name
    second = b or (
        reference if reference != first else next((n for n in ranked if n != first), first)
    )
    return first, second


def _sources(scenario: Scenario) -> dict[str, str]:
    """The source of every number, by path: as written, or that it is a default and what of."""
    written, declared = _written(scenario), declared_as(scenario)
    sources = {}
    for path, _ in numbers(scenario):
        default = path not in written and path not in scenario.sources
        meant = nearest(declared, path)
        sources[path] = (
            (f"default: {meant}" if meant else "default") if default else _source(scenario, path)
        )
    return sources


def _source(scenario: Scenario, path: str) -> str:
    """The nearest source written at the number or above it; a published coefficient has its own."""
    if path.startswith(COEFFICIENTS) and path not in scenario.sources and scenario.alignment:
        told = scenario.alignment.source_of(path.removeprefix(COEFFICIENTS))
        if told is not None:
            return told
    while path:
        if path in scenario.sources:
            return scenario.sources[path]
        path = path.rpartition(".")[0]
    return "not stated"


def _text(written: Any) -> str:
    if isinstance(written, dict):
        if "evidence" in written:
            return f"evidence: {written['evidence']}"
        return ", ".join(
            f"{key} {value:g}"
            for key, value in written.items()
            if _is_number(value) and key not in {"min", "max"}
        )
    return f"{written:,g}" if abs(written) < 1e6 else f"{written:,.0f}"  # noqa: PLR2004


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float)
