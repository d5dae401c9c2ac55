import numpy as np
from hypothesis import strategies as st
from tests.pieces import annual, monthly, shares

from scenarios.clauses.fixed_price_incentive import FixedPriceIncentive

EXAMPLES = [
    {
        "target_cost": 650_000.0,
        "target_profit": 80_000.0,
        "ceiling_price": 740_000.0,
        "share_over": 0.6,
    },
    {
        "target_cost": 450_000.0,
        "target_profit": 45_000.0,
        "ceiling_price": 500_000.0,
        "share_over": 0.8,
        "share_under": 0.5,
        "settled": "contract year",
        "costs": ["labour", "AI", "one-off"],
    },
]


@st.composite
def incentives(draw):
    """Targets below their ceiling."""
    cost, profit = draw(annual), draw(monthly)
    return FixedPriceIncentive(
        target_cost=cost,
        target_profit=profit,
        ceiling_price=cost + profit + draw(monthly),
        share_over=draw(shares),
        share_under=draw(st.none() | shares),
        settled=draw(st.sampled_from(["contract", "contract year"])),
        costs=draw(st.sampled_from([("labour", "AI"), ("labour", "one-off"), ("materials",)])),
    )


DRAWN = incentives()
FEE_ONLY = True
SERIES = {"labour": "cost.labour", "AI": "cost.ai", "one-off": "cost.one_off"}


def world(world):
    """Contracts that stop in any month, or run to their agreed end."""
    return world.stopped(8 + np.arange(world.paths) % 40)


def plainly(told, path):
    """At each close the price of the cost, in proportion to the months, less what was paid."""
    length = 12 if told.settled == "contract year" else path.end
    last = min(path.last, path.end - 1)
    change, cost, fees, months = [0] * path.months, 0, 0, 0
    books, charged = [path[SERIES[name]] for name in told.costs], path.fee
    for month in range(last + 1):
        cost += sum(book[month] for book in books)
        fees += charged[month]
        months += 1
        if months < length and month < last:
            continue
        price = price_of(told, cost, months, length)
        change[month] = price - fees
        cost, fees, months = 0, 0, 0
    return {"fee": change}


def price_of(told, cost, months, length):
    """Target price, and the buyer's share of the difference; never above the ceiling."""
    target = told.target_cost * months / length
    share = told.share_over
    if cost < target and told.share_under is not None:
        share = told.share_under
    price = target + told.target_profit * months / length + share * (cost - target)
    return min(price, told.ceiling_price * months / length)
