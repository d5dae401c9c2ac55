from hypothesis import strategies as st
from tests.pieces import card, given, rates

EXAMPLES = [
    {"rate": 22.0},
    {"rate": {"agent": 20.0, "lead": 40.0}, "billing": "contracted"},
]
DRAWN = given(
    "hourly",
    rate=card(rates),
    billing=st.sampled_from(["worked", "contracted"]),
)
