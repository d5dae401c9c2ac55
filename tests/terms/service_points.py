from hypothesis import strategies as st
from tests.pieces import decimals, failure_levels, given, repeats
from tests.plain_kpis import closes, misses

from scenarios.clauses.service_points import PointsStep, ServicePoints

POINTS = {"csat": 5, "answer_hours": 3}
TABLE = [
    {"points": 4, "share": 0.02},
    {"points": 8, "share": 0.05},
    {"points": 16, "share": 0.1},
]
LEVEL = {"kpi": "csat", "worse_than": 4.2, "times": 2}
EXAMPLES = [
    {"points": POINTS, "table": TABLE},
    {"points": POINTS, "table": TABLE, "repeat": [1, 2], "of_fee": "next month"},
    {"points": POINTS, "table": TABLE, "measured_every": 3, "added_up_over": 12, "decimals": 1},
    {"points": POINTS, "table": TABLE, "levels": [LEVEL], "added_up_over": 3},
    {"points": POINTS, "table": TABLE, "added_up_over": 6, "of_fee": "next month"},
]
table = st.sets(st.integers(1, 40), min_size=1, max_size=4).map(
    lambda steps: tuple(PointsStep(points=n, share=n / 200) for n in sorted(steps))
)
DRAWN = st.sampled_from([(1, 1), (1, 3), (3, 3), (3, 12), (1, 12), (6, 6)]).flatmap(
    lambda months: given(
        "service_points",
        points=st.fixed_dictionaries({"csat": st.floats(0, 9), "answer_hours": st.floats(0, 9)}),
        table=table,
        levels=failure_levels(),
        repeat=repeats,
        measured_every=st.just(months[0]),
        added_up_over=st.just(months[1]),
        of_fee=st.sampled_from(["same months", "next month"]),
        decimals=decimals,
    )
)
NEUTRAL = [
    ServicePoints(points={"csat": 0}, table=(PointsStep(points=1, share=0.1),)),
    ServicePoints(points=POINTS, table=(PointsStep(points=1, share=0),), of_fee="next month"),
]
FEE_ONLY = True


def plainly(clause, path):
    """Month by month: points of the failures, the table at the close, a share of a fee."""
    missed = {kpi: misses(clause, path, kpi) for kpi in clause.points}
    points, months_fee, next_share, fees = 0, 0, 0, []
    for month, fee in enumerate(path.fee):
        if month % clause.added_up_over == 0:
            points, months_fee = 0, 0
        months_fee += max(fee, 0)
        if closes(path, month, clause.measured_every):
            points += sum(missed[kpi][month] * each for kpi, each in clause.points.items())
        credit = next_share * max(fee, 0)
        share, next_share = 0, 0
        if closes(path, month, clause.added_up_over):
            share = max([step.share for step in clause.table if points >= step.points], default=0)
        if clause.of_fee == "next month":
            next_share = share
        else:
            credit = share * months_fee
        fees.append(-credit)
    return {"fee": fees}
