from tests.pieces import given, shares

from scenarios.clauses.investment import Investment

EXAMPLES = [{"buyer_share": 0.4}]
DRAWN = given("investment", buyer_share=shares)
NEUTRAL = [Investment(buyer_share=0)]
