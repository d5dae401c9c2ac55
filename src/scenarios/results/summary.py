"""The summary: the numbers that matter, one row a deal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from scenarios.ledger import Ledger
from scenarios.results.attainment import attainment
from scenarios.results.budget import approved_by_year
from scenarios.results.frames import Cells, by_measure
from scenarios.results.people import people
from scenarios.results.precision import how_drawn, standard_error
from scenarios.world import Array, World

if TYPE_CHECKING:
    from scenarios.results.run import Run

ALL_IN = "buyer's all-in cost"
CONTRIBUTION = "provider's contribution"
CHANCE = "chance of"


def summary(run: Run, *, detail: bool = False) -> pd.DataFrame:
    """One row a deal: both parties' results at P10, P50 and P90, and two chances.

    Columns are (measure, statistic). Amounts are totals over the scenario's months, undiscounted;
    a provider loss is a contribution below 0; over budget is an all-in cost above all fiscal years'
    approved money. ``detail`` adds means with their standard error (none where futures are Sobol
    points), present values, KPI attainment, hours and FTE.
    """
    rows = {name: _row(run, name) for name in run.names}
    if detail:
        more = _detail(run)
        rows = {name: row | more[name] for name, row in rows.items()}
    table = by_measure(rows, run.scenario.currency)
    table.attrs |= {"paths": run.paths, **how_drawn(run)}
    return table


def _row(run: Run, name: str) -> Cells:
    all_in, contribution = run.total(name, "all_in"), run.total(name, "contribution")
    row: Cells = {}
    for measure, values in ((ALL_IN, all_in), (CONTRIBUTION, contribution)):
        for label, q in zip(
            ("P10", "P50", "P90"), np.quantile(values, (0.1, 0.5, 0.9)), strict=True
        ):
            row[measure, label] = float(q)
    row[CHANCE, "a provider loss"] = float((contribution < 0).mean())
    approved = approved_by_year(run.scenario)
    over = np.nan if approved is None else float((all_in > sum(approved.values())).mean())
    row[CHANCE, "going over budget"] = over
    if run.deal(name).may_stop:
        row[CHANCE, "ending early"] = _ending_early(run, name)
    return row


def _ending_early(run: Run, name: str) -> float:
    """The chance that a clause ends the contract before its last month."""

    def reduce(world: World, ledgers: dict[str, Ledger]) -> Array:
        active = ledgers[name].active
        end = min(run.deal(name).months or world.end, world.end)
        ran = np.ones((1, 1)) if active is None else active[end - 1 : end]
        return np.broadcast_to(~ran.astype(bool)[0], world.paths)

    return float(run.collect(reduce, [run.deal(name)]).mean())


def _detail(run: Run) -> dict[str, Cells]:
    rows: dict[str, Cells] = {}
    met = attainment(run)
    staff = people(run)
    for name in run.names:
        row: Cells = {}
        for measure, key in ((ALL_IN, "all_in"), (CONTRIBUTION, "contribution")):
            values = run.total(name, key)
            row[measure, "mean"] = float(values.mean())
            row[measure, "standard error"] = standard_error(run, values)
        row["present value", "buyer's all-in cost"] = float(run.total(name, "buyer_pv").mean())
        row["present value", "provider's contribution"] = float(
            run.total(name, "provider_pv").mean()
        )
        for kpi in run.deal(name).targets:
            row["months on target", kpi] = float(met["months on target"][name, kpi])
        row["a month", "hours worked"] = float(staff["hours a month"].sum())
        row["a month", "FTE"] = float(staff["FTE"].sum())
        rows[name] = row
    return rows
