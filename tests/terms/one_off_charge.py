from hypothesis import strategies as st
from tests.pieces import given, monthly

from scenarios.clauses.one_off_charge import OneOffCharge

EXAMPLES = [
    {"amount": 60_000.0, "month": 2, "months": 3, "cost": 45_000.0},
    {"amount": 9_000.0, "purpose": "tools"},
]
DRAWN = given(
    "one_off_charge",
    amount=monthly,
    month=st.integers(1, 30),
    months=st.integers(1, 6),
    cost=st.just(0) | monthly,
)
NEUTRAL = [OneOffCharge(amount=0), OneOffCharge(amount=5_000, month=600)]


def plainly(charge, path):
    """In the months named, an equal part; in the others nothing."""
    named = range(charge.month - 1, charge.month - 1 + charge.months)
    paid = [charge.amount / charge.months if month in named else 0 for month in range(path.months)]
    if not charge.cost:
        return {"fee": paid}
    return {"fee": paid, "provider cost": [part * charge.cost / charge.amount for part in paid]}
