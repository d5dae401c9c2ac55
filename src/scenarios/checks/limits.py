"""Rules on limits: credits and their cap, minimums and the order they stand in, caps and floors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scenarios.checks.finding import Finding, finding, length, terms
from scenarios.clauses.fee_cap import FeeCap
from scenarios.clauses.fee_collar import FeeCollar
from scenarios.clauses.fee_floor import FeeFloor
from scenarios.clauses.kpi_bonus import KpiBonus
from scenarios.clauses.minimum_commitment import MinimumCommitment
from scenarios.clauses.not_to_exceed import NotToExceed
from scenarios.clauses.service_credits import ServiceCredits
from scenarios.deal import Deal
from scenarios.pricing.hybrid import Hybrid
from scenarios.pricing.outcome import PerOutcome
from scenarios.pricing.value_share import ValueShare
from scenarios.scenario import Scenario

TINY = 1e-9
"""Room for weights such as three times 0.3333333333."""
MINIMUMS = ("minimum_commitment", "fee_floor", "fee_collar")
"""Clauses that lift the fee to a minimum."""
PERIODS = {"monthly": 1, "annual": 12}
"""Months in the periods of a cap or a floor; a total is over the whole contract."""


def credits_over_the_pool(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """Credits that add up to more than the amount at risk, which caps them."""
    for place, term in terms(deal).items():
        if not isinstance(term, ServiceCredits):
            continue
        weights = sum(term.weights.values())
        most = weights * term.pool
        if term.basis == "fee":
            most = most / term.at_risk if term.at_risk else 0
        if most > 1 + TINY:
            yield finding(
                deal,
                f"{place}.{'weights' if weights > 1 + TINY else 'pool'}",
                f"all credits together are {most:.0%} of the amount at risk, and it caps them",
                "once the cap bites, the next missed KPI costs the provider nothing",
                "let all credits together be at most 100 %, or mean it so",
            )


def score_above_one(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """A pool at risk with a score that can exceed 100 %."""
    for place, term in terms(deal).items():
        if not isinstance(term, KpiBonus) or term.form != "at risk":
            continue
        if term.score_cap is not None and term.score_cap > 1:
            yield finding(
                deal,
                f"{place}.score_cap",
                f"the score of what is at risk can reach {term.score_cap:.0%}",
                "above 100 % the pool at risk is a bonus that nobody budgeted",
                "cap it at 1, or write the bonus as one",
            )


def minimum_after_credits(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """A minimum that stands after credits: what is credited is paid back up to the minimum."""
    credited = "what is at risk" if getattr(deal.pricing, "at_risk", 0) else None
    for name, clause in deal.by_name.items():
        if credited and clause.keyword() in MINIMUMS:
            yield finding(
                deal,
                f"clauses.{name}",
                f"the {clause.label()} comes after the credits ({credited})",
                "where the minimum bites it refunds them",
                "put it before the credits, or let the minimum be less than the fee after them",
            )
        at_risk = isinstance(clause, KpiBonus) and clause.form == "at risk"
        if clause.budget == "credits" or at_risk:
            credited = clause.label()


def cap_under_the_minimum(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """A cap below a minimum, period by period."""
    months = length(scenario, deal)
    floors = list(_floors(deal, months))
    for place, limit, every in _caps(deal, months):
        for floor, by_year in floors:
            least = _least(by_year, every)
            if limit < least - TINY:
                yield finding(
                    deal,
                    place,
                    f"the cap of {limit:,.0f} is below the minimum of {least:,.0f} over the same "
                    f"months ({floor})",
                    "whichever is applied last undoes the other",
                    "raise the cap or lower the minimum",
                )


def _caps(deal: Deal, months: int) -> Iterator[tuple[str, float, int]]:
    """Each cap: its place, its amount [money], its period [months]."""
    for place, term in terms(deal).items():
        if isinstance(term, FeeCap):
            for field, every in (PERIODS | {"total": months}).items():
                if getattr(term, field) is not None:
                    yield f"{place}.{field}", getattr(term, field), every
        elif isinstance(term, FeeCollar):
            yield f"{place}.high", term.high, _period(term, months)
        elif isinstance(term, NotToExceed):
            yield f"{place}.amount", term.amount, months
        elif isinstance(term, Hybrid | ValueShare) and term.maximum is not None:
            yield f"{place}.maximum", term.maximum, 1


def _floors(deal: Deal, months: int) -> Iterator[tuple[str, list[float]]]:
    """Each minimum: its place, and what it demands in each month [money]."""
    for place, term in terms(deal).items():
        if isinstance(term, FeeFloor):
            for field, every in (PERIODS | {"total": months}).items():
                if getattr(term, field) is not None:
                    yield f"{place}.{field}", [getattr(term, field) / every] * months
        elif isinstance(term, FeeCollar):
            yield f"{place}.low", [term.low / _period(term, months)] * months
        elif isinstance(term, MinimumCommitment):
            yield f"{place}.annual", [_of_year(term.annual, t // 12) / 12 for t in range(months)]
        elif isinstance(term, Hybrid | PerOutcome | ValueShare) and term.minimum:
            yield f"{place}.minimum", [term.minimum] * months


def _period(collar: FeeCollar, months: int) -> int:
    return {"month": 1, "contract year": 12, "contract": months}[collar.per]


def _of_year(amounts: Any, year: int) -> float:
    """One amount, or that of a contract year, the last going on."""
    if not isinstance(amounts, tuple):
        return float(amounts)
    return float(amounts[min(year, len(amounts) - 1)])


def _least(by_month: list[float], every: int) -> float:
    """The most that a minimum demands in any period of so many months [money]."""
    whole = range(0, max(len(by_month) - every, 0) + 1, every)
    return max(sum(by_month[first : first + every]) for first in whole)
