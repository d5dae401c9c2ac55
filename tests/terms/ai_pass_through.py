from tests.pieces import given, shares, small_shares

from scenarios.clauses.ai_pass_through import AiPassThrough

EXAMPLES = [{"share": 0.5, "handling": 0.05}, {"share": 1.0}]
DRAWN = given("ai_pass_through", share=shares, handling=small_shares)
NEUTRAL = [AiPassThrough(share=0)]
FEE_ONLY = True


def plainly(term, path):
    """Each month's running cost: the part that is billed, and the handling fee on that part."""
    fee = []
    for cost in path["cost.ai"]:
        billed = cost * term.share
        fee.append(billed + billed * term.handling)
    return {"fee": fee}
