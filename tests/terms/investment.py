from tests.pieces import given, shares

from scenarios.clauses.investment import Investment

EXAMPLES = [{"buyer_share": 0.4}]
DRAWN = given("investment", buyer_share=shares)
NEUTRAL = [Investment(buyer_share=0)]


def plainly(term, path):
    """What the buyer pays of the one-off, the provider does not."""
    outlays = path["cost.one_off"]
    buyer = [outlay * term.buyer_share for outlay in outlays]
    kept = [outlay - paid for outlay, paid in zip(outlays, buyer, strict=True)]
    saved = [left - outlay for left, outlay in zip(kept, outlays, strict=True)]
    return {"buyer cost": buyer, "provider cost": saved}
