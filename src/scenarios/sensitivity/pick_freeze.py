"""Shares of a variance, by drawing one input again while the others stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from scenarios.engine.streams import generator
from scenarios.errors import ScenarioError
from scenarios.results.frames import Table
from scenarios.world import Array

RESAMPLES = 200
"""Samples of the paths from which standard errors are taken."""
STILL = 1e-12
"""An answer that moves by no more than this share of what it is made of does not move."""
Answer = Callable[[frozenset[str]], Array]
"""The answer on every path, (paths,), where the inputs named are drawn again."""


def pick_freeze(answer: Answer, inputs: Sequence[str], seed: int, *, made_of: float = 0.0) -> Table:
    """Each input's share of the answer's variance, with standard errors; the largest first.

    Columns (order, statistic): ``first order`` by itself, ``total order`` with all that it does
    together with others. ``made_of`` is the size of the amounts that the answer is the difference
    of, if it is one: it moves by their rounding. Where the first sample of the answer does not
    move, its standard deviation, ``sd`` in ``attrs``, and all shares are 0. Source: Saltelli and
    others (2010), as in ``scipy.stats.sobol_indices``; standard errors from the bootstrap over
    paths.
    """
    first, again = answer(frozenset()), answer(frozenset(inputs))
    each = np.stack([answer(frozenset({name})) for name in inputs])
    answers = np.stack([first, again, *each])
    still = np.ptp(first) <= STILL * max(made_of, np.abs(answers).max())
    if still:
        answers = np.zeros_like(answers)
    found = _indices(answers)
    draws, paths = generator(seed, "bootstrap"), len(first)
    resampled = np.stack(
        [_indices(answers[:, draws.integers(paths, size=paths)]) for _ in range(RESAMPLES)]
    )
    errors = resampled.std(axis=0, ddof=1)
    columns = {
        (order, statistic): row
        for number, order in enumerate(("first order", "total order"))
        for statistic, row in (("estimate", found[number]), ("standard error", errors[number]))
    }
    frame = pd.DataFrame(columns, index=pd.Index(list(inputs), name="input"))
    order = ("total order", "estimate")
    table = Table(frame.sort_values(order, ascending=False, kind="stable"))
    table.attrs["sd"] = 0.0 if still else float(first.std())
    return table


def _indices(answers: Array) -> Array:
    """First and total order of each input, (2, inputs), of the answers (2 + inputs, paths)."""
    from scipy.stats import sobol_indices  # noqa: PLC0415  scipy loads only where it is needed

    first, again, *each = answers
    given = {"f_A": first[None], "f_B": again[None], "f_AB": np.stack(each)[:, None]}
    found = sobol_indices(func=given, n=answers.shape[1])
    return np.stack([np.ravel(found.first_order), np.ravel(found.total_order)])


def refuse_no_power_of_two(what: str, number: int) -> None:
    """Raise ``ScenarioError`` for a number of samples that the estimator does not take."""
    if number < 2 or number & (number - 1):  # noqa: PLR2004  with one there is no variance
        raise ScenarioError(f"{what} must be a power of two, such as 4,096: given {number:,}")
