"""A small world in which every clause has something to do."""

from __future__ import annotations

import numpy as np

from scenarios.world import Array, World

MONTHS, PATHS = 18, 7


def example_world(months: int = MONTHS, paths: int = PATHS) -> World:
    """Some months and paths of a support desk: two roles, two KPIs, an index, automation.

    All series but the contract's own constants vary by month and path, so that a clause that
    looks where it must not shows it. KPIs lie about ``csat`` 4.3 and ``answer_hours`` 7.0, the
    index ``wages`` rises by some 6 % a year; the last contract year is half a year.
    """
    draw = np.random.Generator(np.random.SFC64(20_260_101))

    def about(centre: float, spread: float) -> Array:
        return centre * (1 + spread * draw.uniform(-1, 1, (months, paths)))

    month = np.arange(months)[:, None]
    share = np.clip(0.04 * (month - 3), 0, 0.5) * about(1, 0.2)
    demand = about(10_000, 0.2)
    hours = demand * (1 - share) * 0.25
    claimed = demand * about(0.95, 0.02)
    series = {
        "demand": demand,
        "completed": demand * about(0.98, 0.02),
        "automation": share,
        "automated": demand * share,
        "claimed": claimed,
        "claimed.automated": claimed * share,
        "verified": claimed * about(0.96, 0.02),
        "waiting": demand * about(0.02, 0.9),
        "activity": about(0.9, 0.1),
        "hours": hours,
        "hours.agent": hours * 0.9,
        "hours.lead": hours * 0.1,
        "contracted.agent": np.full((months, 1), 2_250.0),
        "contracted.lead": np.full((months, 1), 250.0),
        "cost.labour": hours * about(15.4, 0.05),
        "cost.ai": 2_800 + demand * share * 0.99,
        "confirmed": claimed * about(0.5, 0.1),
        **{f"reopened.{age}": claimed * about(0.02 / (1 + age), 0.4) for age in range(4)},
        "audit.error": about(0.03, 0.9),
        "overtime.agent": hours * about(0.05, 0.9),
        "overtime.lead": hours * about(0.005, 0.9),
        "changes": about(60, 0.9),
        **{f"repair.{age}": hours * about(0.02 / (1 + age), 0.5) for age in range(6)},
        "leavers.agent": np.floor(about(1, 1)),
        "leavers.lead": np.floor(about(0.6, 1)),
        "insolvent": np.where(month >= np.resize([3, 9, 14, 40, 40, 40, 40], paths), 1.0, 0.0),
        "relationship": np.where(month >= np.resize([2, 7, 11, 16, 40, 40, 40], paths), 1.0, 0.0),
        "loss": np.floor(about(0.55, 1)) * about(90_000, 0.5),
        "loss.breach": np.floor(about(0.55, 1)) * about(90_000, 0.5),
        "market.unit": about(5, 0.2) * 0.99**month,
        "market.agent": about(10, 0.2) * 0.99**month,
        "cost.hour": about(15, 0.1),
        "cost.materials": about(2_000, 0.5),
        "cost.changes": about(900, 0.9),
        "cost.repair": about(500, 0.9),
        "index.fx": about(1, 0.15),
        "index.cpi": 1.03 ** (month / 12) * about(1, 0.02),
        "cost.one_off": np.where(month == 3, about(60_000, 0.1), 0),  # noqa: PLR2004  go-live
        "value": claimed * about(7, 0.1),
        "consequence": demand * about(0.3, 0.5),
        "management": about(1.05, 0.2),
        "kpi.csat": about(4.3, 0.04),
        "reported.csat": about(4.32, 0.04),
        "kpi.answer_hours": about(7, 0.3),
        "reported.answer_hours": about(6.9, 0.3),
        "index.wages": 1.06 ** (month / 12) * about(1, 0.01),
        "replacement.cost": demand * about(6, 0.1),
        "replacement.value": claimed * about(7, 0.1),
        "coordination.cost": about(6_000, 0.4),
        "cost.subcontract": hours * about(4, 0.2),
        "cost.staffing": about(3_000, 0.9),
    }
    return World(
        series=series,
        paths=paths,
        end=months,
        lower_is_better=frozenset({"answer_hours"}),
        month_hours={"agent": 125.0, "lead": 125.0},
    )
