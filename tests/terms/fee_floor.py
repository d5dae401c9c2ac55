from hypothesis import strategies as st
from tests.pieces import annual, monthly

from scenarios.clauses.fee_floor import FeeFloor

EXAMPLES = [{"monthly": 50_000.0, "annual": 610_000.0}]
DRAWN = (
    st.fixed_dictionaries({}, optional={"monthly": monthly, "annual": annual, "total": annual})
    .filter(bool)
    .map(lambda limits: FeeFloor(**limits))
)
NEUTRAL = [FeeFloor(monthly=0, annual=0)]
FEE_ONLY = True
