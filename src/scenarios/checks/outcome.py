"""Rules on outcomes that are paid: what counts, who counts, who may look."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.checks.finding import Finding, definition, finding, has
from scenarios.deal import Deal
from scenarios.pricing.glide_path import GlidePath
from scenarios.pricing.outcome import PerOutcome
from scenarios.pricing.value_share import ValueShare
from scenarios.scenario import Scenario
from scenarios.term import Pricing

AUDITS = ("audit_clawback", "resolution_definition")
"""Clauses that let a claimed outcome be looked into, or say when it does not count."""


def outcome_undefined(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """A price per outcome where nobody says what an outcome is, or where it is read."""
    if not _paid(deal.pricing):
        return
    says, known = definition(deal, "outcome"), scenario.outcomes
    missing = [
        what
        for what, there in (
            ("what counts as one", says.means or known.definition),
            ("which data it is read from", says.source or known.source),
        )
        if not there
    ]
    if missing:
        yield finding(
            deal,
            "definitions.outcome",
            f"outcomes are paid, and it is not said {' and '.join(missing)}",
            "each invoice can be disputed",
            "give means and source in definitions.outcome",
        )


def outcome_unaudited(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """A price per outcome where the provider counts, or nobody is named, and nobody audits."""
    says = definition(deal, "outcome")
    if not _paid(deal.pricing) or says.audited or has(deal, *AUDITS):
        return
    owner = says.measured_by or scenario.outcomes.measured_by
    if owner not in (None, "provider"):
        return
    yield finding(
        deal,
        "definitions.outcome",
        "nobody says who counts the outcomes that are paid, and nobody audits them"
        if owner is None
        else "the provider counts the outcomes it is paid for, and nobody audits them",
        "what is wrongly claimed is paid in full",
        "let the buyer or an independent party measure, audit (audited: true), or add "
        "audit_clawback",
    )


def _paid(pricing: Pricing) -> bool:
    """True where the pricing model pays for units of result, in whole or in part."""
    if isinstance(pricing, GlidePath):
        return _paid(pricing.start) or _paid(pricing.end)
    if isinstance(pricing, PerOutcome | ValueShare):
        return True
    parts = (*getattr(pricing, "results", ()), *getattr(pricing, "milestones", ()))
    return any(part.units is not None for part in parts) or getattr(pricing, "per_unit", 0) > 0
