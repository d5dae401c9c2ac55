"""KPI misses as clauses count them: how far, how many in a row, how many within a window."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from scenarios.declared import Declared
from scenarios.errors import ScenarioError, unknown
from scenarios.quantities import Factor, Level
from scenarios.term import Array
from scenarios.world import ON_TARGET, World, running_total


class FailureLevel(Declared):
    """For {kpi} worse than {worse_than}, {times} times."""

    kpi: str
    """The KPI."""
    worse_than: Level
    """Level beyond which a miss is of this severity [the KPI's unit]."""
    times: Factor
    """What a miss of this severity counts, as a multiple of a miss."""


def check_levels(levels: Sequence[FailureLevel]) -> None:
    """Raise ``ValueError`` unless each KPI's levels grow worse, and count more, one by one."""
    for kpi in {level.kpi for level in levels}:
        own = [level for level in levels if level.kpi == kpi]
        limits = [level.worse_than for level in own]
        times = [level.times for level in own]
        if limits not in (sorted(set(limits)), sorted(set(limits), reverse=True)):
            raise ValueError(f"levels of {kpi} are {limits}: write them from mild to severe")
        if times != sorted(times):
            raise ValueError(f"levels of {kpi} count {times}: a worse one must not count less")


def check_names(names: Collection[str], known: Collection[str], what: str) -> None:
    """Raise ``ScenarioError`` where a clause names a KPI that has no weight in it."""
    for name in names:
        if name not in known:
            raise ScenarioError(unknown(what, name, known))


def severity(
    world: World,
    missed: Array,
    kpi: str,
    levels: Sequence[FailureLevel],
    every: int,
    decimals: int | None,
    repeat: tuple[Any, ...] = (),
    rows: Any = slice(None),
) -> Array:
    """How often a miss counts: 0 on target, 1 missed, more at the KPI's worst level reached, times
    the factor of a first, second ... miss in a row.

    (months, paths) factors of all months or of some rows, or truth values where a miss is a miss.
    Raises ``ValueError`` where the levels run against the KPI's direction.
    """
    own = [level for level in levels if level.kpi == kpi]
    if not own and not repeat:
        return missed[rows]
    rise = bool(own) and own[-1].worse_than >= own[0].worse_than
    if len(own) > 1 and rise != (kpi in world.lower_is_better):
        better, must = ("less", "rise") if kpi in world.lower_is_better else ("more", "fall")
        raise ValueError(f"of {kpi} {better} is better, so its levels must {must} in the list")
    worst = missed.astype(np.int16)
    for level in own:
        worst += missed & ~world.meets(kpi, level.worse_than, every, decimals)
    times = (1, *(level.times for level in own))
    if not repeat:
        return np.array((0, *times)).take(worst[rows])
    # One look-up for both: level and run as the two digits of a number, 0 on target.
    place = np.maximum(worst - 1, 0) * len(repeat) + _run(missed, every, len(repeat))
    table = np.array((0, *(level * factor for level in times for factor in repeat)))
    return table.take(place[rows])


def in_a_row(happens: Array, times: int, every: int) -> Array:
    """True where something happens in so many periods in a row, (months, 1 or paths).

    The last of them is the period so far; earlier ones are read at their close.
    """
    row = happens
    for _ in range(times - 1):
        row = happens & _period_before(row, every)
    return row


def repeated(missed: Array, every: int, factors: tuple[Any, ...]) -> Array:
    """The factor of a first, second, third ... miss in a row, the last going on; 1 on target."""
    return np.array((1, *factors)).take(_run(missed, every, len(factors)))


def _run(missed: Array, every: int, most: int) -> Array:
    """How many misses in a row this is, so many at most; 0 on target."""
    row, count = missed, missed.astype(np.int16)
    for _ in range(most - 1):
        row = missed & _period_before(row, every)
        count += row
    return count


def _period_before(holds: Array, every: int) -> Array:
    """Each month what held when the period before it closed; False in the first period."""
    before = np.zeros_like(holds)
    closed = np.repeat(holds[every - 1 :: every], every, axis=0)
    before[every:] = closed[: len(before[every:])]
    return before


def last_months(amounts: Array, months: int) -> Array:
    """The sum of each month and the ones before, so many in all, (months, 1 or paths)."""
    total = running_total(amounts * 1)  # truth values are counted
    before = total * 0
    before[months:] = total[:-months]
    return total - before


def at_least(value: Any, limit: Any) -> Array:
    """Where a value reaches its limit; floats may be a rounding error below it."""
    return np.asarray(value >= limit - _room(value, limit))


def above(value: Any, limit: Any) -> Array:
    """Where a value is above its limit; floats a rounding error above it are still on it."""
    return np.asarray(value > limit + _room(value, limit))


def _room(value: Any, limit: Any) -> Any:
    exactly = object in (getattr(value, "dtype", None), getattr(limit, "dtype", None))
    return 0 if exactly else ON_TARGET * np.abs(limit)
