from hypothesis import strategies as st
from tests.pieces import HUGE, annual, given, shares

from scenarios.clauses.not_to_exceed import NotToExceed

EXAMPLES = [{"amount": 500_000.0}, {"amount": 500_000.0, "then": "stop work", "notice": 0.0}]
DRAWN = given(
    "not_to_exceed",
    amount=annual,
    then=st.sampled_from(["complete at cost", "stop work"]),
    notice=shares,
)
NEUTRAL = [NotToExceed(amount=HUGE), NotToExceed(amount=HUGE, then="stop work")]


def plainly(ceiling, path):
    """Pay while there is room under the ceiling; once the charges reach it, work may stop."""
    charged, paid, change, stop = 0, 0, [], []
    for fee in path.fee:
        charged += fee
        to_pay = min(charged, ceiling.amount) - paid
        paid += to_pay
        change.append(to_pay - fee)
        stop.append(1 if charged >= ceiling.amount else 0)
    return {"fee": change} | ({"stop": stop} if ceiling.then == "stop work" else {})
