from hypothesis import strategies as st
from tests.pieces import given, shares

from scenarios.clauses.holdback import Holdback

EXAMPLES = [{"share": 0.1, "months": 3}]
DRAWN = given("holdback", share=shares, months=st.integers(0, 40))
NEUTRAL = [Holdback(share=0, months=3), Holdback(share=0.1, months=0)]
