from hypothesis import strategies as st
from tests.pieces import WEIGHTS, decimals, given, periods, small_shares, weights

from scenarios.clauses.service_credits import ServiceCredits

EXAMPLES = [
    {"at_risk": 0.1, "weights": WEIGHTS, "pool": 2.0},
    {"at_risk": 0.1, "weights": WEIGHTS, "measured_every": 3, "cap_per": "contract year"},
    {"at_risk": 0.1, "weights": WEIGHTS, "decimals": 1},
]
DRAWN = given(
    "service_credits",
    at_risk=small_shares,
    weights=weights(),
    pool=st.floats(0, 3),
    measured_every=periods,
    cap_per=st.sampled_from(["month", "contract year"]),
    decimals=decimals,
)
NEUTRAL = [
    ServiceCredits(at_risk=0, weights=WEIGHTS),
    ServiceCredits(at_risk=0.1, weights={}),
    ServiceCredits(at_risk=0.1, weights=WEIGHTS, pool=0, cap_per="contract year"),
]
FEE_ONLY = True
