"""Decide how to pay for outsourced services: by the hour, by a hybrid, or by outcome.

Five kinds of object. A *Scenario* is what a person wrote down: work, parties, deals. A *World* is
what happens in it, month by month, on many paths. A *Deal* is a pricing model and clauses; it
settles on a *Ledger*, line by line. A *Run* holds the results as tables.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # what is imported here is what type checkers and editors see
    from scenarios import plots
    from scenarios.clauses import CLAUSES
    from scenarios.clauses.ai_pass_through import AiPassThrough
    from scenarios.clauses.committed_productivity import CommittedProductivity
    from scenarios.clauses.coordination import Coordination
    from scenarios.clauses.fee_cap import FeeCap
    from scenarios.clauses.fee_floor import FeeFloor
    from scenarios.clauses.gain_share import GainShare
    from scenarios.clauses.holdback import Holdback
    from scenarios.clauses.indexation import Indexation
    from scenarios.clauses.investment import Investment
    from scenarios.clauses.minimum_commitment import MinimumCommitment
    from scenarios.clauses.not_to_exceed import NotToExceed
    from scenarios.clauses.service_credits import ServiceCredits
    from scenarios.deal import Deal, Definition, settle
    from scenarios.engine.cases import side_by_side, simulate_cases
    from scenarios.engine.simulate import simulate
    from scenarios.errors import MissingExtraError, ScenarioError, SettlementError
    from scenarios.io.benchmarks import benchmarks
    from scenarios.io.load import load
    from scenarios.io.tables import save
    from scenarios.ledger import Ledger
    from scenarios.pricing import PRICING
    from scenarios.pricing.hourly import Hourly
    from scenarios.pricing.hybrid import Hybrid
    from scenarios.pricing.outcome import PerOutcome, Tier
    from scenarios.promises import check_clause
    from scenarios.quantities import Hours, Money, Months, Price, Rate, Share, Units
    from scenarios.results.run import Run
    from scenarios.rounding import Rounding
    from scenarios.scenario import Scenario
    from scenarios.scorecard import Scorecard
    from scenarios.sensitivity.assumptions import assumptions
    from scenarios.sensitivity.break_even import break_even
    from scenarios.term import Basis, Change, Clause, Pricing
    from scenarios.widgets.board import board
    from scenarios.world import World

__all__ = [
    "CLAUSES",
    "PRICING",
    "AiPassThrough",
    "Basis",
    "Change",
    "Clause",
    "CommittedProductivity",
    "Coordination",
    "Deal",
    "Definition",
    "FeeCap",
    "FeeFloor",
    "GainShare",
    "Holdback",
    "Hourly",
    "Hours",
    "Hybrid",
    "Indexation",
    "Investment",
    "Ledger",
    "MinimumCommitment",
    "MissingExtraError",
    "Money",
    "Months",
    "NotToExceed",
    "PerOutcome",
    "Price",
    "Pricing",
    "Rate",
    "Rounding",
    "Run",
    "Scenario",
    "ScenarioError",
    "Scorecard",
    "ServiceCredits",
    "SettlementError",
    "Share",
    "Tier",
    "Units",
    "World",
    "assumptions",
    "benchmarks",
    "board",
    "break_even",
    "check_clause",
    "load",
    "plots",
    "save",
    "settle",
    "side_by_side",
    "simulate",
    "simulate_cases",
]

_HOMES = {
    "clauses": ("CLAUSES",),
    "clauses.ai_pass_through": ("AiPassThrough",),
    "clauses.committed_productivity": ("CommittedProductivity",),
    "clauses.coordination": ("Coordination",),
    "clauses.fee_cap": ("FeeCap",),
    "clauses.fee_floor": ("FeeFloor",),
    "clauses.gain_share": ("GainShare",),
    "clauses.holdback": ("Holdback",),
    "clauses.indexation": ("Indexation",),
    "clauses.investment": ("Investment",),
    "clauses.minimum_commitment": ("MinimumCommitment",),
    "clauses.not_to_exceed": ("NotToExceed",),
    "clauses.service_credits": ("ServiceCredits",),
    "deal": ("Deal", "Definition", "settle"),
    "engine.cases": ("side_by_side", "simulate_cases"),
    "engine.simulate": ("simulate",),
    "errors": ("MissingExtraError", "ScenarioError", "SettlementError"),
    "io.benchmarks": ("benchmarks",),
    "io.load": ("load",),
    "io.tables": ("save",),
    "ledger": ("Ledger",),
    "pricing": ("PRICING",),
    "pricing.hourly": ("Hourly",),
    "pricing.hybrid": ("Hybrid",),
    "pricing.outcome": ("PerOutcome", "Tier"),
    "promises": ("check_clause",),
    "quantities": ("Hours", "Money", "Months", "Price", "Rate", "Share", "Units"),
    "results.run": ("Run",),
    "rounding": ("Rounding",),
    "scenario": ("Scenario",),
    "scorecard": ("Scorecard",),
    "sensitivity.assumptions": ("assumptions",),
    "sensitivity.break_even": ("break_even",),
    "term": ("Basis", "Change", "Clause", "Pricing"),
    "widgets.board": ("board",),
    "world": ("World",),
}
_MODULE_OF = {name: f"{__name__}.{module}" for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for: checking a file needs no tables (PEP 562)."""
    if name == "plots":
        return import_module(f"{__name__}.plots")
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
    found = getattr(import_module(_MODULE_OF[name]), name)
    globals()[name] = found  # asked for once: the next time Python finds it here
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
