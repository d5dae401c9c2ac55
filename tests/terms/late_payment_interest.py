from hypothesis import strategies as st
from tests.pieces import given, shares, small_shares

from scenarios.clauses.late_payment_interest import LatePaymentInterest

EXAMPLES = [{"rate": 0.09, "days": 20, "share": 0.3}]
DRAWN = given("late_payment_interest", rate=small_shares, days=st.integers(0, 120), share=shares)
NEUTRAL = [LatePaymentInterest(rate=0, days=30), LatePaymentInterest(rate=0.09, days=0)]
FEE_ONLY = True


def plainly(term, path):
    """Simple interest for the days, of a year of 360, on the part that is paid late."""
    late = [max(fee, 0) * term.share for fee in path.fee]
    return {"fee": [amount * term.rate * term.days / 360 for amount in late]}
