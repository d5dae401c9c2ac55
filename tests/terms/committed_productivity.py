from hypothesis import strategies as st
from tests.pieces import given, small_shares

from scenarios.clauses.committed_productivity import CommittedProductivity

EXAMPLES = [{"annual": 0.05}, {"annual": 0.05, "on": "hours"}]
DRAWN = given(
    "committed_productivity", annual=small_shares, on=st.sampled_from(["prices", "hours"])
)
NEUTRAL = [CommittedProductivity(annual=0), CommittedProductivity(annual=0, on="hours")]
FEE_ONLY = True


def fitting(clause, charged):
    """Where no hours are billed, the same about prices."""
    hours = getattr(charged, "rate", None) is not None
    return clause if hours else clause.replace(on="prices")
