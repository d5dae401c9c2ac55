"""A small scenario whose every number is round: 100 hours a month at 20, costing 10."""

from typing import Any

from scenarios.scenario import Scenario

SMALL: dict[str, Any] = {
    "name": "Small",
    "currency": "USD",
    "price_basis": {"kind": "real", "base_month": "2026-01"},
    "start": "2026-01",
    "months": 12,
    "parties": {
        "buyer": {"name": "B", "discount_rate": 0.06},
        "provider": {"name": "P", "discount_rate": 0.1},
    },
    "demand": {"volume": {"unit": "ticket", "per_month": 100}},
    "delivery": {
        "hours_per_unit": 1,
        "roles": {"agent": {"people": 1, "hours": 100, "cost": 10}},
    },
    "deals": {"Hourly": {"pricing": {"hourly": {"rate": 20}}}},
}
"""What is written in its file."""


def small(**sections: Any) -> Scenario:
    """The small scenario with some sections changed."""
    return Scenario.model_validate(SMALL | sections)
