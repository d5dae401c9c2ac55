"""The waterfall: what each line of a deal moves, in contract order and if removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from scenarios.ledger import BOOKS, Ledger
from scenarios.world import Array, World

if TYPE_CHECKING:
    from scenarios.results.run import Run

REMOVED_PATHS = 4096
"""Paths on which "if removed" is computed: it costs a settlement a term."""


def waterfall(run: Run, deal: str, *, if_removed: bool = False) -> pd.DataFrame:
    """One row a line in contract order, then the total; mean over paths, sum over months [money].

    Columns: ``fee``, ``buyer_cost``, ``provider_cost``, ``benefit``, ``cash``; ``buyer`` is what
    the line adds to the buyer's all-in cost and ``provider`` to the provider's contribution;
    ``bites`` is the share of path-months in which it moves anything, ``paths`` of paths. With
    ``if_removed``, what the buyer's all-in cost falls by when the clause is struck out: the line
    in contract order depends on what stands before it, this does not.
    """
    lines = [line.name for line in _first(run, deal)]
    sums = run.collect(lambda _, ledgers: _sums(ledgers[deal], lines), [run.deal(deal)])
    means = sums.mean(axis=-1)
    table = pd.DataFrame(means[:, : len(BOOKS)], index=lines, columns=list(BOOKS))
    table.loc["total"] = table.sum()
    table["buyer"] = table["fee"] + table["buyer_cost"]
    table["provider"] = table["fee"] - table["provider_cost"]
    moves = sums[:, len(BOOKS)]
    table["bites"] = [*moves.mean(axis=-1), np.nan]
    table["paths"] = [*(moves > 0).mean(axis=-1), np.nan]
    table.attrs |= {"deal": deal, "paths": sums.shape[-1], "currency": run.scenario.currency}
    if if_removed:
        table["if removed"] = pd.Series(_if_removed(run, deal))
        table.attrs["paths if removed"] = min(run.paths, REMOVED_PATHS)
    return table.rename_axis(index="line")


def _first(run: Run, deal: str) -> Ledger:
    """The deal's ledger on the first block: a later block may stop and add a line."""
    found: list[Ledger] = []
    run.collect(lambda world, ledgers: _keep(found, ledgers[deal], world), [run.deal(deal)])
    return max(found, key=lambda ledger: len(ledger.names))


def _keep(found: list[Ledger], ledger: Ledger, world: World) -> Array:
    found.append(ledger)
    return np.empty(world.paths)


def _sums(ledger: Ledger, lines: list[str]) -> Array:
    """By line and path: each book summed over the months, and the share of months it moves."""
    out = np.zeros((len(lines), len(BOOKS) + 1, ledger.paths))
    for line in ledger:
        place = lines.index(line.name)
        moved = np.zeros((ledger.months, 1), dtype=bool)
        for column, book in enumerate(BOOKS):
            if book in line.amounts:
                out[place, column] = line.amounts[book].sum(axis=0)
                moved = moved | (line.amounts[book] != 0)
        out[place, -1] = moved.mean(axis=0)
    return out


def _if_removed(run: Run, name: str) -> dict[str, float]:
    """For each clause's line: the buyer's all-in cost with it less the cost without it."""
    deal = run.deal(name)
    paths = min(run.paths, REMOVED_PATHS)

    def cost(array: Array) -> float:
        return float((array[0, 0, :paths] + array[0, 1, :paths]).mean())

    whole = cost(run.price(run.worlds, (deal,), paths))
    removed: dict[str, float] = {}
    count: dict[str, int] = {}
    for place, clause in enumerate(deal.clauses):
        label = clause.label()
        count[label] = count.get(label, 0) + 1
        line = label if count[label] == 1 else f"{label} {count[label]}"
        removed[line] = whole - cost(run.price(run.worlds, (deal.without(place),), paths))
    return removed
