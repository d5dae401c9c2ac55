import numpy as np
from hypothesis import strategies as st
from tests.pieces import annual, by_year, monthly, rates, shares, small_shares

from scenarios.clauses.target_cost_share import ShareRange, TargetCostShare

NEC = [{"up_to": 0.8, "share": 0.0}, {"up_to": 1.2, "share": 0.5}, {"share": 1.0}]
SCANLON = [{"up_to": 1.0, "share": 0.75}, {"share": 1.0}]
EXAMPLES = [
    {"target": 700_000.0, "ranges": NEC},
    {"target": [500_000.0, 400_000.0], "settled": "contract year", "ranges": NEC},
    {"target": 39_000.0, "settled": "month", "ranges": SCANLON, "reserve": 0.25},
    {
        "target": 40_000.0,
        "target_units": 10_000.0,
        "settled": "month",
        "ranges": SCANLON,
        "reserve": 0.25,
        "beyond_reserve": "borne by the buyer",
        "costs": ["labour", "AI", "one-off"],
    },
    {
        "target": 440_000.0,
        "target_units": 9_500.0,
        "settled": "contract year",
        "ranges": [{"share": 0.4}],
        "beyond_reserve": "borne by the buyer",
    },
    {
        "target": 430_000.0,
        "settled": "contract year",
        "ranges": NEC,
        "costs": ["labour", "change requests"],
        "fee_percentage": 0.08,
        "change_rate": 20.0,
    },
]


BOOKS = (
    ("labour", "AI"),
    ("labour", "one-off"),
    ("materials",),
    ("labour", "change requests"),
)
"""What may be compared; change requests move the target only where they cost something."""


@st.composite
def target_shares(draw):
    """Ranges that rise, settled by any period."""
    end, ranges = 0.0, []
    for _ in range(draw(st.integers(0, 3))):
        end += draw(st.floats(0.05, 0.7))
        ranges.append(ShareRange(share=draw(shares), up_to=end))
    ranges.append(ShareRange(share=draw(shares)))
    settled = draw(st.sampled_from(["month", "contract year", "contract"]))
    amount = monthly if settled == "month" else annual
    whole = settled == "contract"
    changes = draw(st.just(0) | rates)
    return TargetCostShare(
        target=draw(amount if whole else by_year(amount)),
        ranges=tuple(ranges),
        settled=settled,
        costs=draw(st.sampled_from(BOOKS[3 if changes else 0 :])),
        change_rate=changes,
        fee_percentage=draw(st.just(0) | small_shares),
        target_units=draw(st.none() | st.floats(5_000, 15_000)),
        reserve=0 if whole else draw(small_shares),
        beyond_reserve=draw(st.sampled_from(["borne by the provider", "borne by the buyer"])),
    )


DRAWN = target_shares()
NEUTRAL = [
    TargetCostShare(target=500_000, ranges=(ShareRange(share=0),)),
    TargetCostShare(target=40_000, ranges=(ShareRange(share=0),), settled="month", reserve=0.25),
]
FEE_ONLY = True
SERIES = {
    "labour": "cost.labour",
    "AI": "cost.ai",
    "one-off": "cost.one_off",
    "change requests": "cost.changes",
}


def world(world):
    """Contracts that stop in any month, or run to their agreed end."""
    return world.stopped(8 + np.arange(world.paths) % 40)


def plainly(told, path):
    """At each close, step from the target to the actual cost through the ranges; the reserve is a
    jar that gains fill and overruns empty.
    """
    length = {"month": 1, "contract year": 12, "contract": path.end}[told.settled]
    last = min(path.last, path.end - 1)
    change, cost, units, months, jar, hours = [0] * path.months, 0, 0, 0, 0, 0
    books, demand = [path[SERIES[name]] for name in told.costs], path["demand"]
    changes = path["changes"]
    for month in range(last + 1):
        cost += sum(book[month] for book in books)
        hours += changes[month]
        units += demand[month]
        months += 1
        if months < length and month < last:
            continue
        target = told.target
        if isinstance(target, tuple):
            target = target[min(month // 12, len(target) - 1)]
        done = months if told.target_units is None else units / told.target_units
        target = target * done / length + hours * told.change_rate
        share = provider_share(told, target, cost + cost * told.fee_percentage)
        kept = max(share, 0) * told.reserve
        taken = min(max(-share, 0), jar)
        if share < 0 and told.beyond_reserve == "borne by the buyer":
            share = -taken
        jar += kept - taken
        change[month] = share - kept + taken + (jar if month == last else 0)
        cost, units, months, hours = 0, 0, 0, 0
    return {"fee": change}


def provider_share(told, target, cost):
    """Above 0 a gain, below 0 a pain."""
    low, high = min(target, cost), max(target, cost)
    begins, total = 0, 0
    for part in told.ranges:
        ends = high if part.up_to is None else min(high, part.up_to * target)
        if ends > max(low, begins):
            total += (ends - max(low, begins)) * part.share
        if part.up_to is not None:
            begins = part.up_to * target
    return total if cost < target else -total
