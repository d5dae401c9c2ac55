from hypothesis import strategies as st
from tests.pieces import given, monthly

from scenarios.clauses.coordination import Coordination

EXAMPLES = [{"buyer": 4_000.0, "provider": 750.0}, {"buyer": 5_500.0}]
DRAWN = given("coordination", buyer=monthly, provider=st.just(0) | monthly)
NEUTRAL = [Coordination(buyer=0)]


def plainly(term, path):
    """The planned amounts for the worked part of each month; the buyer's own times its load."""
    worked, load = path["activity"], path["management"]
    buyer = [term.buyer * part * more for part, more in zip(worked, load, strict=True)]
    if term.provider == 0:
        return {"buyer cost": buyer}
    return {"buyer cost": buyer, "provider cost": [term.provider * part for part in worked]}
