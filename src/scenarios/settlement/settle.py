"""Settle a deal: in a simulated world, or on months that happened, to the invoice they make due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, overload

import numpy as np
import pandas as pd

from scenarios.clauses.termination_for_convenience import TerminationForConvenience
from scenarios.clauses.termination_for_failure import TerminationForFailure
from scenarios.deal import Deal
from scenarios.errors import Problem, ScenarioError, SettlementError
from scenarios.io.amounts import read_amounts
from scenarios.ledger import Ledger
from scenarios.promises import exact
from scenarios.scenario import Scenario
from scenarios.settlement.months import WORDS, ended, labels, world_of
from scenarios.settlement.settlement import Settlement
from scenarios.settling import settle as settle_ledger
from scenarios.term import Clause
from scenarios.world import World

Months = pd.DataFrame | Mapping[str, Sequence[Any]] | str | Path


@overload
def settle(deal: Deal, months: World) -> Ledger: ...


@overload
def settle(
    deal: Deal,
    months: Months,
    scenario: Scenario | None = None,
    *,
    lower_is_better: Iterable[str] | None = None,
) -> Settlement: ...


def settle(
    deal: Deal,
    months: World | Months,
    scenario: Scenario | None = None,
    *,
    lower_is_better: Iterable[str] | None = None,
) -> Ledger | Settlement:
    """The deal's ledger in a simulated world, or what months that happened make due.

    ``months`` are a table, its columns, or a CSV file, with a row a month from the contract's first
    on; columns are ``month`` (2026-01 or 1, 2, ...), series such as ``verified`` or
    ``hours.agent``, and KPIs by name. They are settled in ``Decimal``, each line rounded as it is
    posted by the deal's rule.
    ``scenario`` says the contract's length, the headcount, and for which KPIs less is better;
    without it the deal's own ``months`` count and ``lower_is_better`` names those KPIs. Raises
    ``ScenarioError`` for figures that cannot be used or are missing.
    """
    if isinstance(months, World):
        return settle_ledger(deal, months)
    if isinstance(months, str | Path):
        table = read_amounts(months, words=WORDS)
    else:
        table = months if isinstance(months, pd.DataFrame) else pd.DataFrame(months)
    world = world_of(deal, table, scenario, lower_is_better)
    deal = _as_ended(deal, ended(table, deal))
    try:
        ledger = settle_ledger(exact(deal), world)
    except SettlementError as error:
        raise _lacking(error) from error
    if deal.months is None and scenario is None:
        longer = settle_ledger(exact(deal), world.until(world.end + 1))
        if not np.array_equal(longer.cash, ledger.cash):
            raise ScenarioError(
                "what is due depends on how long the contract runs: give the deal its months, or "
                "the scenario"
            )
    return Settlement(deal, world, ledger, tuple(labels(table, scenario)))


def _lacking(error: SettlementError) -> ScenarioError:
    """A series that is not there is a column that the months lack."""
    cause = error.__cause__
    problem = cause.problems[0] if isinstance(cause, ScenarioError) else None
    if problem is None or not problem.message.startswith("there is no series"):
        return error
    told = f"the months lack a column that {error.term!r} needs"
    return ScenarioError(Problem(told, given=problem.allowed, allowed=f"also {problem.given}"))


def _as_ended(deal: Deal, end: tuple[int, str] | None) -> Deal:
    """The deal with the rights to end it as they were used: one of them, or none.

    Of several clauses of the kind that was used it is the first.
    """
    clauses: list[Clause] = []
    left = None if end is None else end[1]
    for clause in deal.clauses:
        used = clause.keyword() == left
        left = None if used else left
        if isinstance(clause, TerminationForConvenience):
            month = end[0] + 1 if end is not None and used else None
            clauses.append(clause.replace(month=month))
        elif isinstance(clause, TerminationForFailure) and not used:
            clauses.append(clause.replace(compensation=0))
        else:
            clauses.append(clause)
    return deal.replace(clauses=tuple(clauses))
