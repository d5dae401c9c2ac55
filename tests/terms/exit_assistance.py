import numpy as np
from hypothesis import strategies as st
from tests.pieces import INDEXED, monthly, price_names, rates

from scenarios.clauses.exit_assistance import ExitAssistance
from scenarios.pricing.hourly import Hourly

EXAMPLES = [
    {"months": 6, "hours": 200.0, "rate": 60.0, "reverse_transition": 40_000.0, "cost": 25.0},
    {"months": 3, "hours": 200.0, "rate": 60.0, "after_early_end": "free"},
    {"months": 6, "hours": 200.0, "rate": 60.0, "follows": "agent", "reverse_transition": 9_000.0},
]
DRAWN = st.builds(
    ExitAssistance,
    months=st.integers(1, 18),
    hours=st.floats(0, 500, allow_subnormal=False),
    rate=rates,
    reverse_transition=st.just(0) | monthly,
    after_early_end=st.sampled_from(["paid", "free"]),
    cost=rates,
    follows=st.sampled_from([None, "agent"]),
)
NEUTRAL = [ExitAssistance(months=6, hours=0, rate=60)]
MONTHS = 12
"""The example's contract ends before the months given do."""
BEFORE = INDEXED.replace(pricing=Hourly(rate=20), months=30)


def fitting(clause, charged):
    """Where the price that it follows is not charged, none."""
    return clause if clause.follows in price_names(charged) else clause.replace(follows=None)


def world(world):
    """A contract of 30 of the 36 months; two paths in three end before."""
    path = np.arange(world.paths)
    return world.stopped(np.where(path % 3 == 0, 99, path % 36)).until(30)


def plainly(term, path):
    """After the last month: the hours, the price of the first month, and what the hours cost."""
    last = min(path.last, path.end - 1)
    free = term.after_early_end == "free" and last < path.end - 1
    fee, cost = [], []
    for month, hourly in enumerate(path["cost.hour"]):
        helps = last < month <= last + term.months
        due = term.hours * term.rate if helps else 0
        if term.follows is not None:
            due = due * path.price(term.follows)[month] / path.price(term.follows)[0]
        if month == last + 1:
            due += term.reverse_transition
        fee.append(0 if free else due)
        cost.append(term.hours * hourly if helps else 0)
    return {"fee": fee, "provider cost": cost}
