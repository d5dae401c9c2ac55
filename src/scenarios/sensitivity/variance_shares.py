"""Which uncertain driver makes the answer uncertain: shares of the variance, on exact re-draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Literal, get_args

import numpy as np

from scenarios.engine.simulate import simulate
from scenarios.engine.streams import BlockDraws
from scenarios.engine.worlds import Worlds
from scenarios.errors import ScenarioError, unknown
from scenarios.results.frames import Table
from scenarios.results.run import Run
from scenarios.scenario import Scenario
from scenarios.sensitivity.pick_freeze import pick_freeze, refuse_no_power_of_two
from scenarios.world import Array

By = Literal["section", "number"]


def variance_shares(
    scenario: Scenario,
    a: str,
    b: str | None = None,
    *,
    of: str = "all_in",
    by: By = "section",
    paths: int = 4_096,
    seed: int = 1,
) -> Table:
    """What share of the variance of deal ``a`` less deal ``b`` each uncertain driver makes.

    ``of`` is a total of the run, the buyer's all-in cost unless given; without ``b`` it is that of
    ``a`` alone. A driver's random numbers are drawn again while all others stay, bit for bit. Rows
    are the scenario's sections that draw, or ``by`` "number" each stream of random numbers by
    its dotted name; KPIs that are correlated are then one row. Columns (order, statistic): ``first
    order``, the driver by itself, ``total order``, with all that it does together with others, each
    with its estimate and standard error; the largest total first. ``attrs`` has the standard
    deviation explained, ``sd`` [money]; where it is 0, so are all shares. A provider's declared
    response to its incentive stays as it is. ``paths`` are a power of two; each driver takes a
    simulation of its own. Raises ``ScenarioError`` for no such deal or total, and a scenario in
    which nothing is drawn. Source: as ``sobol_indices``.
    """
    refuse_no_power_of_two("paths", paths)
    if by not in get_args(By):
        raise ScenarioError(unknown("way to name the drivers", str(by), get_args(By)))
    for name in filter(None, (a, b)):
        if name not in scenario.deals:
            raise ScenarioError(unknown("deal", name, scenario.deals))
    deals = [scenario.deals[name] for name in dict.fromkeys(filter(None, (a, b)))]
    run = simulate(scenario, deals, paths=paths, seed=seed)
    worlds, driver_of = Worlds(scenario, seed), partial(_driver, scenario, by)
    drivers = sorted({driver_of(key) for key in _streams(scenario, seed)})
    if not drivers:
        raise ScenarioError(f"nothing is uncertain in {scenario.name!r}: there is nothing to share")

    def answer(redrawn: frozenset[str]) -> Array:
        other = run
        if redrawn:
            other = _redrawn(run, worlds, lambda key: driver_of(key) in redrawn)
        values = other.total(a, of)
        return values if b is None else values - other.total(b, of)

    made_of = float(np.abs(run.array).max())
    table = pick_freeze(answer, drivers, seed, made_of=made_of).rename_axis(index="driver")
    table.attrs |= {"a": a, "b": b, "of": of, "paths": paths, "currency": scenario.currency}
    return table


class _Redrawn(BlockDraws):
    """The draws of a block, those of some streams from streams of another name."""

    def __init__(self, seed: int, block: int, *, again: Callable[[str], bool]) -> None:
        super().__init__(seed, block)
        self._again = again

    def normals(self, key: str, rows: int, out: Array | None = None) -> Array:
        return super().normals(f"again.{key}" if self._again(key) else key, rows, out)


def _redrawn(run: Run, worlds: Worlds, again: Callable[[str], bool]) -> Run:
    """The run with some streams drawn again, and the provider's reactions as they were."""
    draws = partial(_Redrawn, again=again)
    rows = [
        run.price(worlds.under(deal).otherwise(draws=draws), (deal,), run.paths)
        for deal in run.deals
    ]
    return replace(run, array=np.concatenate(rows))


def _streams(scenario: Scenario, seed: int) -> set[str]:
    """The names of the streams of random numbers that the scenario's worlds ask for."""
    asked: set[str] = set()

    def note(key: str) -> bool:
        asked.add(key)
        return False

    Worlds(scenario, seed, draws=partial(_Redrawn, again=note))(0)
    return asked


def _driver(scenario: Scenario, by: str, key: str) -> str:
    if by == "section":
        return key.partition(".")[0]
    together = {f"kpis.{kpi}.noise" for pair in scenario.correlations for kpi in pair.between}
    return "kpis, correlated" if key in together else key
