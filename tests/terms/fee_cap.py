from hypothesis import strategies as st
from tests.pieces import HUGE, annual, monthly

from scenarios.clauses.fee_cap import FeeCap

EXAMPLES = [{"monthly": 51_000.0, "annual": 570_000.0, "total": 800_000.0}]
DRAWN = (
    st.fixed_dictionaries({}, optional={"monthly": monthly, "annual": annual, "total": annual})
    .filter(bool)
    .map(lambda limits: FeeCap(**limits))
)
NEUTRAL = [FeeCap(monthly=HUGE, annual=HUGE, total=HUGE)]
FEE_ONLY = True


def plainly(cap, path):
    """Month by month: of each period's running fee, what is above its cap is taken away."""
    fee = path.fee
    for limit, every in ((cap.monthly, 1), (cap.annual, 12), (cap.total, path.months)):
        if limit is None:
            continue
        running, allowed, capped = 0, 0, []
        for month, amount in enumerate(fee):
            if month % every == 0:
                running, allowed = 0, 0
            running += amount
            capped.append(min(running, limit) - allowed)
            allowed = min(running, limit)
        fee = capped
    return {"fee": [new - old for new, old in zip(fee, path.fee, strict=True)]}
