from hypothesis import strategies as st
from tests.pieces import card, given, monthly, rates, shares, small_shares

from scenarios.clauses.gain_share import GainShare

EXAMPLES = [
    {"buyer_share": 0.5, "baseline": 55_000.0, "rate": 22.0, "committed": 0.05},
    {
        "buyer_share": 0.5,
        "baseline": 4e4,
        "baseline_units": 1e4,
        "measured_on": "provider cost",
    },
]
DRAWN = given(
    "gain_share",
    buyer_share=shares,
    baseline=monthly,
    rate=card(rates),
    committed=small_shares,
    baseline_units=st.none() | st.floats(1_000, 20_000),
) | given(
    "gain_share",
    buyer_share=shares,
    baseline=monthly,
    measured_on=st.just("provider cost"),
)
NEUTRAL = [
    GainShare(buyer_share=0, baseline=50_000, rate=20),
    GainShare(buyer_share=1, baseline=0, rate=20),
]
FEE_ONLY = True
