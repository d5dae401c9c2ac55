"""People: hours paid, worked, handling and billed beside FTE, by role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from scenarios.deal import Deal
from scenarios.ledger import Ledger
from scenarios.pricing.glide_path import GlidePath
from scenarios.term import by_year
from scenarios.world import Array, World

if TYPE_CHECKING:
    from scenarios.results.run import Run

KINDS = {"paid": "paid hours", "handling": "handling hours", "subcontracted": "subcontracted hours"}
"""Kinds of hours that the scenario's workforce tells apart: series -> column."""
BILLED = "billed: "
"""What the column of the hours that a deal bills begins with."""


def people(run: Run) -> pd.DataFrame:
    """One row a role: contracted FTE, hours a month and FTE, on average and at the ends.

    ``hours a month`` are worked, ``FTE`` is these over a person's hours. ``paid hours`` hold leave
    and breaks of the provider's own people, ``handling hours`` go into units, ``subcontracted
    hours`` are worked by others: unknown (NaN) where the scenario declares no workforce. ``billed:
    DEAL`` are the hours that a deal charges for, 0 where it charges none. Averages are over months
    in which the team works and, of hours billed, the deal runs.
    """
    rows = {}
    for name, role in run.scenario.delivery.roles.items():
        hours, *kinds = _series(run, name)
        works = hours > 0
        average = _mean(hours, works)
        month = role.hours or float("nan")  # nobody's month has no hours
        rows[name] = {
            "contracted FTE": role.people,
            "hours a month": average,
            "FTE": average / month,
            "FTE first month": float(hours[0].mean()) / month,
            "FTE last month": float(hours[-1].mean()) / month,
            **dict.fromkeys(KINDS.values(), float("nan")),
        }
        rows[name] |= zip(KINDS.values(), (_mean(kind, works) for kind in kinds), strict=False)
        rows[name] |= {BILLED + deal.name: _billed(run, deal, name) for deal in run.deals}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(index="role")


def _series(run: Run, role: str) -> Array:
    """Hours worked and, where there is a workforce, the other kinds, (1 or 4, months, paths)."""
    known = run.scenario.delivery.workforce is not None
    names = [f"{family}.{role}" for family in ("hours", *(KINDS if known else ()))]

    def reduce(world: World, _: dict[str, Ledger]) -> Array:
        whole = (world.months, world.paths)
        return np.stack([np.broadcast_to(world[name], whole) for name in names])

    return run.collect(reduce, run.deals[:1])


def _billed(run: Run, deal: Deal, role: str) -> float:
    """Hours of a role that a deal bills a month, on average [hours]."""

    def reduce(world: World, ledgers: dict[str, Ledger]) -> Array:
        ledger = ledgers[deal.name]
        runs = world[f"hours.{role}"] > 0
        runs = runs if ledger.active is None else runs & ledger.active
        hours = _billable(deal, ledger, world, role)
        return np.stack([np.broadcast_to(x, (world.months, world.paths)) for x in (hours, runs)])

    hours, runs = run.collect(reduce, [deal])
    return _mean(hours, runs > 0)


def _billable(deal: Deal, ledger: Ledger, world: World, role: str) -> Any:
    """Hours of a role that a deal bills, (months, 1 or paths) or 0; a glide path's by the weights
    of its two models, before any clause revises them.
    """
    if not isinstance(deal.pricing, GlidePath):
        return ledger.billable.get(role, 0)
    weight: Any = by_year(deal.pricing.weights, world)
    start: Any = deal.pricing.start.billable(world).get(role, 0)
    end: Any = deal.pricing.end.billable(world).get(role, 0)
    return start * (1 - weight) + end * weight


def _mean(hours: Array, where: Array) -> float:
    return float(hours[where].mean()) if where.any() else 0.0
