from hypothesis import strategies as st
from tests.pieces import WEIGHTS, decimals, given, monthly, periods, shares, small_shares, weights
from tests.plain_kpis import closes, readings

from scenarios.clauses.kpi_bonus import KpiBonus
from scenarios.clauses.payout import PayoutCurve, ScoreStep

PLAIN = {"threshold": 0.75, "at_threshold": 0.333}
STEEP = {"threshold": 0.97, "at_threshold": 0.5, "stretch": 1.02, "at_stretch": 2.0}
WIDE = {"threshold": 0.8, "at_threshold": 0.2, "stretch": 1.25, "at_stretch": 1.5}
CSAT, HOURS = {"kpi": "csat", **STEEP}, {"kpi": "answer_hours", **WIDE}
TABLE = [{"score": 0.61}, {"score": 0.9, "share": 0.95}, {"score": 1.1, "share": 1.0}]
EXAMPLES = [
    {"weights": WEIGHTS, "curves": [PLAIN], "pool": 3_000.0},
    {"weights": WEIGHTS, "curves": [CSAT, HOURS], "pool_share": 0.1, "measured_every": 1},
    {"weights": WEIGHTS, "curves": [CSAT, PLAIN], "pool_share": 0.1, "form": "at risk"},
    {
        "weights": WEIGHTS,
        "curves": [CSAT, HOURS],
        "pool": 3_000.0,
        "form": "at risk",
        "score_cap": 1.2,
        "measured_every": 1,
        "lower": "2 - actual / target",
    },
    {"weights": WEIGHTS, "curves": [STEEP], "pool": 900.0, "gates": ["csat"], "decimals": 1},
    {"weights": WEIGHTS, "curves": [CSAT, WIDE], "pool": 900.0, "table": TABLE},
    {
        "weights": WEIGHTS,
        "curves": [CSAT, WIDE],
        "pool": 900.0,
        "table": TABLE,
        "score_decimals": 0,
        "measured_every": 1,
    },
    {
        "weights": WEIGHTS,
        "curves": [CSAT, HOURS],
        "pool_share": 0.1,
        "form": "at risk",
        "score_cap": 1.0125,
        "score_decimals": 1,
    },
    {
        "weights": {"csat": 1.0},
        "curves": [{**STEEP, "deadband": 0.01}],
        "pool": 900.0,
        "measured_every": 1,
        "score_cap": 1.5,
    },
    {
        "weights": WEIGHTS,
        "curves": [{"threshold": 1.0, "at_threshold": 0.0}],
        "pool": 900.0,
        "gates": ["csat", "answer_hours"],
        "measured_every": 1,
    },
]


@st.composite
def curves(draw, kpi):
    """A curve for one KPI, or for all that have none."""
    stretch = draw(st.none() | st.floats(1.01, 1.5))
    return PayoutCurve(
        kpi=kpi,
        threshold=draw(st.floats(0, 1)),
        at_threshold=draw(shares),
        stretch=stretch,
        at_stretch=None if stretch is None else draw(st.floats(1, 2.5)),
        deadband=draw(st.just(0) | small_shares),
    )


tables = st.sets(st.integers(0, 120), min_size=1, max_size=3).map(
    lambda at: tuple(ScoreStep(score=n / 100, share=None if n % 2 else n / 120) for n in sorted(at))
)
options = {
    "weights": weights(),
    "curves": st.tuples(curves("csat"), curves(None)) | st.tuples(curves(None)),
    "form": st.sampled_from(["bonus", "at risk"]),
    "score_cap": st.none() | st.floats(1, 2),
    "gates": st.sampled_from([(), ("csat",), ("answer_hours", "csat")]),
    "table": st.just(()) | tables,
    "measured_every": periods,
    "lower": st.sampled_from(["target / actual", "2 - actual / target"]),
    "decimals": decimals,
    "score_decimals": decimals,
}
DRAWN = given("kpi_bonus", pool=monthly, **options) | given(
    "kpi_bonus", pool_share=small_shares, **options
)
ALL = (PayoutCurve(threshold=0, at_threshold=1),)
"""Whatever the KPI is, the payout is that at target."""
NEUTRAL = [
    KpiBonus(weights=WEIGHTS, curves=(PayoutCurve(**STEEP),), pool=0),
    KpiBonus(weights=WEIGHTS, curves=(PayoutCurve(**STEEP),), pool_share=0, form="at risk"),
    KpiBonus(weights={"csat": 1.0}, curves=ALL, pool_share=0.1, form="at risk"),
]
FEE_ONLY = True


def plainly(clause, path):
    """Month by month: each KPI's attainment, its payout, the score, and the pool at the close."""
    every, fees, pool = clause.measured_every, [], 0
    read = {
        kpi: readings(path, kpi, every, clause.decimals) for kpi in (*clause.weights, *clause.gates)
    }
    for month, fee in enumerate(path.fee):
        pool = 0 if month % every == 0 else pool
        pool += clause.pool if clause.pool is not None else clause.pool_share * max(fee, 0)
        paid = {
            kpi: payout(clause, path, kpi, values[month] / path.target(kpi)[month])
            for kpi, values in read.items()
        }
        score = sum(paid[kpi] * weight for kpi, weight in clause.weights.items())
        if clause.score_decimals is not None:
            score = round(score * 100, clause.score_decimals) / 100
        if any(paid[gate] == 0 for gate in clause.gates):
            score = 0
        cap = 1 if clause.form == "at risk" else None
        cap = clause.score_cap if clause.score_cap is not None else cap
        score = score if cap is None else min(score, cap)
        part = score
        if clause.table:
            part = 0
            for step in clause.table:
                if score >= step.score:
                    part = score if step.share is None else step.share
        part = part - 1 if clause.form == "at risk" else part
        fees.append(part * pool if closes(path, month, every) else 0)
    return {"fee": fees}


def payout(clause, path, kpi, ratio):
    """The payout of a KPI whose actual is so much of its target."""
    own = [curve for curve in clause.curves if curve.kpi == kpi]
    curve = (own or [curve for curve in clause.curves if curve.kpi is None])[0]
    if kpi in path.lower:
        ratio = 1 / ratio if clause.lower == "target / actual" else 2 - ratio
    if curve.deadband and abs(ratio - 1) <= curve.deadband:
        return 1
    if ratio < curve.threshold:
        return 0
    if ratio < 1:
        way = (ratio - curve.threshold) / (1 - curve.threshold)
        return curve.at_threshold + way * (1 - curve.at_threshold)
    if curve.stretch is None:
        return 1
    if ratio >= curve.stretch:
        return curve.at_stretch
    return 1 + (ratio - 1) / (curve.stretch - 1) * (curve.at_stretch - 1)
