from tests.pieces import given, shares, small_shares

from scenarios.clauses.value_added_tax import ValueAddedTax

EXAMPLES = [{"rate": 0.19}, {"rate": 0.2, "recoverable": 0.35}]
DRAWN = given("value_added_tax", rate=small_shares, recoverable=shares)
NEUTRAL = [ValueAddedTax(rate=0), ValueAddedTax(rate=0.2, recoverable=1)]


def plainly(clause, path):
    """Month by month: the tax on the fee, less the part of it that comes back."""
    taxes = [fee * clause.rate for fee in path.fee]
    return {"buyer cost": [tax - tax * clause.recoverable for tax in taxes]}
