from tests.pieces import given, shares, small_shares

from scenarios.clauses.early_payment_discount import EarlyPaymentDiscount

EXAMPLES = [{"discount": 0.02, "take_up": 0.6}]
DRAWN = given("early_payment_discount", discount=small_shares, take_up=shares)
NEUTRAL = [EarlyPaymentDiscount(discount=0), EarlyPaymentDiscount(discount=0.02, take_up=0)]
FEE_ONLY = True


def plainly(term, path):
    """The discount on the part of each fee that is paid early."""
    return {"fee": [-max(fee * term.take_up, 0) * term.discount for fee in path.fee]}
