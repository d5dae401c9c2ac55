"""What replaces a provider that fails costs: a factor on what the work costs it."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import numpy as np

from scenarios.drivers import Delivery, Volume
from scenarios.stresses.base import central, demand
from scenarios.uncertain import NoDraws


def replacement(data: dict[str, Any], month: int, dearer: float) -> dict[str, float]:
    """``per_unit`` of a volume, or ``per_month`` of a backlog [money]: so many times what labour
    costs the provider in this month, uncertainty off, where people handle every unit.
    """
    delivery, draws = _delivery(data), NoDraws()
    hour = _number(delivery.hourly_cost(draws), month) * _index(data, delivery, month)
    crew = delivery.workforce
    if crew is not None:
        own, bought = crew.bought(np.ones((1, 1)), draws)
        hour *= float((own + bought)[0, 0])
    kind, written = demand(data)
    if kind == "backlog":
        present = delivery.staffing(draws, data["months"]).present
        return {"per_month": delivery.capacity * _number(present, month) * hour * dearer}
    return {"per_unit": _hours(delivery, written, data, month) * hour * dearer}


def _delivery(data: dict[str, Any]) -> Delivery:
    """The delivery without month-to-month dispersion."""
    written = deepcopy(data["delivery"])
    if written.get("effort"):
        written["effort"]["monthly_error"] = 0.0
    return Delivery.model_validate(written)


def _hours(delivery: Delivery, written: dict[str, Any], data: dict[str, Any], month: int) -> float:
    """Hours worked for a unit [hours]."""
    draws, months = NoDraws(), data["months"]
    hours = draws.value(delivery.hours_per_unit, "") / (1 + draws.value(delivery.throughput, ""))
    if delivery.effort is not None:
        volume = Volume.model_validate(written | {"volatility": 0.0})
        units = np.broadcast_to(volume.simulate(draws, months, int(data["start"][5:])), (months, 1))
        hours *= _number(delivery.effort.by_month(draws, units), month)
    if delivery.workforce is not None:
        hours /= draws.value(delivery.workforce.occupancy, "")
    return float(hours)


def _index(data: dict[str, Any], delivery: Delivery, month: int) -> float:
    """How far the provider's costs have risen by then [factor]."""
    if delivery.cost_index is None:
        return 1.0
    annual = central(data["indices"][delivery.cost_index]["annual"])
    return float((1 + annual) ** (month / 12))


def _number(value: Any, month: int) -> float:
    """The number of this month, of one that may stand for all of them."""
    found = np.ravel(value)
    return float(found[month] if len(found) > 1 else found[0])
