"""The rule on order: a later paragraph that undoes what an earlier one promises."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.checks.finding import Finding, finding, listed
from scenarios.deal import Deal
from scenarios.scenario import Scenario

CREDITS = ("service_credits", "service_points", "kpi_bonus", "audit_clawback")
ADDS = (
    *("kpi_bonus", "change_requests", "volume_bands", "one_off_charge", "warranty"),
    *("minimum_commitment", "fee_floor"),
)
RISES = ("indexation", "currency_adjustment")
UNDOES = {
    "not_to_exceed": (ADDS, "may lift the fee above the ceiling again"),
    "fee_cap": (ADDS, "may lift the fee above the cap again"),
    "price_review": (RISES, "raises the price after it was held down to the market"),
    "most_favoured_customer": (RISES, "raises the price above that of the other customer again"),
}
"""Clauses that limit, and those that must not come after them."""
SWALLOWS = ("fixed_price_incentive", "cost_plus_incentive")
"""Clauses that set the whole fee at the close: what moved it before is gone."""


def undone_by_order(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """A limit that a later clause lifts, or credits that a later incentive fee swallows."""
    named = list(deal.by_name.items())
    for place, (name, clause) in enumerate(named):
        kinds, why = UNDOES.get(clause.keyword(), ((), ""))
        after = [other for _, other in named[place + 1 :] if other.keyword() in kinds]
        if after:
            what = f"{listed([other.label() for other in after], 'and')} comes after it and {why}"
            told = "the paper says it shall not, and the order of operations lets it"
            yield finding(deal, f"clauses.{name}", what, told, f"put the {clause.label()} last")
        before = [other.label() for _, other in named[:place] if other.keyword() in CREDITS]
        if clause.keyword() in SWALLOWS and before:
            what = f"it sets the whole fee at the close, after {listed(before, 'and')}"
            told = "what was credited or earned before is paid back"
            yield finding(deal, f"clauses.{name}", what, told, "put the incentive fee before them")
