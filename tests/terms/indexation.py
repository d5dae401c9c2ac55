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
]
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
    agreed = st.none() | st.floats(0.9, 1.1)
    one = given("indexation", index=st.sampled_from(["wages", "cpi"]), agreed_at=agreed, **told)
    return one | given("indexation", basket=BASKETS, **told)


DRAWN = drawn("chained", st.sampled_from(["lost", "carried forward"])) | drawn(
    "base-fixed", st.just("lost")
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
    weights = clause.basket or {clause.index: 1}
    bank, factor, factors = Decimal(0), Decimal(1), []
    for month in range(path.months):
        if month and month % clause.every == 0:
            steps = month // clause.every if clause.method == "base-fixed" else 1
            since = 0 if clause.method == "base-fixed" else month - clause.every
            change = Decimal(0)
            for name, weight in weights.items():
                series = path[f"index.{name}"]
                now, then = series[max(month - clause.lag, 0)], series[max(since - clause.lag, 0)]
                if since == 0 and clause.agreed_at is not None:
                    then = clause.agreed_at
                change += weight * (now - then) / then
            if clause.decimals is not None:
                change = round(100 * change, clause.decimals) / 100
            wanted = clause.share * change + steps * clause.plus + bank
            passed = wanted
            if clause.floor is not None and passed < clause.floor:
                passed = clause.floor
            if clause.cap is not None and passed > clause.cap:
                passed = clause.cap
            if clause.excess == "carried forward":
                bank = wanted - passed
            factor = (1 if clause.method == "base-fixed" else factor) * max(1 + passed, 0)
        factors.append(factor)
    names = clause.prices or ("agent", "lead")
    return {f"price {name}": factors for name in names}
