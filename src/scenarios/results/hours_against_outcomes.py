"""Hours against outcomes: six questions that tell buying time from buying a result, as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from scenarios.drivers import Backlog
from scenarios.ledger import BOOKS
from scenarios.results.counterfactual import TENTH, Otherwise, otherwise
from scenarios.results.frames import Table
from scenarios.results.paired import HALF_A_CENT, paired_sums

if TYPE_CHECKING:
    from scenarios.results.run import Run

PATHS = 5_000
"""Most paths looked at: every number is a paired difference, which few paths tell well."""
ROWS = {
    "what you buy": "Of the fee, the part that moves with hours and the part that moves with "
    "results; the rest comes either way.",
    "execution risk": "Every unit takes 10 % more hours: of what that costs both parties together, "
    "the part that falls on the buyer. Above 100 % the provider earns on it.",
    "progress visibility": "Of the fee, the part that is not paid unless something was verified or "
    "a KPI met; and the months in which such proof decides any of the fee.",
    "quality control": "KPIs a standard deviation worse in every month, as far as the provider "
    "decides them: what of the fee is lost, and how much of the buyer's loss that makes good.",
    "end state": "Of the units asked for, those verified when the contract ends; and what is still "
    "to be paid then.",
    "management load": "What each party's own staff costs in a month in which there is work.",
}
"""The rows of the table, each with what its numbers say."""


def hours_against_outcomes(run: Run) -> pd.DataFrame:
    """Six rows that tell buying hours from buying outcomes, one column a deal, in this scenario.

    The index is (row, measure, unit), two measures a row at most; ``attrs["rows"]`` says in words
    what each row means. A share is expected money over expected money, measured by what the same
    futures pay where one thing is otherwise; the kind of pricing is never asked. A measure that
    means nothing for any deal is left out. The rows are those of a published table (Lightheart,
    "Hours vs outcomes: what actually changes"); their measures are this package's own.
    """
    sums = {deal.name: pd.Series(dtype=float) for deal in run.deals}
    for block in run.blocks(paths=PATHS):
        known: dict[int, Otherwise] = {}
        for deal in run.deals:
            world = block.worlds[deal.name]
            if id(world) not in known:
                known[id(world)] = otherwise(run.worlds.under(deal), block.number, world)
            ledger, futures = block.ledgers[deal.name], known[id(world)]
            added = pd.Series(paired_sums(deal, ledger, futures, block.paths))
            sums[deal.name] = sums[deal.name].add(added, fill_value=0)
    columns = {name: _measures(run, one) for name, one in sums.items()}
    names = list(columns[run.names[0]])
    index = pd.MultiIndex.from_tuples(names, names=["row", "measure", "unit"])
    numbers = {name: list(cells.values()) for name, cells in columns.items()}
    table = Table(numbers, index=index).rename_axis(columns="deal").dropna(how="all")
    said = ROWS | {
        "execution risk": ROWS["execution risk"] + _late(run),
        "end state": ROWS["end state"] + _after_the_close(run),
    }
    table.attrs |= {
        "currency": run.scenario.currency,
        "paths": min(run.paths, PATHS),
        "rows": said,
    }
    return table


def _measures(run: Run, one: pd.Series) -> dict[tuple[str, str, str], float]:
    """The numbers of one deal by row, measure and unit; NaN where one means nothing."""
    money = run.scenario.currency
    fee = one["fee written"]
    hours, results = _what_is_bought(one)
    late = one["overrun activity"] - one["activity"]
    backlog = isinstance(run.scenario.demand, Backlog)
    asked = one["demand" if backlog else "demand while it runs"]
    lost = one["written fee"] - one["worse fee"]
    return {
        ("what you buy", "moves with hours", "share"): hours,
        ("what you buy", "moves with results", "share"): results,
        ("execution risk", "buyer bears of an overrun", "share"): _borne(one),
        ("execution risk", "an overrun's delay", "months"): (
            late / one["paths"] if backlog else float("nan")
        ),
        ("progress visibility", "paid on proof alone", "share"): _share(
            fee - one["fee unproven"], fee
        ),
        ("progress visibility", "months with such proof", "share"): _ratio(
            one["months with proof"], one["months with work"]
        ),
        ("quality control", "of the fee, lost by worse KPIs", "share"): _ratio(
            lost, one["written fee"]
        ),
        ("quality control", "of the buyer's loss, made good", "share"): _made_good(one, lost),
        ("end state", "verified of what was asked", "share"): _ratio(one["verified"], asked),
        ("end state", "still to be paid", money): one["later"] / one["paths"],
        ("management load", "buyer's staff", f"{money} a month"): _ratio(
            one["buyer staff"], one["months"]
        ),
        ("management load", "provider's staff", f"{money} a month"): _ratio(
            one["provider staff"], one["months"]
        ),
    }


def _what_is_bought(one: pd.Series) -> tuple[float, float]:
    """The parts of the fee that move with hours and with results [share].

    Results are what KPIs decide, all of it, and what a tenth fewer units and less value take off
    the rest, times ten; hours likewise. The parts never sum to more than the whole.
    """
    fee, missed = one["fee written"], one["fee missed"]
    by_kpis = max(fee - missed, 0)
    by_units = max(missed - one["fee fewer_results"], 0) / TENTH
    by_hours = max(one["fee more_hours"] - missed, 0) / TENTH
    whole = max(fee, by_kpis + by_units + by_hours)
    return _ratio(by_hours, whole), _ratio(by_kpis + by_units, whole)


def _borne(one: pd.Series) -> float:
    """What the buyer bears of what an overrun costs both parties together [share]."""
    change = {book: one[f"overrun {book}"] - one[f"written {book}"] for book in BOOKS}
    own = change["buyer_cost"] - change["benefit"]
    together = own + change["provider_cost"]
    return _ratio(own + change["fee"], together if together > HALF_A_CENT else 0)


def _made_good(one: pd.Series, lost: float) -> float:
    """What the fee lost makes good of what worse KPIs cost the buyer [share]."""
    own = one["worse buyer_cost"] - one["written buyer_cost"]
    loss = own - one["worse benefit"] + one["written benefit"]
    return _ratio(lost, loss if loss > HALF_A_CENT else 0)


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")


def _share(part: float, whole: float) -> float:
    """A part that is neither negative nor more than the whole [share]."""
    return float(np.clip(_ratio(part, whole), 0, 1))


def _late(run: Run) -> str:
    """Who bears that a backlog is late, in the words of the scenario's value."""
    if not isinstance(run.scenario.demand, Backlog):
        return ""
    if run.scenario.value.waiting_unit == 0:
        return (
            " What the buyer loses by a unit that is late is in no part: value.waiting_unit is 0."
        )
    return (
        " What the buyer loses by a unit that is late is in its part, also where the fee is paid "
        "by outcome."
    )


def _after_the_close(run: Run) -> str:
    """What follows the close, where the stages say it."""
    stages = run.scenario.stages
    if stages is None or stages.close is None:
        return ""
    after = f"a run phase from {stages.run}" if stages.run else "a handover"
    return f" The engagement closes in {stages.close}, with {after}."
