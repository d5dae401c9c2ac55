"""The pieces that every strategy for a term is made of."""

from hypothesis import strategies as st

from scenarios.clauses import CLAUSES
from scenarios.clauses.indexation import Indexation
from scenarios.clauses.misses import FailureLevel
from scenarios.deal import Deal
from scenarios.pricing import PRICING
from scenarios.pricing.hybrid import Hybrid
from scenarios.promises import example_world

KPIS = ("csat", "answer_hours")
WEIGHTS = {"csat": 0.6, "answer_hours": 0.4}
HUGE = 1e300
"""More money than any limit meets."""
shares = st.integers(0, 1_000_000).map(lambda millionths: millionths / 1_000_000)
small_shares = shares.map(lambda share: 0.3 * share)
rates = st.floats(1, 60)
monthly = st.floats(1_000, 90_000)
annual = st.floats(10_000, 900_000)
periods = st.sampled_from([1, 3, 6, 12])
INDEXED = Deal(
    "Before",
    Hybrid(base=20_000, rate={"agent": 11, "lead": 20}, per_unit=1),
    (Indexation(index="wages", every=5, prices=("agent",)),),
    targets={"csat": (4.3, 4.32), "answer_hours": 7.0},
)
"""A deal whose hourly rate moves, for terms that follow a price."""
decimals = st.none() | st.integers(0, 3)


def by_year(amounts):
    """One amount, or one a contract year."""
    return amounts | st.lists(amounts, min_size=1, max_size=3).map(tuple)


def card(amounts):
    """One rate, or one for each role."""
    return amounts | st.fixed_dictionaries({"agent": amounts, "lead": amounts})


@st.composite
def weights(draw):
    """Weights of the two KPIs that sum to 1."""
    first = draw(shares)
    return {"csat": first, "answer_hours": 1 - first}


def given(kind, **fields):
    """The term of this keyword with these numbers; what a strategy draws as None is left out."""
    made = {**CLAUSES, **PRICING}[kind]
    return st.fixed_dictionaries(fields).map(
        lambda numbers: made(**{name: x for name, x in numbers.items() if x is not None})
    )


def price_names(charged):
    """The names of the prices that this pricing model sets."""
    return list(charged.prices(example_world()))


def unit_prices(charged):
    """The names of the prices of a unit of result that this pricing model sets."""
    world = example_world()
    parts = charged.unit_prices(world, charged.billable(world))
    return [name for part in parts for name in part.names]


def failure_levels(kpis=KPIS):
    """Levels of failure of some KPIs, from mild to severe."""
    mild, severe = {"csat": 4.25, "answer_hours": 7.5}, {"csat": 4.15, "answer_hours": 8.25}
    return st.tuples(st.sets(st.sampled_from(kpis)), st.floats(1, 2), st.floats(2, 5)).map(
        lambda drawn: tuple(
            FailureLevel(kpi=kpi, worse_than=levels[kpi], times=times)
            for kpi in sorted(drawn[0])
            for levels, times in ((mild, drawn[1]), (severe, drawn[2]))
        )
    )


repeats = st.lists(st.floats(1, 3), max_size=3).map(tuple)
