"""Rules on savings and on time: are your savings protected, and is there a way out?"""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.checks.finding import Finding, finding, has, length, models, of_year, years
from scenarios.checks.twice import bills_hours_worked
from scenarios.deal import Deal
from scenarios.scenario import Scenario
from scenarios.term import Pricing

SHARES = (
    *("gain_share", "price_review", "automation_review", "committed_productivity"),
    *("target_cost_share", "cost_plus_incentive", "fixed_price_incentive"),
    "most_favoured_customer",
)
"""Clauses that bring the buyer a part of what automation saves."""
REVIEWS = ("price_review", "automation_review", "most_favoured_customer")
"""Clauses that bring a price back to what is right today."""
EXITS = ("termination_for_convenience", "termination_for_failure", "exit_assistance")
"""Clauses by which a contract can be left, or left in good order."""
LONG = 24
"""Months from which on prices need a review: every 12 to 24 months in published clauses."""


def savings_not_shared(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """Automation whose savings stay with the provider: no clause and no price path shares them."""
    if scenario.automation is None or has(deal, *SHARES):
        return
    last = years(scenario, deal)[-1]
    if any(bills_hours_worked(one) or _falls(one, last) for one in models(deal).values()):
        return
    yield finding(
        deal,
        f"pricing.{deal.pricing.keyword()}",
        "no clause shares what automation saves",
        "the fee stays as it is while the provider's cost falls",
        "add gain_share, committed_productivity or a price review, or let the price fall by year",
    )


def never_reviewed(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """A contract of more than two years without a price review."""
    months = length(scenario, deal)
    if months > LONG and not has(deal, *REVIEWS):
        yield finding(
            deal,
            "clauses",
            f"no price review in {months} months",
            "market prices and cost to serve move, the price does not",
            "add price_review",
        )


def no_exit(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """A contract that no clause lets the buyer leave."""
    if not has(deal, *EXITS) and not deal.may_stop:
        yield finding(
            deal,
            "clauses",
            "no way out before the end",
            "a provider that cannot be left need not improve",
            "add termination_for_convenience, termination_for_failure or exit_assistance",
        )


def _falls(pricing: Pricing, last: int) -> bool:
    """True where prices are lower in the last contract year, or for what automation handles: they
    share in advance.
    """
    lists = [getattr(pricing, field, None) for field in ("price", "per_month")]
    if any(isinstance(one, tuple) and of_year(one, last) < one[0] for one in lists):
        return True
    kinds = getattr(pricing, "by_kind", {})
    return bool(kinds.get("automated", 0) < kinds.get("assisted", 0))
