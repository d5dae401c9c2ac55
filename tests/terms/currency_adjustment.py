from decimal import Decimal

from hypothesis import strategies as st
from tests.pieces import given, price_names, shares, small_shares

from scenarios.clauses.currency_adjustment import CurrencyAdjustment

EXAMPLES = [
    {"rate": "fx", "every": 1},
    {"rate": "fx", "every": 3, "band": 0.05, "exposed": 0.7, "share": 0.5, "prices": ["agent"]},
    {"rate": "fx", "every": 6, "band": 0.05, "beyond": "the whole change", "exposed": 0.6},
    {"rate": "fx", "every": 1, "band": 0.05, "within": 0.5, "share": 0.9, "limit": 0.1},
    {"rate": "fx", "every": 3, "quoted": 1.02, "exposed": 0.7},
    {
        "rate": "fx",
        "every": 1,
        "band": 0.04,
        "within": 0.3,
        "limit": 0.12,
        "quoted": 0.95,
        "beyond": "the whole change",
    },
]
fields = {
    "rate": st.just("fx"),
    "prices": st.sampled_from([(), ("agent",)]),
    "exposed": shares,
    "share": shares,
    "beyond": st.sampled_from(["only the excess", "the whole change"]),
    "every": st.sampled_from([1, 3, 12]),
    "within": st.just(0) | shares,
    "quoted": st.none() | st.floats(0.8, 1.25),
}
DRAWN = given("currency_adjustment", band=small_shares, **fields) | given(
    "currency_adjustment", band=st.floats(0, 0.05), limit=st.floats(0.05, 0.3), **fields
)
NEUTRAL = [
    CurrencyAdjustment(rate="fx", every=1, share=0),
    CurrencyAdjustment(rate="fx", every=1, exposed=0),
    CurrencyAdjustment(rate="fx", every=600),
    CurrencyAdjustment(rate="fx", every=600, quoted=1.5),
    CurrencyAdjustment(rate="fx", every=1, exposed=0, within=0.5, band=0.1),
    CurrencyAdjustment(rate="fx", every=1, limit=0, within=0.5),
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
            quoted = rate[0] if clause.quoted is None or month == 0 else clause.quoted
            dearer = (quoted - rate[month]) / rate[month]
            if clause.limit is not None and abs(dearer) > clause.limit:
                dearer = clause.limit if dearer > 0 else -clause.limit
            edge = clause.band if dearer > 0 else -clause.band
            if abs(dearer) <= clause.band:
                counts = dearer * clause.within
            elif clause.beyond == "the whole change":
                counts = dearer * clause.share
            else:
                counts = (dearer - edge) * clause.share + edge * clause.within
            factor = 1 + clause.exposed * counts
        factors.append(factor)
    names = clause.prices or ("base", "agent", "lead", "unit")
    return {f"price {name}": factors for name in names}
