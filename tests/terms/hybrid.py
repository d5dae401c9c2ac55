from hypothesis import strategies as st
from tests.pieces import (
    WEIGHTS,
    annual,
    card,
    decimals,
    given,
    monthly,
    periods,
    rates,
    shares,
    weights,
)

EXAMPLES = [
    {"base": 2e4, "per_unit": 3.0, "at_risk": 0.1, "weights": WEIGHTS, "measured_every": 3},
    {"rate": 11.0, "per_unit": 2.0, "included_units": 3_000.0, "counts": "claimed"},
    {"base": 2e4, "bonus": 900.0, "bonus_cap": 5_000.0, "weights": WEIGHTS, "decimals": 2},
]
DRAWN = given(
    "hybrid",
    base=monthly,
    rate=st.none() | card(rates),
    per_unit=st.just(0) | rates,
    counts=st.sampled_from(["verified", "claimed"]),
    included_units=st.just(0) | st.floats(1, 9_000),
    at_risk=st.just(0) | shares,
    bonus=st.just(0) | monthly,
    bonus_cap=st.none() | annual,
    weights=weights(),
    measured_every=periods,
    decimals=decimals,
)
