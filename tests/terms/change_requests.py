from hypothesis import strategies as st
from tests.pieces import INDEXED, annual, given, price_names, rates

from scenarios.clauses.change_requests import ChangeRequests

EXAMPLES = [
    {"rate": 80.0},
    {"rate": 80.0, "included": 40.0, "cap": 30_000.0},
    {"rate": 80.0, "cap": 30_000.0, "follows": "agent"},
]
BEFORE = INDEXED
DRAWN = given(
    "change_requests",
    rate=rates,
    included=st.just(0) | st.floats(0, 120),
    cap=st.none() | annual,
    follows=st.sampled_from([None, "agent"]),
)
NEUTRAL = [ChangeRequests(rate=0), ChangeRequests(rate=80, included=1e9, cap=1_000)]
FEE_ONLY = True


def fitting(clause, charged):
    """Where the price that it follows is not charged, none."""
    return clause if clause.follows in price_names(charged) else clause.replace(follows=None)


def plainly(clause, path):
    """Each month's hours beyond those included, at the rate, until the year's money is used up."""
    fee, year = [], 0
    for month, hours in enumerate(path["changes"]):
        year = 0 if month % 12 == 0 else year
        charge = (hours - clause.included) * clause.rate if hours > clause.included else 0
        if clause.follows is not None:
            charge = charge * path.price(clause.follows)[month] / path.price(clause.follows)[0]
        if clause.cap is not None and year + charge > clause.cap:
            charge = clause.cap - year
        year += charge
        fee.append(charge)
    return {"fee": fee}
