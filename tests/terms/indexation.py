from decimal import Decimal

from hypothesis import strategies as st
from tests.pieces import given, price_names, shares

from scenarios.clauses.indexation import Indexation

EXAMPLES = [
    {"index": "wages", "lag": 3, "agreed_at": 0.985},
    {"index": "wages", "share": 0.7, "cap": 0.03},
    {"index": "wages", "every": 6, "floor": 0.0, "method": "base-fixed", "plus": 0.01, "lag": 2},
    {"basket": {"wages": 0.6, "cpi": 0.4}, "every": 3, "lag": 1, "decimals": 1, "plus": -0.005},
    {
        "index": "wages",
        "every": 3,
        "prices": ["agent"],
        "floor": -0.01,
        "cap": 0.01,
        "excess": "carried forward",
    },
    {
        "index": "wages",
        "every": 3,
        "method": "base-fixed by step",
        "cap": 0.01,
        "floor": -0.01,
        "excess": "carried forward",
        "plus": 0.001,
        "decimals": 1,
    },
    {"index": "wages", "every": 2, "method": "base-fixed by step", "cap": 0.005, "lag": 1},
    {"index": "wages", "every": 6, "first_month": 10, "counted_from": 4, "lag": 1},
    {"index": "wages", "every": 4, "first_month": 1, "agreed_at": 0.97, "price_decimals": 2},
    {
        "index": "wages",
        "every": 5,
        "first_month": 3,
        "method": "base-fixed",
        "counted_from": 2,
        "price_decimals": 1,
    },
]
"""A price in whole cents is not drawn: in another currency it is another one."""
BASKETS = shares.map(lambda share: {"wages": share, "cpi": 1 - share})


def drawn(method, excess):
    """One index or a basket; only chained steps carry an excess forward."""
    told = {
        "share": shares,
        "plus": st.floats(-0.03, 0.03),
        "floor": st.none() | st.floats(-0.05, 0.01),
        "cap": st.none() | st.floats(0.01, 0.1),
        "excess": excess,
        "method": st.just(method),
        "every": st.sampled_from([1, 3, 12]),
        "lag": st.integers(0, 14),
        "decimals": st.none() | st.integers(0, 2),
        "prices": st.sampled_from([(), ("agent",)]),
    }
    index, agreed = st.sampled_from(["wages", "cpi"]), st.none() | st.floats(0.9, 1.1)
    late = st.none() | st.integers(2, 20)
    one = given("indexation", index=index, agreed_at=agreed, first_month=late, **told)
    told |= {"counted_from": st.integers(1, 6), "first_month": st.integers(7, 20)}
    return one | given("indexation", basket=BASKETS, **told)


EXCESS = st.sampled_from(["lost", "carried forward"])
DRAWN = (
    drawn("chained", EXCESS)
    | drawn("base-fixed", st.just("lost"))
    | drawn("base-fixed by step", EXCESS)
)
NEUTRAL = [
    Indexation(index="wages", share=0),
    Indexation(index="wages", floor=0, cap=0),
    Indexation(index="wages", floor=0, cap=0, excess="carried forward", decimals=1),
    Indexation(basket={"wages": 0.5, "cpi": 0.5}, every=600),
]
FEE_ONLY = True


def fitting(clause, charged):
    """Where the named price is not charged, another one, or all."""
    names = price_names(charged)
    return clause.replace(prices=(*names[:1],)) if set(clause.prices) - {*names} else clause


def plainly(clause, path):
    """Step by step: what the indices did, shared, topped up and held within its limits."""
    names = clause.prices or ("agent", "lead")
    return {f"price {name}": factors(clause, path, path.price(name)) for name in names}


def factors(clause, path, prices):
    """Month by month: in a step's month what the price becomes, in the others what it was."""
    first = clause.every if clause.first_month is None else clause.first_month - 1
    start = 0 if clause.counted_from is None else clause.counted_from - 1
    bank, before, grown = Decimal(0), Decimal(0), Decimal(0)
    steps, since, factor, told = 0, None, Decimal(1), []
    for month, price in enumerate(prices):
        if month >= first and (month - first) % clause.every == 0:
            steps += 1
            wanted = clause.share * moved(clause, path, month, start if since is None else since)
            if since is None and clause.agreed_at is not None:
                now = path[f"index.{clause.index}"][max(month - clause.lag, 0)]
                wanted = clause.share * per_cent(clause, now / clause.agreed_at - 1)
            if clause.method == "chained":
                wanted, since = wanted + clause.plus, month
            else:
                wanted += steps * clause.plus
            if clause.method == "base-fixed by step":
                wanted, before = wanted - before, wanted
            wanted += bank
            passed = wanted
            if clause.floor is not None and passed < clause.floor:
                passed = clause.floor
            if clause.cap is not None and passed > clause.cap:
                passed = clause.cap
            if clause.excess == "carried forward":
                bank = wanted - passed
            grown = grown + passed if clause.method == "base-fixed by step" else passed
            factor = (factor if clause.method == "chained" else 1) * max(1 + grown, 0)
            if clause.price_decimals is not None:
                factor = round(price * factor, clause.price_decimals) / price
        told.append(factor)
    return told


def moved(clause, path, month, since):
    """The relative change of the indices, each by its weight."""
    change = Decimal(0)
    for name, weight in (clause.basket or {clause.index: 1}).items():
        series = path[f"index.{name}"]
        now, then = series[max(month - clause.lag, 0)], series[max(since - clause.lag, 0)]
        change += weight * (now - then) / then
    return per_cent(clause, change)


def per_cent(clause, change):
    """The change, rounded as a per cent is."""
    return change if clause.decimals is None else round(100 * change, clause.decimals) / 100
