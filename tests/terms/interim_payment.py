from hypothesis import strategies as st
from tests.pieces import given, shares

from scenarios.clauses.interim_payment import InterimPayment

EXAMPLES = [
    {"share": 0.1, "interim": 0.5, "months": 2},
    {"share": 0.1, "interim": 0.75, "months": 2, "upheld": 0.6},
]
DRAWN = given(
    "interim_payment",
    share=shares.map(lambda share: share * 0.9),
    interim=shares,
    months=st.integers(0, 40),
    upheld=shares,
)
NEUTRAL = [
    InterimPayment(share=0, interim=0.5, months=2),
    InterimPayment(share=0.1, interim=1, months=2),
    InterimPayment(share=0.1, interim=0.5, months=0),
]


def plainly(term, path):
    """The invoice as it was, what is paid of it at once, and what the decision leaves."""
    cash = [0] * path.months
    for month, payment in enumerate(path.paid):
        fee = max(payment, 0)  # nobody disputes a refund
        struck = term.share * (1 - term.upheld)
        invoice = fee / (1 - struck)
        disputed = invoice * term.share
        at_once = invoice - disputed + disputed * term.interim
        cash[month] += at_once - fee
        if month + term.months < path.months:
            cash[month + term.months] += fee - at_once
    return {"cash": cash}
