from hypothesis import strategies as st
from tests.pieces import by_year, card, given, monthly, rates, shares, small_shares

from scenarios.clauses.gain_share import GainShare

RATE = {"agent": 20.0, "lead": 40.0}
BILL = {"buyer_share": 0.5, "baseline": 58_000.0, "rate": 22.0}
EXAMPLES = [
    {"buyer_share": 0.5, "baseline": 55_000.0, "rate": 22.0, "committed": 0.05},
    {
        "buyer_share": 0.5,
        "baseline": 4e4,
        "baseline_units": 1e4,
        "measured_on": "provider cost",
    },
    {
        "buyer_share": [0.5, 1.0],
        "baseline": 58_000.0,
        "rate": RATE,
        "settled": "contract year",
        "minimum_rate": 0.02,
    },
    {
        "buyer_share": 0.4,
        "baseline": 42_000.0,
        "measured_on": "provider cost",
        "settled": "contract",
    },
    BILL | {"minimum_rate": 0.05, "above_minimum": "only what exceeds it"},
    BILL | {"minimum_rate": 0.05},
    BILL | {"recovered_first": "by the provider"},
    BILL | {"recovered_first": "by the buyer", "settled": "contract year"},
    BILL | {"buyer_share": [0.5, 0.8, 1.0], "shares_by": "year of each saving"},
    BILL | {"shares_by": "year of each saving", "minimum_rate": 0.02},
]
OPTIONS = {
    "settled": st.sampled_from(["month", "contract year"]),
    "minimum_rate": small_shares,
    "above_minimum": st.sampled_from(["all of the saving", "only what exceeds it"]),
    "recovered_first": st.sampled_from(["no", "by the provider", "by the buyer"]),
}
DRAWN = (
    given(
        "gain_share",
        buyer_share=by_year(shares),
        baseline=monthly,
        rate=card(rates),
        committed=small_shares,
        baseline_units=st.none() | st.floats(1_000, 20_000),
        **OPTIONS,
    )
    | given(
        "gain_share",
        buyer_share=shares,
        baseline=monthly,
        measured_on=st.just("provider cost"),
    )
    | given(
        "gain_share",
        buyer_share=shares,
        baseline=monthly,
        measured_on=st.just("provider cost"),
        **OPTIONS | {"settled": st.just("contract")},
    )
    | given(
        "gain_share",
        buyer_share=by_year(shares),
        shares_by=st.just("year of each saving"),
        baseline=monthly,
        rate=card(rates),
        minimum_rate=small_shares,
    )
)
NEUTRAL = [
    GainShare(buyer_share=0, baseline=50_000, rate=20),
    GainShare(buyer_share=1, baseline=0, rate=20),
    GainShare(buyer_share=(0, 0), baseline=50_000, rate=20, settled="contract year"),
    GainShare(buyer_share=0, baseline=50_000, rate=20, recovered_first="by the provider"),
    GainShare(buyer_share=(0, 0), baseline=50_000, rate=20, shares_by="year of each saving"),
]
FEE_ONLY = True


def plainly(told, path):
    """Month by month: the saving so far; at each close what is shared of it, less what the
    investment still takes.
    """
    length = {"month": 1, "contract year": 12, "contract": path.end}[told.settled]
    change, saving, baselines, unrecovered, layers = [], 0, 0, 0, []
    demand, one_off, costs = path["demand"], path["cost.one_off"], measured(told, path)
    for month in range(path.months):
        baseline = told.baseline
        if told.baseline_units is not None:
            baseline = baseline * demand[month] / told.baseline_units
        still_in_it = baseline
        for _ in range(month // 12):
            still_in_it = still_in_it * (1 - told.committed)
        saving += still_in_it - costs[month]
        baselines += baseline
        if told.recovered_first != "no":
            unrecovered += one_off[month]
        if (month + 1) % length and month != path.final:
            change.append(0)
            continue
        gain, least = max(saving, 0), baselines * told.minimum_rate
        if told.above_minimum == "only what exceeds it":
            gain = max(saving - least, 0)
        elif saving < least:
            gain = 0
        recovered = min(gain, unrecovered)
        unrecovered -= recovered
        if told.shares_by == "year of each saving":
            to_buyer = shared_by_age(told, gain, month, layers)
        else:
            to_buyer = (gain - recovered) * share_of(told, month // 12)
        change.append(-to_buyer - (recovered if told.recovered_first == "by the buyer" else 0))
        saving, baselines = 0, 0
    return {"fee": change}


def share_of(told, year):
    """The buyer's share in a year from 0."""
    share = told.buyer_share
    return share[min(year, len(share) - 1)] if isinstance(share, tuple) else share


def shared_by_age(told, gain, month, layers):
    """Savings lie on each other, each with the month it was first reached; the lowest ones are
    saved again first.
    """
    known = sum(size for size, _ in layers)
    if gain > known:
        layers.append((gain - known, month))
    to_buyer = 0
    for size, since in layers:
        part = min(size, gain)
        to_buyer += part * share_of(told, (month - since) // 12)
        gain -= part
    return to_buyer


def measured(told, path):
    """What each month cost by the chosen measure."""
    if told.measured_on == "provider cost":
        parts = [path["cost.labour"], path["cost.ai"]]
    else:
        parts = [path["cost.ai"]]
        for role in path.roles:
            rate = told.rate[role] if isinstance(told.rate, dict) else told.rate
            parts.append([hours * rate for hours in path[f"hours.{role}"]])
    return [sum(month) for month in zip(*parts, strict=True)]
