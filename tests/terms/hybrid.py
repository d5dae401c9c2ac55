from hypothesis import strategies as st
from tests.pieces import (
    WEIGHTS,
    annual,
    card,
    decimals,
    given,
    monthly,
    periods,
    rates,
    shares,
    weights,
)

EXAMPLES = [
    {"base": 2e4, "per_unit": 3.0, "at_risk": 0.1, "weights": WEIGHTS, "measured_every": 3},
    {"rate": 11.0, "per_unit": 2.0, "included_units": 3_000.0, "counts": "claimed"},
    {"base": 2e4, "bonus": 900.0, "bonus_cap": 5_000.0, "weights": WEIGHTS, "decimals": 2},
    {
        "base": 2e4,
        "rate": {"agent": 4.0, "lead": 8.0},
        "per_unit": 3.0,
        "counts": "confirmed",
        "minimum": 41_000.0,
        "maximum": 45_000.0,
        "at_risk": 0.1,
        "bonus": 900.0,
        "weights": WEIGHTS,
        "measured_every": 12,
    },
]
DRAWN = given(
    "hybrid",
    base=monthly,
    rate=st.none() | card(rates),
    per_unit=st.just(0) | rates,
    counts=st.sampled_from(["verified", "claimed", "confirmed"]),
    included_units=st.just(0) | st.floats(1, 9_000),
    minimum=st.just(0) | st.floats(1_000, 50_000),
    maximum=st.none() | st.floats(50_000, 120_000),
    at_risk=st.just(0) | shares,
    bonus=st.just(0) | monthly,
    bonus_cap=st.none() | annual,
    weights=weights(),
    measured_every=periods,
    decimals=decimals,
)


def on_target(path, kpi, target, every, decimals):
    """By month, whether the KPI's average over the period so far is at its target or better."""
    reported, units = path[f"reported.{kpi}"], path["completed"]
    met = []
    for month in range(path.months):
        first = month - month % every
        weighing = units[first : month + 1]
        if not sum(weighing):
            weighing = [1] * len(weighing)
        values = zip(reported[first : month + 1], weighing, strict=True)
        average = sum(value * weight for value, weight in values) / sum(weighing)
        if decimals is not None:
            average = round(average, decimals)
        lower = kpi in path.lower
        met.append(average <= target[month] if lower else average >= target[month])
    return met


def scores(hybrid, path):
    """By month, the weights of the KPIs on target, added up."""
    score = [0] * path.months
    for kpi, weight in hybrid.weights.items():
        target = path.target(kpi)
        met = on_target(path, kpi, target, hybrid.measured_every, hybrid.decimals)
        score = [so_far + (weight if one else 0) for so_far, one in zip(score, met, strict=True)]
    return score


def plainly(hybrid, path):
    """Month by month: base, hours and units within their limits; bonus and credits at the close."""
    every, score = hybrid.measured_every, scores(hybrid, path)
    variable, lost = [], []
    fee_of_period, bonus_of_year, months_of_period = 0, 0, 0
    for month in range(path.months):
        fee = hybrid.base
        for role in path.roles if hybrid.rate is not None else ():
            rate = hybrid.rate[role] if isinstance(hybrid.rate, dict) else hybrid.rate
            fee += path[f"hours.{role}"][month] * rate
        fee += max(path[hybrid.counts][month] - hybrid.included_units, 0) * hybrid.per_unit
        fee = max(fee, hybrid.minimum)
        if hybrid.maximum is not None:
            fee = min(fee, hybrid.maximum)
        fee_of_period += fee
        months_of_period += 1
        bonus_of_year = 0 if month % 12 == 0 else bonus_of_year
        bonus, given_back = 0, 0
        if (month + 1) % every == 0 or month == path.final:
            given_back = fee_of_period * hybrid.at_risk * (1 - score[month])
            bonus = hybrid.bonus * months_of_period * score[month]
            if hybrid.bonus_cap is not None:
                bonus = min(bonus, hybrid.bonus_cap - bonus_of_year)
            bonus_of_year += bonus
            fee_of_period, months_of_period = 0, 0
        variable.append(fee - hybrid.base + bonus)
        lost.append(-given_back)
    fees = {"variable fee": variable} | ({"credits": lost} if hybrid.at_risk else {})
    only_base = hybrid.rate is None and not (hybrid.per_unit or hybrid.bonus or hybrid.minimum)
    if only_base and hybrid.maximum is None:
        del fees["variable fee"]
    return fees | ({"fixed fee": [hybrid.base] * path.months} if hybrid.base else {})
