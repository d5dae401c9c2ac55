from tests.pieces import annual, by_year, given, shares

from scenarios.clauses.minimum_commitment import MinimumCommitment

EXAMPLES = [{"annual": [620_000.0, 700_000.0], "share": 0.9}]
DRAWN = given("minimum_commitment", annual=by_year(annual), share=shares)
NEUTRAL = [MinimumCommitment(annual=0), MinimumCommitment(annual=500_000, share=0)]
FEE_ONLY = True
