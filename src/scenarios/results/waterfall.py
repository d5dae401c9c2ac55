"""The waterfall: what each line of a deal moves, in contract order and if removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from scenarios.ledger import BOOKS, Line
from scenarios.numbering import numbered
from scenarios.world import Array

if TYPE_CHECKING:
    from scenarios.results.run import Run

REMOVED_PATHS = 5000
"""Paths on which "if removed" is computed: it costs a settlement a term."""


def waterfall(run: Run, deal: str, *, if_removed: bool = False) -> pd.DataFrame:
    """One row a line in contract order, then the total; mean over paths, sum over months [money].

    Columns: ``fee``, ``buyer_cost``, ``provider_cost``, ``benefit``, ``cash``; ``buyer`` is what
    the line adds to the buyer's all-in cost and ``provider`` to the provider's contribution;
    ``bites`` is the share of path-months in which it moves anything, ``paths`` of paths. With
    ``if_removed``, what the buyer's all-in cost falls by when the clause is struck out: the line
    in contract order depends on what stands before it, this does not.
    """
    lines = _lines(run, deal)
    table = pd.DataFrame.from_dict(
        {name: sums[:-2] for name, sums in lines.items()}, orient="index", columns=list(BOOKS)
    )
    table.loc["total"] = table.sum()
    table["buyer"] = table["fee"] + table["buyer_cost"]
    table["provider"] = table["fee"] - table["provider_cost"]
    table["bites"] = [*(sums[-2] for sums in lines.values()), np.nan]
    table["paths"] = [*(sums[-1] for sums in lines.values()), np.nan]
    table.attrs |= {"deal": deal, "paths": run.paths, "currency": run.scenario.currency}
    if if_removed:
        table["if removed"] = pd.Series(_if_removed(run, deal))
        table.attrs["paths if removed"] = min(run.paths, REMOVED_PATHS)
    return table.rename_axis(index="line")


def _lines(run: Run, name: str) -> dict[str, Array]:
    """Each line's books, how often it bites, and on how many paths, averaged over all paths."""
    lines: dict[str, Array] = {}
    for block in run.blocks([run.deal(name)]):
        for line in block.ledgers[name]:
            sums = _sums(line, block.paths)
            lines[line.name] = lines.get(line.name, np.zeros(len(sums))) + sums / run.paths
    return lines


def _sums(line: Line, paths: int) -> Array:
    """A line's books, share of months in which it moves, and whether it does, over these paths."""
    out = np.zeros((len(BOOKS) + 2, paths))
    moved = np.zeros((1, paths), dtype=bool)
    for place, book in enumerate(BOOKS):
        if book in line.amounts:
            amounts = line.amounts[book][:, :paths]
            out[place] = amounts.sum(axis=0)
            moved = moved | (amounts != 0)
    out[-2], out[-1] = moved.mean(axis=0), moved.any(axis=0)
    return np.asarray(out.sum(axis=1))


def _if_removed(run: Run, name: str) -> dict[str, float]:
    """For each clause's line: the buyer's all-in cost with it less the cost without it."""
    deal = run.deal(name)
    paths = min(run.paths, REMOVED_PATHS)

    def cost(array: Array) -> float:
        return float((array[0, 0, :paths] + array[0, 1, :paths]).mean())

    whole = cost(run.price(run.worlds, (deal,), paths))
    removed: dict[str, float] = {}
    for place, line in enumerate(numbered(clause.label() for clause in deal.clauses)):
        removed[line] = whole - cost(run.price(run.worlds, (deal.without(place),), paths))
    return removed
