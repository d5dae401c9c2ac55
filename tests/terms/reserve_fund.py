from hypothesis import strategies as st
from tests.pieces import WEIGHTS, given, monthly, shares

from scenarios.clauses.credit_account import EarnBack
from scenarios.clauses.holdback import Holdback
from scenarios.clauses.key_person_commitment import KeyPersonCommitment
from scenarios.clauses.reserve_fund import ReserveFund
from scenarios.clauses.service_credits import ServiceCredits
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
        ServiceCredits(at_risk=0.1, weights=WEIGHTS, earn_back=EarnBack(share=1, after=1)),
        KeyPersonCommitment(roles=("agent",), credit=4_000),
        Holdback(share=0.2, months=2),
    ),
    targets={"csat": (4.3, 4.32), "answer_hours": 7.0},
)
"""In some months more is earned back than credited: then nothing is taken from the reserve."""


def plainly(clause, path):
    """A purse: each month a share goes in, what it covers is taken out, the rest at the end."""
    lines = path.line("service credits"), path.line("key person commitment")
    credited = [sum(both) for both in zip(*lines, strict=True)]
    purse, cash = 0, []
    for month, paid in enumerate(path.paid):
        into = paid * clause.share if paid > 0 else 0
        purse += into
        wanted = (
            max(-credited[month], 0) if clause.covers == "credits" else max(clause.floor - paid, 0)
        )
        out = purse if month == path.final else min(purse, wanted)
        purse -= out
        cash.append(out - into)
    return {"cash": cash}
