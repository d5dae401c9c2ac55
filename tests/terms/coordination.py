from hypothesis import strategies as st
from tests.pieces import given, monthly

from scenarios.clauses.coordination import Coordination

EXAMPLES = [{"buyer": 4_000.0, "provider": 750.0}]
DRAWN = given("coordination", buyer=monthly, provider=st.just(0) | monthly)
NEUTRAL = [Coordination(buyer=0)]
