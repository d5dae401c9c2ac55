from hypothesis import strategies as st
from tests.pieces import given, price_names, shares, small_shares

from scenarios.clauses.resolution_definition import ResolutionDefinition, unit_names
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


def fitting(clause, charged):
    """In place of what the pricing model counts; where it prices no units, nothing is defined."""
    counts = getattr(charged, "counts", None)
    if counts not in ("claimed", "verified", "confirmed") or not unit_names(price_names(charged)):
        return ResolutionDefinition()
    return clause.replace(counted=counts) if clause != ResolutionDefinition() else clause


def plainly(clause, path):
    """Month by month: the units paid under the definition, as a factor on the units billed."""
    factors, billed = [], path.billable("unit")
    for month in range(path.months):
        claimed, confirmed = path["claimed"][month], path["confirmed"][month]
        paid = confirmed + clause.assumed * (claimed - confirmed) - clause.duplicates * claimed
        if clause.reopened_within is not None:
            for age in range(4):  # the random world has four ages of reopened units
                if age <= clause.reopened_within:
                    paid -= path[f"reopened.{age}"][month]
        factors.append(max(paid, 0) / billed[month])
    return {"billable unit": factors}
