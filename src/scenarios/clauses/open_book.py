"""What open-book clauses share: the cost they read, the period they settle, three-point shares."""

from __future__ import annotations

from typing import Any, Literal

from scenarios.term import Array, add_up
from scenarios.world import World

Cost = Literal[
    "labour",
    "AI",
    "one-off",
    "materials",
    "change requests",
    "repair",
    "subcontractors",
    "staffing",
]
"""Parts of the provider's cost that its books show."""
Period = Literal["month", "contract year", "contract"]
"""What is settled at its close."""

_SERIES: dict[Cost, str] = {
    "labour": "cost.labour",
    "AI": "cost.ai",
    "one-off": "cost.one_off",
    "materials": "cost.materials",
    "change requests": "cost.changes",
    "repair": "cost.repair",
    "subcontractors": "cost.subcontract",
    "staffing": "cost.staffing",
}


def actual_cost(costs: tuple[Cost, ...], world: World) -> Array:
    """The provider's actual cost of the named parts, (months, paths) [money]."""
    cost: Array = add_up(world[_SERIES[name]] for name in costs)
    return cost


def months_of(period: Period, world: World) -> int:
    """Months of the period: 1, 12, or the agreed length of the contract [months]."""
    return {"month": 1, "contract year": 12, "contract": world.end}[period]


def buyer_shares(
    optimistic: tuple[Any, Any], target: tuple[Any, Any], pessimistic: tuple[Any, Any]
) -> tuple[Any, Any]:
    """The buyer's share of cost under and over target, from three points (cost, fee) [money].

    Formula: 1 - (fee_o - fee_t) / (cost_t - cost_o) and 1 - (fee_t - fee_p) / (cost_p - cost_t).
    Raises ``ValueError`` where the three costs do not rise.
    Source: structuring a cost-plus-incentive-fee contract, general knowledge of the field.
    """
    (low, most), (middle, fee), (high, least) = optimistic, target, pessimistic
    if not low < middle < high:
        raise ValueError(
            f"the costs are {low} (optimistic), {middle} (target) and {high} (pessimistic); "
            "each must be above the one before"
        )
    return 1 - (most - fee) / (middle - low), 1 - (fee - least) / (high - middle)
