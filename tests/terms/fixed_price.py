from hypothesis import strategies as st
from tests.pieces import annual, by_year, given, monthly

EXAMPLES = [
    {"price": 900_000.0},
    {"per_month": [50_000.0, 45_000.0]},
    {
        "price": 900_000.0,
        "milestones": [
            {"name": "design", "share": 0.2, "month": 3},
            {"name": "half", "share": 0.3, "units": 60_000.0},
            {"name": "whole", "share": 0.5, "units": 120_000.0},
        ],
    },
    {
        "milestones": [
            {"name": "start", "amount": 9_000.0, "month": 1},
            {"name": "units", "amount": 90_000.0, "units": 50_000.0},
            {"name": "never", "amount": 90_000.0, "units": 9e9},
        ],
        "counts": "completed",
    },
]
due = st.fixed_dictionaries({"month": st.integers(1, 30)}) | st.fixed_dictionaries(
    {"units": st.floats(1, 200_000)}
)


@st.composite
def milestones(draw, *, shares):
    """One to four milestones, with shares that sum to 1 or with amounts."""
    parts = draw(st.lists(st.integers(1, 1_000), min_size=1, max_size=4))
    money = [part / sum(parts) for part in parts] if shares else [900.0 * part for part in parts]
    kind = "share" if shares else "amount"
    return tuple({"name": f"part {n}", kind: each, **draw(due)} for n, each in enumerate(money, 1))


counted = st.sampled_from(["verified", "completed"])
DRAWN = st.one_of(
    given("fixed_price", price=annual),
    given("fixed_price", per_month=by_year(monthly)),
    given("fixed_price", price=annual, milestones=milestones(shares=True), counts=counted),
    given("fixed_price", milestones=milestones(shares=False), counts=counted),
)


def month_of(path, counts, units):
    """The month, from 0, in which so many units are reached; none if they never are."""
    total = 0
    for month, done in enumerate(path[counts]):
        total += done
        if total >= units:
            return month
    return None


def plainly(model, path):
    """The instalments, the months' prices, or each milestone in its month."""
    fee = [0] * path.months
    for month in range(path.months):
        if model.per_month is not None:
            given = model.per_month
            years = given if isinstance(given, tuple) else (given,)
            fee[month] = years[min(month // 12, len(years) - 1)]
        elif not model.milestones:
            fee[month] = model.price / path.end
    for one in model.milestones:
        month = one.month and one.month - 1
        if one.units is not None:
            month = month_of(path, model.counts, one.units)
        if month is not None and month < path.months:
            fee[month] += one.amount if one.share is None else one.share * model.price
    return {"fixed fee": fee}
