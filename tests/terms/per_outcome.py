from hypothesis import strategies as st
from tests.pieces import by_year, given, monthly, rates


@st.composite
def tiers(draw):
    """Prices by tier with rising limits."""
    limits = sorted(draw(st.sets(st.integers(1, 12_000), max_size=3)))
    ends = [*map(float, limits), None]
    return tuple({"price": draw(rates), "up_to": end} for end in ends)


TIERS = [{"price": 6.0, "up_to": 5_000.0}, {"price": 5.0, "up_to": 9_000.0}, {"price": 4.0}]
EXAMPLES = [
    {"price": [6.0, 5.25], "minimum": 50_000.0, "base_fee": 900.0},
    {"tiers": TIERS, "counts": "claimed"},
    {"tiers": TIERS, "tiering": "all units", "included_units": 300.0},
    {"by_kind": {"automated": 0.99, "assisted": 5.0}, "included_units": 300.0},
    {"by_kind": {"automated": 0.99, "assisted": 5.0}, "counts": "claimed"},
    {"price": 6.0, "counts": "confirmed", "included_units": 4_500.0, "base_fee": 49.0},
]
counted = st.sampled_from(["verified", "claimed", "confirmed"])
free = st.just(0) | st.floats(1, 9_000)
base_fee = st.just(0) | monthly
DRAWN = st.one_of(
    given(
        "per_outcome",
        price=by_year(rates),
        counts=counted,
        included_units=free,
        base_fee=base_fee,
        minimum=st.just(0) | monthly,
    ),
    given(
        "per_outcome",
        tiers=tiers(),
        tiering=st.sampled_from(["graduated", "all units"]),
        counts=counted,
        included_units=free,
        base_fee=base_fee,
    ),
    given(
        "per_outcome",
        by_kind=st.fixed_dictionaries({"automated": rates, "assisted": rates}),
        counts=counted,
        included_units=free,
        minimum=st.just(0) | monthly,
    ),
)


def by_tier(model, units):
    """What the units of a month cost: unit by unit from the first tier on, or all at one price."""
    cost, below = 0, 0
    for tier in model.tiers:
        above = units if tier.up_to is None else tier.up_to
        if model.tiering == "all units" and units <= above:
            return units * tier.price
        if model.tiering == "graduated":
            cost += max(min(units, above) - below, 0) * tier.price
            below = above
    return cost


def plainly(model, path):
    """Month by month: the units that are not included at their prices, and at least the minimum."""
    fees = []
    for month, counted_units in enumerate(path[model.counts]):
        units = max(counted_units - model.included_units, 0)
        if model.tiers:
            cost = by_tier(model, units)
        elif model.by_kind:
            whole, part = path["completed"][month], path["automated"][month]
            if model.counts == "claimed":  # of these alone the random world counts the automated
                whole, part = counted_units, path["claimed.automated"][month]
            share = min(part / whole, 1) if whole else 0
            cost = units * share * model.by_kind["automated"]
            cost += units * (1 - share) * model.by_kind["assisted"]
        else:
            years = model.price if isinstance(model.price, tuple) else (model.price,)
            cost = units * years[min(month // 12, len(years) - 1)]
        fees.append(max(cost + model.base_fee, model.minimum) - model.base_fee)
    fixed = {"fixed fee": [model.base_fee] * path.months} if model.base_fee else {}
    return {"variable fee": fees} | fixed
