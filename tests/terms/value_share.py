from hypothesis import strategies as st
from tests.pieces import given, monthly, shares

EXAMPLES = [
    {"share": 0.2},
    {
        "share": 0.5,
        "hurdle": 40_000.0,
        "base_fee": 2_000.0,
        "minimum": 14_000.0,
        "maximum": 15_000.0,
    },
]
DRAWN = given(
    "value_share",
    share=shares,
    hurdle=st.just(0) | monthly,
    base_fee=st.just(0) | st.floats(1_000, 9_000),
    minimum=st.just(0) | st.floats(1_000, 9_000),
    maximum=st.none() | st.floats(9_000, 90_000),
)


def plainly(model, path):
    """Month by month: the share of the value beyond the hurdle, within floor and cap."""
    fees = []
    for value in path["value"]:
        fee = model.base_fee
        if value > model.hurdle:
            fee += (value - model.hurdle) * model.share
        fee = max(fee, model.minimum)
        if model.maximum is not None:
            fee = min(fee, model.maximum)
        fees.append(fee - model.base_fee)
    fixed = {"fixed fee": [model.base_fee] * path.months} if model.base_fee else {}
    return {"variable fee": fees} | fixed
