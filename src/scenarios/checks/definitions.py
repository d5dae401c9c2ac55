"""The definition check: what the deals of a scenario leave undefined or at risk."""

from __future__ import annotations

from scenarios.checks import at_risk, kpis, limits, order, outcome, payment, savings, twice
from scenarios.checks.finding import Finding, Rule
from scenarios.scenario import Scenario

RULES: list[Rule] = [
    outcome.outcome_undefined,
    outcome.outcome_unaudited,
    kpis.kpi_undefined,
    kpis.provider_meter,
    kpis.another_meter,
    kpis.rounded_past_the_target,
    at_risk.credits_over_the_pool,
    at_risk.score_above_one,
    at_risk.minimum_after_credits,
    limits.cap_under_the_minimum,
    order.undone_by_order,
    twice.counted_twice,
    twice.shared_twice,
    twice.volume_paid_twice,
    payment.payment_undated,
    savings.savings_not_shared,
    savings.never_reviewed,
    savings.no_exit,
]
"""The rules, each a function of scenario and deal: append one, and every check asks it."""


def check_definitions(scenario: Scenario) -> list[Finding]:
    """What the deals leave open, in the order of deals and rules: KPIs and outcomes without source
    or owner, limits that undo each other, what is counted twice, savings that nobody shares,
    payments without a date, no review, no way out.

    A finding is a problem, or a note on what is common and fine where it is meant. The deal settles
    all the same, and nothing is simulated.
    """
    return [
        found
        for deal in scenario.deals.values()
        for rule in RULES
        for found in rule(scenario, deal)
    ]
