"""The rule on limits: caps against the minimums of clauses and pricing."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.checks.finding import (
    Finding,
    finding,
    length,
    models,
    of_year,
    terms,
    weight,
)
from scenarios.clauses.fee_cap import FeeCap
from scenarios.clauses.fee_collar import FeeCollar
from scenarios.clauses.fee_floor import FeeFloor
from scenarios.clauses.minimum_commitment import MinimumCommitment
from scenarios.clauses.not_to_exceed import NotToExceed
from scenarios.deal import Deal
from scenarios.pricing.fixed_price import FixedPrice
from scenarios.pricing.hybrid import Hybrid
from scenarios.pricing.outcome import PerOutcome
from scenarios.pricing.value_share import ValueShare
from scenarios.scenario import Scenario
from scenarios.term import Pricing

TINY = 1e-9
"""Room for sums of floats, one part in so many."""
PERIODS = {"monthly": 1, "annual": 12}
"""Months in the periods of a cap or a floor; a total is over the whole contract."""


def cap_under_the_minimum(scenario: Scenario, deal: Deal) -> Iterator[Finding]:
    """A cap below a minimum, period by period."""
    months = length(scenario, deal)
    floors = list(_floors(deal, months))
    for place, limit, every in _caps(deal, months):
        for floor, by_year in floors:
            least = _least(by_year, every)
            if limit < least - TINY * max(least, 1):
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
    pricing = deal.pricing
    if isinstance(pricing, Hybrid | ValueShare) and pricing.maximum is not None:
        yield f"pricing.{pricing.keyword()}.maximum", pricing.maximum, 1


def _floors(deal: Deal, months: int) -> Iterator[tuple[str, list[float]]]:
    """Each minimum: its place, and what it demands in each month [money]."""
    for place, term in terms(deal).items():
        if isinstance(term, FeeFloor):
            for field, every in (PERIODS | {"total": months}).items():
                if getattr(term, field) is not None:
                    yield f"{place}.{field}", [getattr(term, field) / every] * months
        elif isinstance(term, FeeCollar):
            yield f"{place}.low", [term.low / _period(term, months)] * months
        elif isinstance(term, MinimumCommitment) and term.total is not None:
            yield f"{place}.total", [term.total / months] * months
        elif isinstance(term, MinimumCommitment):
            yield f"{place}.annual", [of_year(term.annual, t // 12) / 12 for t in range(months)]
    least = [
        sum(
            weight(deal, place, t // 12) * _charged(model, t, months)
            for place, model in models(deal).items()
        )
        for t in range(months)
    ]
    if any(least):
        yield f"pricing.{deal.pricing.keyword()}", least


def _charged(pricing: Pricing, month: int, months: int) -> float:
    """The least that a pricing model charges in a month: its minimum, or its fixed price [money].

    Milestones may not be reached, so they are no minimum.
    """
    if isinstance(pricing, Hybrid | PerOutcome | ValueShare):
        return pricing.minimum
    if not isinstance(pricing, FixedPrice) or pricing.milestones:
        return 0
    if pricing.per_month is not None:
        return of_year(pricing.per_month, month // 12)
    return (pricing.price or 0) / months


def _period(collar: FeeCollar, months: int) -> int:
    return {"month": 1, "contract year": 12, "contract": months}[collar.per]


def _least(by_month: list[float], every: int) -> float:
    """The most that a minimum demands in any period of so many months [money]."""
    whole = range(0, max(len(by_month) - every, 0) + 1, every)
    return max(sum(by_month[first : first + every]) for first in whole)
