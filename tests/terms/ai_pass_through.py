from tests.pieces import given, shares, small_shares

EXAMPLES = [{"share": 0.5, "handling": 0.05}]
DRAWN = given("ai_pass_through", share=shares, handling=small_shares)
FEE_ONLY = True
