from hypothesis import strategies as st
from tests.pieces import given, monthly, price_names, rates, small_shares

from scenarios.clauses.audit_clawback import AuditClawback
from scenarios.clauses.resolution_definition import unit_names
from scenarios.deal import Deal
from scenarios.pricing.outcome import PerOutcome

EXAMPLES = [
    {"tolerance": 0.02},
    {"tolerance": 0.03, "on": "all the error"},
    {"tolerance": 0.01, "price": 5.5, "minimum": 40_000.0},
    {"tolerance": 0.01, "on": "all the error", "minimum": 0.0},
]
DRAWN = given(
    "audit_clawback",
    tolerance=small_shares,
    on=st.sampled_from(["excess", "all the error"]),
    price=st.none() | rates,
    minimum=st.none() | monthly,
)
NEUTRAL = [
    AuditClawback(tolerance=1),
    AuditClawback(tolerance=0, price=0),
    AuditClawback(tolerance=1, on="all the error"),
]
FEE_ONLY = True
TIERS = ({"price": 6.0, "up_to": 4_000.0}, {"price": 4.0, "up_to": 9_000.0}, {"price": 3.5})
CHARGED = PerOutcome(tiers=TIERS)
BEFORE = Deal("Before", CHARGED, targets={"csat": 4.3, "answer_hours": 7.0})
"""Prices by tier, whose average is paid back."""


def fitting(clause, charged):
    """With a price of its own where no units are priced."""
    priced = unit_names(price_names(charged)) or clause.price is not None
    return clause if priced else clause.replace(price=5.0)


def plainly(clause, path):
    """Month by month: the average price, the wrong claims, and no less fee than the minimum."""
    fees = []
    for month, fee in enumerate(path.fee):
        error, claimed = path["audit.error"][month], path["claimed"][month]
        price = clause.price
        if price is None:
            tiers = ("tier 1", "tier 2", "tier 3")
            units = [path.billable(tier)[month] for tier in tiers]
            paid = [path.price(tier)[month] * n for tier, n in zip(tiers, units, strict=True)]
            price = sum(paid) / sum(units) if sum(units) else 0
        clawback = 0
        if error > clause.tolerance:
            wrong = error - clause.tolerance if clause.on == "excess" else error
            clawback = price * claimed * wrong
        if clause.minimum is not None:
            clawback = min(clawback, max(fee - clause.minimum, 0))
        fees.append(-clawback)
    return {"fee": fees}
