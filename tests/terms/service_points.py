from hypothesis import strategies as st
from tests.pieces import decimals, failure_levels, given, repeats
from tests.plain_kpis import closes, misses

from scenarios.clauses.service_points import PointsStep, RatchetBand, ServicePoints

POINTS = {"csat": 5, "answer_hours": 3}
TABLE = [
    {"points": 4, "share": 0.02},
    {"points": 8, "share": 0.05},
    {"points": 16, "share": 0.1},
]
RATCHET = [
    {"above": 3, "times": 1.0},
    {"above": 9, "times": 1.2},
    {"above": 15, "times": 1.5},
]
LEVEL = {"kpi": "csat", "worse_than": 4.2, "times": 2}
EXAMPLES = [
    {"points": POINTS, "table": TABLE},
    {"points": POINTS, "table": TABLE, "repeat": [1, 2], "of_fee": "next month"},
    {"points": POINTS, "table": TABLE, "measured_every": 3, "added_up_over": 12, "decimals": 1},
    {"points": POINTS, "table": TABLE, "levels": [LEVEL], "added_up_over": 3},
    {"points": POINTS, "table": TABLE, "added_up_over": 6, "of_fee": "next month"},
    {"points": POINTS, "table": TABLE, "added_up_over": 6, "between": "linear"},
    {"points": POINTS, "table": TABLE, "added_up_over": 3, "ratchet": RATCHET},
    {
        "points": POINTS,
        "table": TABLE,
        "added_up_over": 6,
        "ratchet": RATCHET,
        "ratchet_by": "the highest band",
        "between": "linear",
        "of_fee": "next month",
    },
]
table = st.sets(st.integers(1, 40), min_size=1, max_size=4).map(
    lambda steps: tuple(PointsStep(points=n, share=n / 200) for n in sorted(steps))
)
bands = st.sets(st.integers(0, 30), max_size=3).map(
    lambda above: tuple(RatchetBand(above=n, times=0.5 + n / 20) for n in sorted(above))
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
        ratchet=bands,
        ratchet_by=st.sampled_from(["the band of each point", "the highest band"]),
        between=st.sampled_from(["the step below", "linear"]),
        of_fee=st.sampled_from(["same months", "next month"]),
        decimals=decimals,
    )
)
NEUTRAL = [
    ServicePoints(points={"csat": 0}, table=(PointsStep(points=1, share=0.1),)),
    ServicePoints(points=POINTS, table=(PointsStep(points=1, share=0),), of_fee="next month"),
    ServicePoints(points=POINTS, table=(PointsStep(points=1, share=0),), between="linear"),
    ServicePoints(
        points=POINTS,
        table=(PointsStep(points=1, share=0.1),),
        ratchet=(RatchetBand(above=1e9, times=1.5),),
    ),
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
            share = share_at(clause, ratcheted(clause, points))
        if clause.of_fee == "next month":
            next_share = share
        else:
            credit = share * months_fee
        fees.append(-credit)
    return {"fee": fees}


def ratcheted(clause, points):
    """What the points of a period count, counted out band by band."""
    if not clause.ratchet:
        return points
    reached = [band for band in clause.ratchet if points > band.above]
    if clause.ratchet_by == "the highest band":
        return points * reached[-1].times if reached else 0
    counted = 0
    for band in reversed(reached):
        counted += (points - band.above) * band.times
        points = band.above
    return counted


def share_at(clause, points):
    """The share that the table says: of the step reached, or on the line to the next one."""
    below = [step for step in clause.table if points >= step.points]
    above = [step for step in clause.table if points < step.points]
    if not below:
        return 0
    if clause.between == "the step below" or not above:
        return below[-1].share
    low, high = below[-1], above[0]
    part = (points - low.points) / (high.points - low.points)
    return (1 - part) * low.share + part * high.share
