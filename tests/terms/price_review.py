from decimal import Decimal

from hypothesis import strategies as st
from tests.pieces import given, price_names, shares, small_shares

from scenarios.clauses.indexation import Indexation
from scenarios.clauses.price_review import PriceReview
from scenarios.deal import Deal
from scenarios.pricing.hybrid import Hybrid

AGENT = {"price": "agent", "benchmark": "agent"}
EXAMPLES = [
    {**AGENT, "first": 4, "every": 6, "tolerance": 0.05, "most": 0.1},
    {**AGENT, "first": 1, "every": 1, "direction": "both ways", "tolerance": 0.1, "lag": 2},
    {**AGENT, "first": 7, "every": 3, "direction": "both ways", "most": 0.15},
    {**AGENT, "first": 2, "every": 12},
]
DRAWN = given(
    "price_review",
    price=st.just("agent"),
    benchmark=st.sampled_from(["agent", "unit"]),
    first=st.integers(1, 14),
    every=st.sampled_from([1, 3, 12]),
    tolerance=small_shares,
    most=st.none() | shares,
    direction=st.sampled_from(["downwards only", "both ways"]),
    lag=st.integers(0, 5),
)
NEUTRAL = [
    PriceReview(**AGENT, first=600),
    PriceReview(**AGENT, first=1, every=1, most=0),
    PriceReview(**AGENT, first=1, every=1, most=0, direction="both ways"),
]
FEE_ONLY = True
BEFORE = Deal(
    "Before",
    Hybrid(base=20_000, rate={"agent": 21, "lead": 30}, per_unit=1),
    (Indexation(index="wages", every=6),),
)
"""A rate about its market price, which an index moves too: a review starts from what it finds."""


def fitting(clause, charged):
    """Where the named price is not charged, the first that is; without prices, nothing."""
    names = price_names(charged)
    if clause.price in names:
        return clause
    return clause.replace(price=names[0]) if names else Indexation(index="wages", share=0)


def plainly(clause, path):
    """Each review cuts, or raises, the price in force towards the market price."""
    paper, market = path.price(clause.price), path[f"market.{clause.benchmark}"]
    factor, factors = Decimal(1), []
    for month in range(path.months):
        since = month + 1 - clause.first
        if since >= 0 and since % clause.every == 0:
            price = paper[month] * factor
            seen = market[max(month - clause.lag, 0)]
            room = price if clause.most is None else clause.most * price
            high, low = seen + clause.tolerance * seen, seen - clause.tolerance * seen
            if price > high:
                factor = factor * (price - min(price - high, room)) / price
            elif clause.direction == "both ways" and price < low:
                rise = low - price
                rise = rise if clause.most is None else min(rise, room)
                factor = factor * (price + rise) / price
        factors.append(factor)
    return {f"price {clause.price}": factors}
