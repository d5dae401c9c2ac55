from hypothesis import strategies as st
from tests.pieces import WEIGHTS, given, shares
from tests.terms import fixed_price, hourly, hybrid, per_outcome, per_result, value_share

MODELS = {
    "hourly": hourly,
    "hybrid": hybrid,
    "per_outcome": per_outcome,
    "fixed_price": fixed_price,
    "per_result": per_result,
    "value_share": value_share,
}
EXAMPLES = [
    {
        "start": {"hourly": {"rate": {"agent": 20.0, "lead": 40.0}}},
        "end": {"per_outcome": {"price": [6.0, 5.0], "minimum": 45_000.0}},
        "weights": [0.0, 0.4],
    },
    {
        "start": {
            "hybrid": {"base": 2e4, "rate": 11.0, "per_unit": 1.0, "at_risk": 0.1}
            | {"weights": WEIGHTS, "measured_every": 3}
        },
        "end": {"hybrid": {"base": 5e3, "per_unit": 5.0, "bonus": 900.0, "weights": WEIGHTS}},
        "weights": [0.1, 0.5, 0.9],
    },
    {
        "start": {"fixed_price": {"per_month": 50_000.0}},
        "end": {"value_share": {"share": 0.5, "base_fee": 900.0}},
        "weights": [0.25],
    },
]
models = st.one_of([told.DRAWN for told in MODELS.values()])
DRAWN = given(
    "glide_path",
    start=models,
    end=models,
    weights=st.lists(shares, min_size=1, max_size=3).map(tuple),
)


def plainly(path_of_prices, path):
    """Both models by themselves, each row weighted by contract year."""
    rows = {}
    for model, at_end in ((path_of_prices.start, False), (path_of_prices.end, True)):
        for row, fee in MODELS[model.keyword()].plainly(model, path).items():
            whole = rows.setdefault(row, [0] * path.months)
            for month, amount in enumerate(fee):
                weights = path_of_prices.weights
                weight = weights[min(month // 12, len(weights) - 1)]
                whole[month] += amount * (weight if at_end else 1 - weight)
    return rows
