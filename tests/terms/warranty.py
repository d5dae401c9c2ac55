from hypothesis import strategies as st
from tests.pieces import given, rates

from scenarios.clauses.warranty import Warranty

EXAMPLES = [{"months": 3, "rate": 60.0}, {"months": 2, "rate": 0.5}]
DRAWN = given("warranty", months=st.integers(0, 8), rate=st.just(0) | rates)
NEUTRAL = [Warranty(months=0)]
MONTHS = 14


def world(world):
    """The contract ends some months before the last one given: what fails then is within
    warranty or not.
    """
    return world.until(world.months - 4)


def plainly(clause, path):
    """Repair by repair: when the unit was completed, and whether the contract ran then and now."""
    last = path.final
    fee, cost = [], []
    for month in range(path.months):
        charged, borne = 0, 0
        for age in range(6):
            hours = path[f"repair.{age}"][month]
            if month <= last and age >= clause.months:
                charged += hours * clause.rate
            if month > last >= month - age and age < clause.months:
                borne += hours * path["cost.hour"][month]
        fee.append(charged)
        cost.append(borne)
    return {"fee": fee, "provider cost": cost}
