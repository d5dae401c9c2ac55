import numpy as np
from hypothesis import strategies as st
from tests.pieces import annual, shares

from scenarios.clauses.provider_insolvency import ProviderInsolvency

EXAMPLES = [
    {"bond": 0.1, "premium": 0.02},
    {"bond": 0.1, "premium": 0.02, "borne_by": "buyer", "guarantee": 300_000.0},
    {"bond": 0.02, "premium": 0.01, "guarantee": 20_000.0},
    {"bond": 0.1, "bond_of": "contract value", "premium": 0.01},
]
DRAWN = st.builds(
    ProviderInsolvency,
    bond=st.floats(0.01, 1),
    bond_of=st.sampled_from(["annual fee", "contract value"]),
    premium=shares,
    borne_by=st.sampled_from(["provider", "buyer"]),
    guarantee=st.just(0) | annual,
)


def world(world):
    """The insolvent provider's contract has ended; every fourth has ended before."""
    insolvent = world["insolvent"] > 0
    first = np.where(insolvent.any(axis=0), insolvent.argmax(axis=0), 99)
    return world.stopped(np.where(np.arange(world.paths) % 4 == 0, first - 3, first))


def plainly(term, path):
    """Month by month: the premium; in the month of failure the bond; then the guarantor."""
    insolvent, fee, replacement = path["insolvent"], path.fee, path["replacement.cost"]
    stop = [int(flag > 0 and month < path.end - 1) for month, flag in enumerate(insolvent)]
    last = path.final
    failed = path.last < path.end - 1 and insolvent[last] > 0
    fees = 12 if term.bond_of == "annual fee" else path.end
    premiums, buyer = [], []
    loss = guaranteed = 0
    for month in range(path.months):
        average = max(sum(fee[: month + 1]) / (month + 1), 0)
        premiums.append(average * fees * term.bond * term.premium / 12 if month <= last else 0)
        paid = 0
        if failed and month == last:
            at_the_end = average
            loss = -fees * average * term.bond
            paid = fees * average * term.bond
        if failed and last < month < path.end:
            loss += max(replacement[month] - at_the_end, 0)
            paid = min(max(loss, 0), term.guarantee) - guaranteed
            guaranteed += paid
        buyer.append(-paid)
    if term.borne_by == "provider":
        return {"buyer cost": buyer, "provider cost": premiums, "end": stop}
    both = [one + other for one, other in zip(buyer, premiums, strict=True)]
    return {"buyer cost": both, "end": stop}
