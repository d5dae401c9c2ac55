from hypothesis import strategies as st
from tests.pieces import HUGE, annual, given

from scenarios.clauses.not_to_exceed import NotToExceed

EXAMPLES = [{"amount": 500_000.0}, {"amount": 500_000.0, "then": "stop work"}]
DRAWN = given(
    "not_to_exceed", amount=annual, then=st.sampled_from(["complete at cost", "stop work"])
)
NEUTRAL = [NotToExceed(amount=HUGE), NotToExceed(amount=HUGE, then="stop work")]
