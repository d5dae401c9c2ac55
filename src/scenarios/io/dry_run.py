"""What shows only when the deals of a file are settled: here on one path, uncertainty off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from scenarios.deal import Deal
from scenarios.engine.worlds import Worlds
from scenarios.errors import KeyPath, Problem, ScenarioError, SettlementError, nearest
from scenarios.io.document import Document
from scenarios.results.totals import path_totals, refuse_infinite, weights
from scenarios.scenario import Scenario
from scenarios.settling import settle
from scenarios.world import World

_NAMED = re.compile(r"'([^']+)'|\bnam(?:es|ed) ([^;:']+)")
"""How the words of a problem say which names it is about."""


def deal_problems(scenario: Scenario, document: Document) -> list[Problem]:
    """Deals that cannot be settled: a role, KPI, price or index that the scenario does not have.

    Each problem stands at the clause or pricing model that fails; the others of the same deal are
    settled without it, so that one mistake does not hide the next.
    """
    with np.errstate(all="ignore"):  # what overflows is found, and named, where it shows
        try:
            world = Worlds(scenario, seed=0).certain()
        except ScenarioError as error:
            return [
                document.problem(f"with uncertainty off: {problem.message}", problem.key)
                for problem in error.problems
            ]
        except (ArithmeticError, ValueError) as error:
            return [document.problem(f"the months cannot be worked out: {error}")]
        endless = [name for name, array in world.series.items() if not np.isfinite(array).all()]
        if endless:
            message = "the months cannot be worked out: these numbers are not finite"
            return [document.problem(message, given=", ".join(endless))]
        return [
            problem
            for name, deal in scenario.deals.items()
            for problem in (
                *_unread_targets(name, deal, scenario, document),
                *_unsettled(name, deal, scenario, world, document),
            )
        ]


def _unread_targets(
    name: str, deal: Deal, scenario: Scenario, document: Document
) -> Iterator[Problem]:
    """Targets of KPIs that are not there: no clause would ever read them."""
    for kpi in deal.targets:
        if kpi not in scenario.kpis:
            yield document.problem(
                "a target for a KPI that the scenario does not have",
                ("deals", name, "targets", kpi),
                of="key",
                given=kpi,
                allowed=", ".join(scenario.kpis) or "none yet: describe it under kpis",
                nearest=nearest(kpi, scenario.kpis),
            )


def _unsettled(
    name: str, deal: Deal, scenario: Scenario, world: World, document: Document
) -> Iterator[Problem]:
    """The terms that fail, each at its own place in the file."""
    at: KeyPath = ("deals", name)
    failed = _failure(deal, scenario, world)
    if failed is None:
        return
    works = deal.replace(clauses=())
    if first := _failure(works, scenario, world):
        yield _placed(first, (*at, "pricing", deal.pricing.keyword()), document)
        return
    for place, clause in enumerate(deal.clauses):
        longer = works.replace(clauses=(*works.clauses, clause))
        if error := _failure(longer, scenario, world):
            yield _placed(error, (*at, "clauses", place, clause.keyword()), document)
        else:
            works = longer


def _failure(deal: Deal, scenario: Scenario, world: World) -> SettlementError | None:
    try:
        ledger = settle(deal, world)
        refuse_infinite(path_totals(ledger, weights(scenario), {}), ledger, deal.name, 0)
    except SettlementError as error:
        return error
    return None


def _placed(error: SettlementError, key: KeyPath, document: Document) -> Problem:
    """The error at the entry of the term that it names, else at the term's key; what caused it may
    know what is allowed.
    """
    cause = error.__cause__
    source = cause if isinstance(cause, ScenarioError) else error
    told = source.problems[0]
    month = "" if error.month is None else f" in month {error.month + 1}"
    names = _names(told)
    entry = next((at for at, text in _entries(document.data, key) if text in names), key)
    return document.problem(
        f"cannot be settled{month}: {told.message}",
        entry,
        of="key" if entry == key or entry[-1] in names else "value",
        given=told.given,
        allowed=told.allowed,
        nearest=told.nearest,
    )


def _names(told: Problem) -> set[str]:
    """What a problem is about: what was given, without its kind, and the names in its words, but
    for those that it says there are.
    """
    given = told.given or ""
    found = {given, given.partition(".")[2]}
    for quoted, listed in _NAMED.findall(told.message):
        found |= {quoted, *listed.split(", ")}
    return found - {"", *told.message.partition(" are ")[2].split(", ")}


def _entries(data: Any, key: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Each name below a term: the keys of its mappings but not its own fields, and its words."""
    for part in key:  # a term without numbers may be its keyword alone
        listed = isinstance(data, list) and isinstance(part, int)
        data = data[part] if listed else data.get(part) if isinstance(data, dict) else None
    for field, value in data.items() if isinstance(data, dict) else ():
        yield from _words((*key, field), value)


def _words(at: KeyPath, node: Any) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(node, str):
        yield at, node
    elif isinstance(node, dict):
        for name, value in node.items():
            yield (*at, name), name
            yield from _words((*at, name), value)
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from _words((*at, place), value)
