import numpy as np
from hypothesis import strategies as st

from scenarios.clauses.relationship_failure import RelationshipFailure

EXAMPLES = [{"notice": 3, "wind_down": 1.5}, {"notice": 0, "wind_down": 0.5}]
DRAWN = st.builds(RelationshipFailure, notice=st.integers(0, 12), wind_down=st.floats(0, 12))
NEUTRAL = [RelationshipFailure(notice=600, wind_down=2)]


def plainly(term, path):
    """Month by month: the notice is over so many months after the first month of the failure."""
    failed = [month for month, flag in enumerate(path["relationship"]) if flag > 0]
    first = failed[0] + term.notice if failed else path.months
    ends = [int(first <= month < path.end - 1) for month in range(path.months)]
    fees = [0] * path.months
    last = path.final
    if path.last < path.end - 1 and last < path.months and ends[last]:
        fees[last] = max(sum(path.fee[: last + 1]) / (last + 1), 0) * term.wind_down
    return {"fee": fees, "end": ends}


def world(world):
    """The same world in which the contract of each path has ended in some month."""
    relationship = world["relationship"] > 0
    first = np.where(relationship.any(axis=0), relationship.argmax(axis=0), 99)
    return world.stopped(first + np.arange(world.paths) % 5)
