"""Rules on credits and what is at risk: their cap, their score, and minimums that refund them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from scenarios.checks.finding import Finding, finding, listed, models, note, terms
from scenarios.clauses.kpi_bonus import KpiBonus
from scenarios.clauses.service_credits import ServiceCredits
from scenarios.deal import Deal
from scenarios.quantities import WHOLE
from scenarios.scenario import Scenario

SHOWN = 3
"""Combinations of misses that a finding names."""
MINIMUMS = ("minimum_commitment", "fee_floor", "fee_collar")
"""Clauses that lift the fee to a minimum."""


def credits_over_the_pool(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """Credits that add up to more than the amount at risk, which caps them: common, if meant so."""
    for place, term in terms(deal).items():
        if not isinstance(term, ServiceCredits) or not term.at_risk:
            continue
        of_the_cap = term.pool / (term.at_risk if term.basis == "fee" else 1)
        asked = {kpi: weight * of_the_cap for kpi, weight in term.weights.items()}
        total = sum(asked.values())
        if total > 1 + WHOLE:
            sooner = ", sooner where misses are severe or repeated"
            more = sooner if term.levels or max(term.repeat, default=1) > 1 else ""
            beyond = "misses beyond the cap then cost the provider nothing"
            later = "what is beyond the cap is then credited later"
            yield note(
                deal,
                f"{place}.{'pool' if term.pool > 1 else 'weights'}",
                f"all credits together are {100 * total:.0f} % of the amount at risk, the most "
                f"that is credited, and that cap bites when {_bites(asked)}{more}",
                beyond if term.excess == "lost" else later,
                "leave it if that is meant (150 to 300 % is common), or let them sum to 100 %",
            )


def _bites(asked: Mapping[str, float]) -> str:
    """The fewest misses whose credits together are more than the cap, in each combination."""
    for size in range(1, len(asked) + 1):
        sets = list(combinations(asked, size))
        over = [kpis for kpis in sets if sum(asked[kpi] for kpi in kpis) > 1 + WHOLE]
        if not over:
            continue
        missed = "are missed together" if size > 1 else "is missed"
        if len(over) == len(sets) > 1:
            return f"any {size} of the {len(asked)} KPIs {missed}"
        told = ", or ".join(listed([*kpis], "and") for kpis in over[:SHOWN])
        more = f" ({len(over) - SHOWN} more like these)" if len(over) > SHOWN else ""
        return f"{told}{more} {missed}"
    return ""


def score_above_one(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """A pool at risk with a score that can exceed 100 %."""
    for place, term in terms(deal).items():
        if not isinstance(term, KpiBonus) or term.form != "at risk":
            continue
        if term.score_cap is not None and term.score_cap > 1:
            yield finding(
                deal,
                f"{place}.score_cap",
                f"the score of what is at risk can reach {100 * term.score_cap:.0f} %",
                "above 100 % the pool at risk is a bonus that nobody budgeted",
                "cap it at 1, or write the bonus as one",
            )


def minimum_after_credits(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """A minimum that stands after credits: what is credited is paid back up to the minimum."""
    at_risk = any(getattr(model, "at_risk", 0) for model in models(deal).values())
    credited = "what is at risk" if at_risk else None
    for name, clause in deal.by_name.items():
        if credited and clause.keyword() in MINIMUMS:
            yield finding(
                deal,
                f"clauses.{name}",
                f"the {clause.label()} comes after the credits ({credited})",
                "where the minimum bites it refunds them",
                "put it before the credits, or let the minimum be less than the fee after them",
            )
        pool_at_risk = isinstance(clause, KpiBonus) and clause.form == "at risk"
        if clause.budget == "credits" or pool_at_risk:
            credited = clause.label()
