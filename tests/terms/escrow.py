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
    """Each deposit goes in with the payment and comes out later; of a refund there is none."""
    escrow = [0] * path.months
    for month, payment in enumerate(path.paid):
        deposit = max(payment, 0) * term.share
        out = month + term.months
        if term.release == "contract end":
            if month > path.final:
                continue
            out = path.final + term.months
        escrow[month] += deposit
        if out < path.months:
            escrow[out] -= deposit
    return {"escrow": escrow, "cash": [-amount for amount in escrow]}
