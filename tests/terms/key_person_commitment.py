from hypothesis import strategies as st
from tests.pieces import given, monthly, rates

from scenarios.clauses.key_person_commitment import KeyPersonCommitment

EXAMPLES = [
    {"roles": ["lead"], "credit": 5_000.0},
    {"roles": ["agent", "lead"], "credit": 5_000.0, "allowed": 4.0, "overlap": 2},
    {"roles": ["agent", "lead"], "credit": 5_000.0, "allowed": 1.5, "overlap": 1, "cost": 18.0},
]
DRAWN = given(
    "key_person_commitment",
    roles=st.sampled_from([("agent",), ("lead",), ("agent", "lead")]),
    credit=monthly,
    allowed=st.just(0) | st.floats(0, 8),
    overlap=st.integers(0, 4),
    cost=st.none() | rates,
)
NEUTRAL = [
    KeyPersonCommitment(roles=("agent",), credit=0),
    KeyPersonCommitment(roles=("agent", "lead"), credit=5_000, allowed=1e9),
]


def plainly(clause, path):
    """Person by person: whoever leaves after the allowed ones are used up is credited."""
    fee, overlap, free = [], [], 0
    for month in range(path.months):
        free = clause.allowed if month % 12 == 0 else free
        gone = sum(path[f"leavers.{role}"][month] for role in clause.roles)
        spared = min(gone, free)
        free -= spared
        fee.append(-(gone - spared) * clause.credit)
        hour = path["cost.hour"][month] if clause.cost is None else clause.cost
        hours = sum(
            path[f"leavers.{role}"][month] * clause.overlap * path.month_hours[role]
            for role in clause.roles
        )
        overlap.append(hours * hour)
    return {"fee": fee} | ({"provider cost": overlap} if clause.overlap else {})
