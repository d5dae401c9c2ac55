import numpy as np
from hypothesis import strategies as st
from tests.pieces import annual, monthly, shares

from scenarios.clauses.cost_plus_incentive import CostPlusIncentive

EXAMPLES = [
    {
        "target_cost": 680_000.0,
        "target_fee": 50_000.0,
        "share_over": 0.85,
        "share_under": 0.8,
        "min_fee": 45_000.0,
        "max_fee": 56_000.0,
    },
    {"target_cost": 450_000.0, "target_fee": 30_000.0, "share_over": 0.8},
    {
        "target_cost": 450_000.0,
        "target_fee": 30_000.0,
        "share_over": 0.7,
        "min_fee": 20_000.0,
        "settled": "contract year",
        "costs": ["labour", "AI", "one-off"],
    },
]


@st.composite
def incentives(draw):
    """Fees in order."""
    least, fee, most = sorted((draw(monthly), draw(monthly), draw(monthly)))
    return CostPlusIncentive(
        target_cost=draw(annual),
        target_fee=fee,
        share_over=draw(shares),
        share_under=draw(st.none() | shares),
        min_fee=draw(st.sampled_from([None, least])),
        max_fee=draw(st.sampled_from([None, most])),
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
    """At each close the cost and its fee, in proportion to the months, less what was paid."""
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
        change[month] = cost + fee_of(told, cost, months, length) - fees
        cost, fees, months = 0, 0, 0
    return {"fee": change}


def fee_of(told, cost, months, length):
    """Target fee, and the provider's share of the difference, within the limits."""
    target = told.target_cost * months / length
    share = told.share_over
    if cost < target and told.share_under is not None:
        share = told.share_under
    fee = told.target_fee * months / length + (1 - share) * (target - cost)
    if told.min_fee is not None and fee < told.min_fee * months / length:
        fee = told.min_fee * months / length
    if told.max_fee is not None and fee > told.max_fee * months / length:
        fee = told.max_fee * months / length
    return fee
