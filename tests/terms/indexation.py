from hypothesis import strategies as st
from tests.pieces import given, shares

from scenarios.clauses.indexation import Indexation

EXAMPLES = [
    {"index": "wages", "share": 0.7, "cap": 0.03},
    {"index": "wages", "every": 6, "floor": 0.0, "method": "base-fixed"},
]
DRAWN = given(
    "indexation",
    index=st.just("wages"),
    share=shares,
    floor=st.none() | st.floats(-0.05, 0.01),
    cap=st.none() | st.floats(0.01, 0.1),
    method=st.sampled_from(["chained", "base-fixed"]),
    every=st.sampled_from([1, 3, 12]),
)
NEUTRAL = [
    Indexation(index="wages", share=0),
    Indexation(index="wages", floor=0, cap=0),
    Indexation(index="wages", every=600),
]
FEE_ONLY = True
