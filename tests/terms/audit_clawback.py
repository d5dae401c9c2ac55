from decimal import Decimal

from hypothesis import strategies as st
from tests.pieces import given, monthly, rates, small_shares, unit_prices

from scenarios.clauses.audit_clawback import AuditClawback
from scenarios.deal import Deal
from scenarios.pricing.glide_path import GlidePath
from scenarios.pricing.hybrid import Hybrid
from scenarios.pricing.outcome import PerOutcome

EXAMPLES = [
    {"tolerance": 0.02},
    {"tolerance": 0.03, "on": "all the error"},
    {"tolerance": 0.01, "price": 5.5, "minimum": 28_000.0},
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
TIERS = ({"price": 6.0, "up_to": 4_000.0}, {"price": 4.0, "up_to": 7_000.0}, {"price": 3.5})
BY_TIER = PerOutcome(tiers=TIERS, included_units=500)
CHARGED = GlidePath(start=Hybrid(base=9_000, per_unit=2), end=BY_TIER, weights=(0.25, 0.5, 1))
BEFORE = Deal("Before", CHARGED, targets={"csat": 4.3, "answer_hours": 7.0})
"""From one price to prices by tier with included units: the average of all of it is paid back."""


def fitting(clause, charged):
    """With a price of its own where no units are priced."""
    priced = unit_prices(charged) or clause.price is not None
    return clause if priced else clause.replace(price=5.0)


def plainly(clause, path):
    """Month by month: the average price paid for a claimed unit, the wrong claims, and no less fee
    than the minimum.
    """
    fees, weights = [], (Decimal("0.25"), Decimal("0.5"), 1)
    for month, fee in enumerate(path.fee):
        error, claimed = path["audit.error"][month], path["claimed"][month]
        price = clause.price
        if price is None:
            paid = 2 * path["verified"][month] * (1 - weights[month // 12])
            units = max(path["verified"][month] - 500, 0)
            for price_of_tier, first, last in ((6, 0, 4_000), (4, 4_000, 7_000)):
                paid += price_of_tier * max(min(units, last) - first, 0) * weights[month // 12]
            paid += Decimal("3.5") * max(units - 7_000, 0) * weights[month // 12]
            price = paid / claimed if claimed else 0
        clawback = 0
        if error > clause.tolerance:
            wrong = error - clause.tolerance if clause.on == "excess" else error
            clawback = price * claimed * wrong
        if clause.minimum is not None:
            clawback = min(clawback, max(fee - clause.minimum, 0))
        fees.append(-clawback)
    return {"fee": fees}
