from decimal import Decimal

from hypothesis import strategies as st
from tests.pieces import given, price_names, shares, small_shares

from scenarios.clauses.currency_adjustment import CurrencyAdjustment

EXAMPLES = [
    {"rate": "fx", "every": 1},
    {"rate": "fx", "every": 3, "band": 0.05, "exposed": 0.7, "share": 0.5, "prices": ["agent"]},
    {"rate": "fx", "every": 6, "band": 0.05, "beyond": "the whole change", "exposed": 0.6},
]
DRAWN = given(
    "currency_adjustment",
    rate=st.just("fx"),
    prices=st.sampled_from([(), ("agent",)]),
    exposed=shares,
    share=shares,
    band=small_shares,
    beyond=st.sampled_from(["only the excess", "the whole change"]),
    every=st.sampled_from([1, 3, 12]),
)
NEUTRAL = [
    CurrencyAdjustment(rate="fx", every=1, share=0),
    CurrencyAdjustment(rate="fx", every=1, exposed=0),
    CurrencyAdjustment(rate="fx", every=600),
]
FEE_ONLY = True


def fitting(clause, charged):
    """Where the named price is not charged, another one, or all."""
    names = price_names(charged)
    return clause.replace(prices=(*names[:1],)) if set(clause.prices) - {*names} else clause


def plainly(clause, path):
    """Each measurement moves the price in force since signature by its part of the change."""
    rate = path[f"index.{clause.rate}"]
    factor, factors = Decimal(1), []
    for month in range(path.months):
        if month % clause.every == 0:
            dearer = (rate[0] - rate[month]) / rate[month]
            if -clause.band <= dearer <= clause.band:
                counts = Decimal(0)
            elif clause.beyond == "the whole change":
                counts = dearer
            else:
                counts = dearer - clause.band if dearer > 0 else dearer + clause.band
            factor = 1 + clause.exposed * clause.share * counts
        factors.append(factor)
    names = clause.prices or ("base", "agent", "lead", "unit")
    return {f"price {name}": factors for name in names}
