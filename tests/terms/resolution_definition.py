from hypothesis import strategies as st
from tests.pieces import given, shares, small_shares, unit_prices

from scenarios.clauses.resolution_definition import ResolutionDefinition
from scenarios.deal import Deal
from scenarios.pricing.glide_path import GlidePath
from scenarios.pricing.hybrid import Hybrid
from scenarios.pricing.outcome import PerOutcome

VERIFIED = {"counted": "verified"}
EXAMPLES = [
    {**VERIFIED, "reopened_within": 2},
    {**VERIFIED, "reopened_within": 0, "duplicates": 0.01},
    {**VERIFIED, "reopened_within": 12, "assumed": 0.5},
    {**VERIFIED, "assumed": 0.0, "duplicates": 0.04},
    VERIFIED,
]
DRAWN = given(
    "resolution_definition",
    assumed=shares,
    reopened_within=st.none() | st.integers(0, 12),
    duplicates=small_shares,
)
NEUTRAL = [ResolutionDefinition()]
FEE_ONLY = True
CHARGED = PerOutcome(price=6)
"""Verified units at a price."""
KINDS = PerOutcome(by_kind={"automated": 2, "assisted": 5})
BEFORE = Deal(
    "Before",
    GlidePath(start=Hybrid(base=20_000, per_unit=1), end=KINDS, weights=(0.25, 0.75)),
    targets={"csat": 4.3, "answer_hours": 7.0},
)
"""Verified units at one price and at two, as each of two models bills them."""


def fitting(clause, charged):
    """In place of what the pricing model counts; where it prices no units, nothing is defined."""
    models = [getattr(charged, "start", charged), getattr(charged, "end", charged)]
    counts = {getattr(model, "counts", None) for model in models if unit_prices(model)}
    if len(counts) != 1 or clause == ResolutionDefinition():
        return ResolutionDefinition()
    return clause.replace(counted=counts.pop())


def plainly(clause, path):
    """Month by month: the units paid under the definition, as a factor on each model's units."""
    names = ("unit", "automated", "assisted")
    units = {name: path.billable(name) for name in names}
    factors = {f"billable {name}": [] for name in names}
    for month in range(path.months):
        claimed, confirmed = path["claimed"][month], path["confirmed"][month]
        paid = confirmed + clause.assumed * (claimed - confirmed) - clause.duplicates * claimed
        if clause.reopened_within is not None:
            for age in range(4):  # the random world has four ages of reopened units
                if age <= clause.reopened_within:
                    paid -= path[f"reopened.{age}"][month]
        hybrid = units["unit"][month]
        by_kind = units["automated"][month] + units["assisted"][month]
        factors["billable unit"].append(max(paid, 0) / hybrid)
        factors["billable automated"].append(max(paid, 0) / by_kind)
        factors["billable assisted"].append(max(paid, 0) / by_kind)
    return factors
