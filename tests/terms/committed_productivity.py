from decimal import Decimal

from hypothesis import strategies as st
from tests.pieces import given, small_shares

from scenarios.clauses.committed_productivity import CommittedProductivity

EXAMPLES = [{"annual": 0.05}, {"annual": 0.05, "on": "hours"}, {"annual": 0.05, "then": [0.04]}]
DRAWN = given(
    "committed_productivity",
    annual=small_shares,
    then=st.lists(small_shares, max_size=2).map(tuple),
    on=st.sampled_from(["prices", "hours"]),
)
NEUTRAL = [CommittedProductivity(annual=0), CommittedProductivity(annual=0, on="hours")]
FEE_ONLY = True


def fitting(clause, charged):
    """Where no hours are billed, the same about prices."""
    hours = getattr(charged, "rate", None) is not None
    return clause if hours else clause.replace(on="prices")


def plainly(clause, path):
    """Every twelfth month the year before's factor, less its share."""
    factor, factors, steps = Decimal(1), [], [clause.annual, *clause.then]
    for month in range(path.months):
        if month and month % 12 == 0:
            factor -= factor * steps[0]
            steps = steps[1:] or steps
        factors.append(factor)
    if clause.on == "hours":
        return {"billable agent": factors, "billable lead": factors}
    return {f"price {name}": factors for name in ("base", "agent", "lead", "unit")}
