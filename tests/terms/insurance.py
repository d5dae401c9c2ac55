from hypothesis import strategies as st
from tests.pieces import HUGE, annual, by_year, given, monthly

from scenarios.clauses.insurance import Insurance

EXAMPLES = [
    {"premium": 6_000.0},
    {"premium": [6_000.0, 5_000.0], "loss": "breach", "deductible": 5_000.0, "limit": 150_000.0},
    {"premium": 6_000.0, "limit": 90_000.0, "paid_by": "buyer"},
]
DRAWN = given(
    "insurance",
    premium=by_year(monthly),
    loss=st.none() | st.just("breach"),
    deductible=st.just(0) | monthly,
    limit=st.none() | annual,
    paid_by=st.sampled_from(["provider", "buyer"]),
)
NEUTRAL = [
    Insurance(premium=0, deductible=HUGE),
    Insurance(premium=0, deductible=HUGE, limit=1_000, paid_by="buyer"),
]


def plainly(clause, path):
    """Loss by loss: what is above the deductible is paid until the year's cover is used up."""
    premiums = clause.premium if isinstance(clause.premium, tuple) else (clause.premium,)
    own, premium, used = [], [], 0
    for month, loss in enumerate(path["loss" if clause.loss is None else f"loss.{clause.loss}"]):
        used = 0 if month % 12 == 0 else used
        claim = loss - clause.deductible if loss > clause.deductible else 0
        if clause.limit is not None and claim > clause.limit - used:
            claim = clause.limit - used
        used += claim
        own.append(-claim)
        premium.append(premiums[min(month // 12, len(premiums) - 1)] / 12)
    if clause.paid_by == "buyer":
        return {"buyer cost": [a + b for a, b in zip(own, premium, strict=True)]}
    return {"buyer cost": own, "provider cost": premium}
