from hypothesis import strategies as st
from tests.pieces import annual, decimals, given, periods
from tests.terms.fixed_price import month_of
from tests.terms.hybrid import on_target

EXAMPLES = [
    {
        "results": [
            {"name": "satisfied", "amount": 9_000.0, "kpi": "csat", "level": 4.4},
            {"name": "fast", "amount": 5_000.0, "kpi": "answer_hours", "level": 6.0, "by": 9},
            {"name": "never", "amount": 5_000.0, "kpi": "csat", "level": 99.0},
            {"name": "half", "amount": 70_000.0, "units": 60_000.0, "by": 12},
            {"name": "late", "amount": 70_000.0, "units": 120_000.0, "by": 2},
            {"name": "all", "amount": 70_000.0, "units": 90_000.0, "counts": "completed"},
        ],
    },
    {
        "results": [
            {"name": "satisfied", "amount": 9_000.0, "kpi": "csat", "level": 4.32, "by": 15},
            {"name": "fast", "amount": 5_000.0, "kpi": "answer_hours", "level": 6.8},
        ],
        "measured_every": 3,
        "decimals": 2,
    },
]
condition = st.one_of(
    st.fixed_dictionaries({"kpi": st.just("csat"), "level": st.floats(4.2, 4.5)}),
    st.fixed_dictionaries({"kpi": st.just("answer_hours"), "level": st.floats(5, 8)}),
    st.fixed_dictionaries(
        {
            "units": st.floats(1, 200_000),
            "counts": st.sampled_from(["verified", "completed"]),
        }
    ),
)


@st.composite
def results(draw):
    """One to four results, with and without a latest month."""
    count = draw(st.integers(1, 4))
    by = st.none() | st.integers(1, 30)
    return tuple(
        {"name": f"result {n}", "amount": draw(annual), "by": draw(by), **draw(condition)}
        for n in range(1, count + 1)
    )


DRAWN = given("per_result", results=results(), measured_every=periods, decimals=decimals)


def plainly(model, path):
    """Each result once, in the first month that reaches it, if that is not too late."""
    fee, every = [0] * path.months, model.measured_every
    for one in model.results:
        if one.kpi is None:
            month = month_of(path, one.counts, one.units)
        else:
            level = [one.level] * path.months
            met = on_target(path, one.kpi, level, every, model.decimals)
            closing = [(m + 1) % every == 0 or m == path.final for m in range(path.months)]
            good = [m for m in range(path.months) if met[m] and closing[m]]
            month = good[0] if good else None
        if month is not None and (one.by is None or month + 1 <= one.by):
            fee[month] += one.amount
    return {"variable fee": fee}
