from hypothesis import strategies as st
from tests.pieces import WEIGHTS, given, weights

from scenarios.clauses.kpi_review import KpiReview
from scenarios.pricing.hybrid import Hybrid

EXAMPLES = [
    {"from_month": 7, "weights": {"csat": 0.2, "answer_hours": 0.8}},
    {"from_month": 1, "weights": {"csat": 1.0}},
    {"from_month": 13, "weights": {"answer_hours": 1.0}, "targets": {"answer_hours": 6.5}},
    {"from_month": 4, "targets": {"csat": 4.4, "answer_hours": 7.5}},
]
months = st.integers(1, 30)
targets = st.fixed_dictionaries(
    {}, optional={"csat": st.floats(4.2, 4.4), "answer_hours": st.floats(6, 8)}
)
DRAWN = given("kpi_review", from_month=months, weights=weights(), targets=targets) | given(
    "kpi_review", from_month=months, targets=targets.filter(bool)
)
NEUTRAL = [KpiReview(from_month=600, weights=WEIGHTS, targets={"csat": 4.5})]
FEE_ONLY = True
CHARGED = Hybrid(base=50_000, at_risk=0.2, weights=WEIGHTS)
"""A fee that weights and targets move."""


def plainly(clause, path):
    """Month by month: before the review nothing, from its month on the new numbers."""
    since = clause.from_month - 1
    answers = {}
    for kpi, weight in clause.weights.items():
        answers[f"review {kpi}"] = [weight if n >= since else 0 for n in range(path.months)]
    for kpi, new in clause.targets.items():
        old = path.target(kpi)
        answers[f"target {kpi}"] = [new / old[n] if n >= since else 1 for n in range(path.months)]
    return answers
