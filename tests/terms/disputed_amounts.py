from tests.pieces import given, shares

from scenarios.clauses.disputed_amounts import DisputedAmounts

EXAMPLES = [{"share": 0.08, "upheld": 0.6}]
DRAWN = given("disputed_amounts", share=shares, upheld=shares)
NEUTRAL = [DisputedAmounts(share=0, upheld=0.5), DisputedAmounts(share=0.1, upheld=1)]
FEE_ONLY = True


def plainly(term, path):
    """What is disputed less what of it is found to be owed."""
    disputed = [max(fee, 0) * term.share for fee in path.fee]
    return {"fee": [amount * term.upheld - amount for amount in disputed]}
