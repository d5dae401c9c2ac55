"""Two deals on the same paths: the difference, how sure it is, and what is fair to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from scenarios.results.precision import how_drawn, standard_error

if TYPE_CHECKING:
    from scenarios.results.run import Run

HALF_A_CENT = 0.005
"""What two deals may differ by and still cost the same: rounding in the last bits is no chance."""


def compare(run: Run, a: str, b: str) -> pd.DataFrame:
    """``a`` less ``b`` on the same paths, over the scenario's months [money].

    Rows: the buyer's all-in cost as quoted; the same at equal expected contribution of the
    provider, as if ``a`` paid a fixed sum more or less so that the provider expects the same; the
    provider's contribution; the joint surplus. Columns: mean, standard error of the mean (none
    where futures are Sobol points), P10, P90, and the chance that ``a`` is better for that party.
    """
    cost = run.total(a, "all_in") - run.total(b, "all_in")
    contribution = run.total(a, "contribution") - run.total(b, "contribution")
    value = run.total(a, "benefit") - run.total(b, "benefit")
    equal = cost - contribution.mean()
    rows = {
        "buyer's all-in cost, as quoted": (cost, -1, cost),
        # The mean contribution is itself estimated on these paths: cost less contribution, path by
        # path, has the same mean and the error of both.
        "buyer's all-in cost, at equal contribution": (equal, -1, cost - contribution),
        "provider's contribution": (contribution, 1, contribution),
        "joint surplus": (value - cost + contribution, 1, value - cost + contribution),
    }
    table = pd.DataFrame.from_dict(
        {
            name: {
                "mean": difference.mean(),
                "standard error": standard_error(run, estimated),
                "P10": np.quantile(difference, 0.1),
                "P90": np.quantile(difference, 0.9),
                "chance better": (difference * sign > HALF_A_CENT).mean(),
            }
            for name, (difference, sign, estimated) in rows.items()
        },
        orient="index",
    )
    known = {"a": a, "b": b, "paths": run.paths, "currency": run.scenario.currency}
    table.attrs |= {**known, **how_drawn(run)}
    return table.rename_axis(index=f"{a} less {b}")
