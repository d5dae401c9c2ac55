"""Rules on payment: early and late are measured from a date that must be on the paper."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.checks.finding import Finding, finding, has
from scenarios.deal import Deal
from scenarios.scenario import Scenario

DATED = {
    "late_payment_interest": ("payment_terms",),
    "early_payment_discount": ("payment_terms",),
    "disputed_amounts": ("payment_terms", "interim_payment"),
}
"""Clauses that need a date of payment, and those of which one gives it."""


def payment_undated(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """Early, late or disputed payment where nothing says when payment is due."""
    for name, clause in deal.by_name.items():
        dates = DATED.get(clause.keyword())
        if dates and not has(deal, *dates):
            yield finding(
                deal,
                f"clauses.{name}",
                f"nothing says when payment is due, and the {clause.label()} depends on it",
                "the parties can argue over each day, and cash moves as if all were paid at once",
                f"add {' or '.join(dates)}",
            )
