from hypothesis import strategies as st
from tests.pieces import annual, given, shares

from scenarios.clauses.advance_payment import AdvancePayment

EXAMPLES = [
    {"amount": 60_000.0, "recovered": 0.25},
    {"amount": 200_000.0, "recovered": 0.1, "month": 3},
]
DRAWN = given("advance_payment", amount=annual, recovered=shares, month=st.integers(1, 20))
NEUTRAL = [AdvancePayment(amount=0, recovered=0.2)]


def world(world):
    """The contract ends four months before the months given do."""
    return world.until(world.months - 4)


def plainly(term, path):
    """The advance, a part of each later payment until it is recovered, and the rest at the end."""
    cash, left = [], 0
    for month, payment in enumerate(path.paid):
        moved = 0
        if month == term.month - 1 and month <= path.final:
            left = term.amount
            moved = term.amount
        elif left > 0 and month <= path.final:
            moved = -min(max(payment, 0) * term.recovered, left)
            left += moved
        if month == path.final:
            moved -= left
            left = 0
        cash.append(moved)
    return {"cash": cash}
