from hypothesis import strategies as st
from tests.pieces import by_year, given, monthly, rates


@st.composite
def tiers(draw):
    """Graduated prices with rising limits."""
    limits = sorted(draw(st.sets(st.integers(1, 12_000), max_size=3)))
    ends = [*map(float, limits), None]
    return tuple({"price": draw(rates), "up_to": end} for end in ends)


EXAMPLES = [
    {"price": [6.0, 5.25], "minimum": 50_000.0, "base_fee": 900.0},
    {"tiers": [{"price": 6.0, "up_to": 5_000.0}, {"price": 4.0}], "counts": "claimed"},
]
DRAWN = given(
    "per_outcome",
    price=by_year(rates),
    counts=st.sampled_from(["verified", "claimed"]),
    base_fee=st.just(0) | monthly,
    minimum=st.just(0) | monthly,
) | given("per_outcome", tiers=tiers(), base_fee=st.just(0) | monthly)
