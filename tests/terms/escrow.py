from hypothesis import strategies as st
from tests.pieces import given, shares

from scenarios.clauses.escrow import Escrow

EXAMPLES = [
    {"share": 0.2, "months": 3},
    {"share": 0.2, "months": 0, "release": "contract end"},
]
DRAWN = given(
    "escrow",
    share=shares,
    months=st.integers(0, 40),
    release=st.sampled_from(["payment", "contract end"]),
)
NEUTRAL = [Escrow(share=0, months=3), Escrow(share=0.1, months=0)]


def world(world):
    """The contract ends four months before the months given do."""
    return world.until(world.months - 4)


def plainly(term, path):
    """Each deposit goes in with the fee and comes out later."""
    escrow = [0] * path.months
    for month, fee in enumerate(path.fee):
        out = month + term.months
        if term.release == "contract end":
            if month >= path.end:
                continue
            out = path.end - 1 + term.months
        escrow[month] += fee * term.share
        if out < path.months:
            escrow[out] -= fee * term.share
    return {"escrow": escrow, "cash": [-amount for amount in escrow]}
