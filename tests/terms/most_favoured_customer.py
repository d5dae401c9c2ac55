from decimal import Decimal

from hypothesis import strategies as st
from tests.pieces import given, price_names

from scenarios.clauses.indexation import Indexation
from scenarios.clauses.most_favoured_customer import MostFavouredCustomer
from scenarios.deal import Deal
from scenarios.pricing.hybrid import Hybrid

AGENT = {"price": "agent", "comparable": "agent"}
EXAMPLES = [AGENT, {**AGENT, "lowered": "at reviews", "every": 3}]
DRAWN = given(
    "most_favoured_customer",
    price=st.just("agent"),
    comparable=st.sampled_from(["agent", "unit"]),
    lowered=st.sampled_from(["from the date of breach", "at reviews"]),
    every=st.sampled_from([1, 3, 12]),
)
NEUTRAL = [MostFavouredCustomer(**AGENT, lowered="at reviews", every=600)]
FEE_ONLY = True
BEFORE = Deal("Before", Hybrid(base=20_000, rate={"agent": 19, "lead": 30}, per_unit=1))
"""A rate that lies now above, now below the comparable one."""


def fitting(clause, charged):
    """Where the named price is not charged, the first that is; without prices, nothing."""
    names = price_names(charged)
    if clause.price in names:
        return clause
    return clause.replace(price=names[0]) if names else Indexation(index="wages", share=0)


def plainly(clause, path):
    """The lower price where another customer pays less; at reviews, until the next one."""
    price, lowest = path.price(clause.price), path[f"market.{clause.comparable}"]
    factor, factors = Decimal(1), []
    for month in range(path.months):
        each_month = clause.lowered == "from the date of breach"
        if each_month or (month and month % clause.every == 0):
            breach = lowest[month] < price[month]
            factor = lowest[month] / price[month] if breach else Decimal(1)
        factors.append(factor)
    return {f"price {clause.price}": factors}
