from hypothesis import strategies as st
from tests.pieces import given, monthly, shares

from scenarios.clauses.coordination import Coordination

EXAMPLES = [
    {"buyer": 4_000.0, "provider": 750.0},
    {"buyer": 5_500.0},
    {"buyer": 4_000.0, "buyer_share": 0.7, "provider_share": 0.3},
    {"buyer": 1_500.0, "provider": 800.0, "provider_share": 1.0},
]


@st.composite
def shared_out(draw):
    """Both parties' plans, and up to all of the coordination inside the team."""
    mine = draw(st.just(0.0) | shares)
    rest = draw(st.just(0.0) | shares) * (1 - mine)
    numbers = {"buyer": monthly, "provider": st.just(0) | monthly}
    shared = {"buyer_share": st.just(mine), "provider_share": st.just(rest)}
    return draw(given("coordination", **numbers, **shared))


DRAWN = shared_out()
NEUTRAL = [Coordination(buyer=0)]


def plainly(term, path):
    """The planned amounts for the worked part of each month, the buyer's times its load; and each
    party's share of the coordination inside the team.
    """
    worked, load, team = path["activity"], path["management"], path["coordination.cost"]
    months = list(zip(worked, load, team, strict=True))
    buyer = [term.buyer * part * more + term.buyer_share * all_ for part, more, all_ in months]
    if term.provider == 0 and term.provider_share == 0:
        return {"buyer cost": buyer}
    other = [term.provider * part + term.provider_share * all_ for part, _, all_ in months]
    return {"buyer cost": buyer, "provider cost": other}
