"""Rules on outcomes that are paid: what counts, who counts, who may look."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.checks.finding import Finding, definition, finding, has, listed, terms
from scenarios.deal import Deal
from scenarios.pricing.fixed_price import FixedPrice
from scenarios.pricing.outcome import PerOutcome
from scenarios.pricing.per_result import PerResult
from scenarios.pricing.value_share import ValueShare
from scenarios.scenario import Scenario
from scenarios.term import Pricing, Term

AUDITS = ("audit_clawback", "resolution_definition")
"""Clauses that let a claimed outcome be looked into, or say when it does not count."""
RESULTS = ("claimed", "verified", "confirmed")
"""Units that only a definition of the outcome makes countable."""


def outcome_undefined(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """Money by outcomes where the term sheet does not state what one is, where it is read or who
    counts: neither the deal nor the scenario says it.
    """
    if not _paid(deal):
        return
    says, known = definition(deal, "outcome"), scenario.outcomes
    missing = {
        what: field
        for what, field, there in (
            ("what counts as one", "means", says.means or known.definition),
            ("which data it is read from", "source", says.source or known.source),
            ("who counts", "measured_by", says.measured_by or known.measured_by),
        )
        if not there
    }
    if missing:
        yield finding(
            deal,
            "definitions.outcome",
            f"money depends on outcomes, and it is not said {listed([*missing], 'and')}",
            "each invoice can be disputed",
            f"give {listed([*missing.values()], 'and')} in definitions.outcome",
        )


def outcome_unaudited(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """A price per outcome where the provider counts and nobody audits."""
    says = definition(deal, "outcome")
    owner = says.measured_by or scenario.outcomes.measured_by
    if owner != "provider" or says.audited or has(deal, *AUDITS) or not _paid(deal):
        return
    yield finding(
        deal,
        "definitions.outcome",
        "the provider counts the outcomes it is paid for, and nobody audits them",
        "what is wrongly claimed is paid in full",
        "let the buyer or an independent party measure, audit (audited: true), or add "
        "audit_clawback",
    )


def _paid(deal: Deal) -> bool:
    """True where money depends on units of result, in whole or in part."""
    return any(_depends(term) for term in terms(deal).values())


def _depends(term: Term) -> bool:
    """True where a term pays or charges by such units; completed ones are no matter of results."""
    counts = getattr(term, "counts", None) in RESULTS
    if isinstance(term, PerOutcome | ValueShare) or term.keyword() in AUDITS:
        return True
    if isinstance(term, FixedPrice):
        return counts and any(one.units is not None for one in term.milestones)
    if isinstance(term, PerResult):
        return any(one.units is not None and one.counts in RESULTS for one in term.results)
    if isinstance(term, Pricing):
        return getattr(term, "per_unit", 0) > 0
    return counts
