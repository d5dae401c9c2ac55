from decimal import Decimal

from hypothesis import strategies as st
from tests.pieces import WEIGHTS, decimals, shares, weights

from scenarios.clauses.award_term import AwardTerm

EXAMPLES = [
    {"base": 12, "months": 4, "score": 0.5, "decided": 9, "weights": WEIGHTS},
    {
        "base": 8,
        "months": 3,
        "score": 0.6,
        "decided": 8,
        "weights": {"csat": 0.7},
        "over": 6,
        "decimals": 1,
    },
]


@st.composite
def _drawn(draw):
    decided = draw(st.integers(1, 24))
    return AwardTerm(
        base=decided + draw(st.integers(0, 6)),
        months=draw(st.integers(1, 12)),
        score=draw(shares),
        decided=decided,
        weights=draw(weights()),
        over=draw(st.sampled_from([3, 6, 12, 24])),
        decimals=draw(decimals),
    )


DRAWN = _drawn()
NEUTRAL = [AwardTerm(base=500, months=1, score=1, decided=500, weights=WEIGHTS)]


def plainly(term, path):
    """The weighted share of months on target decides whether it ends after the base."""
    hits, weight = Decimal(0), Decimal(0)
    for month in range(max(term.decided - term.over, 0), term.decided):
        for kpi, one in term.weights.items():
            hits += one * met(kpi, month, term.decimals, path)
            weight += one
    ends = {term.base + term.months - 1}
    if hits < weight * term.score:
        ends.add(term.base - 1)
    return {"stop": [int(m in ends and m < path.end - 1) for m in range(path.months)]}


def met(kpi, month, decimals, path):
    """1 where the KPI was on target in the month."""
    value, target = path[f"reported.{kpi}"][month], path.target(kpi)[month]
    value = value if decimals is None else round(value, decimals)
    return int(value <= target if kpi in path.lower else value >= target)
