from hypothesis import strategies as st
from tests.pieces import WEIGHTS, given, small_shares

from scenarios.clauses.kpi_rebaselining import KpiRebaselining
from scenarios.pricing.hybrid import Hybrid

BOTH = ["csat", "answer_hours"]
EXAMPLES = [
    {"kpis": BOTH, "driver": "demand", "trigger": 0.02, "every": 4},
    {"kpis": BOTH, "driver": "index.wages", "trigger": 0.01, "elasticity": -2.0, "every": 5},
    {"kpis": BOTH, "driver": "demand", "trigger": 0.02, "elasticity": 0.5, "every": 4},
    {"kpis": ["csat"], "driver": "demand", "trigger": 0.0, "elasticity": -1.35, "every": 3},
    {
        "kpis": ["answer_hours"],
        "driver": "demand",
        "trigger": 0.05,
        "form": "linear",
        "elasticity": 0.75,
        "reference": 10_000.0,
        "over": 1,
        "every": 1,
    },
    {
        "kpis": ["csat"],
        "driver": "demand",
        "trigger": 0.0,
        "form": "linear",
        "elasticity": -5.0,
        "reference": 7_000.0,
        "every": 3,
    },
]
common = {
    "kpis": st.sampled_from([("csat",), ("answer_hours",), tuple(BOTH)]),
    "driver": st.sampled_from(["demand", "index.wages", "index.cpi"]),
    "trigger": small_shares,
    "reference": st.none(),
    "over": st.integers(1, 3),
    "every": st.integers(3, 12),
}
DRAWN = given(
    "kpi_rebaselining",
    elasticity=st.sampled_from([-2.0, -1.0, 0.0, 1.0, 2.0]) | st.floats(-2, 2),
    **common,
) | given("kpi_rebaselining", elasticity=st.floats(-1, 1), form=st.just("linear"), **common)
NEUTRAL = [
    KpiRebaselining(kpis=("csat",), driver="demand", trigger=0, elasticity=0, every=3),
    KpiRebaselining(kpis=("csat",), driver="demand", trigger=0, every=600),
    KpiRebaselining(kpis=("csat",), driver="index.cpi", trigger=1, every=3),
]
FEE_ONLY = True
CHARGED = Hybrid(base=50_000, at_risk=0.2, weights=WEIGHTS)
"""A fee that targets move."""


def plainly(clause, path):
    """Month by month: at a review the average of the months before is held against the first."""
    level, factor, factors = path[clause.driver], 1, []
    for month in range(path.months):
        if month and month % clause.every == 0:
            reference = clause.reference
            if reference is None:
                reference = sum(level[: clause.over]) / clause.over
            now = sum(level[month - clause.over : month]) / clause.over
            ratio, factor = now / reference, 1
            if abs(ratio - 1) > clause.trigger:
                linear = max(1 + clause.elasticity * (ratio - 1), 0)
                factor = linear if clause.form == "linear" else ratio**clause.elasticity
        factors.append(factor)
    return {f"target {kpi}": factors for kpi in clause.kpis}
