import numpy as np
from hypothesis import strategies as st
from tests.pieces import WEIGHTS, given, shares
from tests.plain_kpis import on_target

from scenarios.clauses.service_credits import ServiceCredits
from scenarios.clauses.termination_for_failure import TerminationForFailure
from scenarios.deal import Deal
from scenarios.pricing.hybrid import Hybrid

BOTH = ["csat", "answer_hours"]
THREE = {"kpis": BOTH, "misses": 3, "within": 3, "compensation": 0.1}
CREDITS = {"credits_above": 0.53, "at_risk": 0.1}
EXAMPLES = [
    THREE,
    {**THREE, "misses": 2, "within": 6, "measured_every": 3},
    {**THREE, "misses": 5, "within": 12, "cure": 2},
    {"critical": ["answer_hours"], "cure": 3, "decimals": 1, "compensation": 0.05},
    {**CREDITS, "critical": ["csat"], "compensation": 0.05},
    {**CREDITS, **THREE, "cure": 3, "measured_every": 3, "critical": ["answer_hours"]},
]
counted = st.tuples(st.integers(1, 5), st.integers(0, 8))
common = {
    "measured_every": st.sampled_from([1, 3]),
    "decimals": st.none() | st.integers(0, 2),
    "cure": st.sampled_from([0, 0, 3, 4]),
    "compensation": st.just(0) | shares,
}
DRAWN = counted.flatmap(
    lambda n: given(
        "termination_for_failure",
        kpis=st.sampled_from([("csat",), ("answer_hours", "csat")]),
        misses=st.just(n[0]),
        within=st.just(sum(n)),
        critical=st.sampled_from([(), ("answer_hours",)]),
        **common,
    )
) | given("termination_for_failure", credits_above=shares, at_risk=shares, **common)
NEUTRAL = [
    TerminationForFailure(kpis=("csat",), misses=400, within=500, compensation=1),
    TerminationForFailure(credits_above=1, at_risk=1, compensation=1),
]
BEFORE = Deal(
    "Before",
    Hybrid(base=20_000, rate={"agent": 11, "lead": 20}, per_unit=1),
    (ServiceCredits(at_risk=0.1, weights=WEIGHTS, pool=1.1),),
    targets={"csat": (4.3, 4.32), "answer_hours": 7.0},
)


def world(world):
    """The same world in which each path stops in some month, so that compensation may be due."""
    return world.stopped(np.arange(world.paths) % 30 + 2)


def plainly(clause, path):
    """Month by month: count misses, hold credited against what is at risk, wait for a cure."""
    ends = [False] * path.months
    for fails, cured in failures(clause, path):
        for month in range(path.months):
            first = month - clause.cure
            if first >= 0 and fails[first] and not any(cured[first + 1 : month + 1]):
                ends[month] = True
    fees = [0] * path.months
    if path.last < path.end - 1 and ends[path.last]:
        year = path.fee[max(path.last - 11, 0) : path.last + 1]
        fees[path.last] = -max(sum(year), 0) * clause.compensation
    return {"fee": fees, "stop": [int(one) for one in ends]}


def failures(clause, path):
    """For each kind of failure, by month: whether it happens, and whether it is cured."""
    every = clause.measured_every
    for kpi in {*clause.kpis, *clause.critical}:
        met = on_target(path, kpi, every, clause.decimals)
        fails, cured, history = [], [], []
        for month in range(path.months):
            reads = (month + 1) % every == 0
            if reads:
                history.append(not met[month])
            misses = sum(history[-clause.within :]) if clause.within else 0
            enough = kpi in clause.kpis and clause.misses is not None and misses >= clause.misses
            fails.append(reads and not met[month] and (enough or kpi in clause.critical))
            cured.append(reads and met[month])
        yield fails, cured
    if clause.credits_above is not None:
        credited = [-amount for amount in path.line("service credits")]
        before = [fee + credit for fee, credit in zip(path.fee, credited, strict=True)]
        over = []
        for month in range(path.months):
            year = slice(max(month - 11, 0), month + 1)
            months = len(before[year])
            at_risk = sum(max(fee, 0) for fee in before[year]) * clause.at_risk * 12 / months
            over.append(sum(credited[year]) > at_risk * clause.credits_above)
        yield over, [not one for one in over]
