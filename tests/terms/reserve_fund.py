from hypothesis import strategies as st
from tests.pieces import given, monthly, shares

from scenarios.clauses.holdback import Holdback
from scenarios.clauses.key_person_commitment import KeyPersonCommitment
from scenarios.clauses.reserve_fund import ReserveFund
from scenarios.deal import Deal
from scenarios.pricing.hybrid import Hybrid

EXAMPLES = [{"share": 0.05}, {"share": 0.1, "covers": "low months", "floor": 48_000.0}]
DRAWN = given("reserve_fund", share=shares) | given(
    "reserve_fund", share=shares, covers=st.just("low months"), floor=monthly
)
NEUTRAL = [ReserveFund(share=0), ReserveFund(share=0, covers="low months", floor=1_000)]
BEFORE = Deal(
    "Before",
    Hybrid(base=20_000, rate={"agent": 11, "lead": 20}, per_unit=1),
    clauses=(
        KeyPersonCommitment(roles=("agent",), credit=4_000),
        Holdback(share=0.2, months=2),
    ),
)


def plainly(clause, path):
    """A purse: each month a share goes in, what it covers is taken out, the rest at the end."""
    last = path.end - 1 if path.last is None else min(path.last, path.end - 1)
    credited = path.line("key person commitment")
    purse, cash = 0, []
    shifted = path.book("cash")
    for month, fee in enumerate(path.fee):
        paid = fee + shifted[month]
        into = paid * clause.share if paid > 0 else 0
        purse += into
        wanted = -credited[month] if clause.covers == "credits" else max(clause.floor - paid, 0)
        out = purse if month == last else min(purse, wanted)
        purse -= out
        cash.append(out - into)
    return {"cash": cash}
