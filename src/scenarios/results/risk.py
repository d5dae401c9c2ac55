"""Risk: how bad one party's result may get, and what it is worth to a party that shuns risk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from scenarios.errors import ScenarioError, unknown
from scenarios.results.frames import Table
from scenarios.results.precision import how_drawn
from scenarios.results.summary import ALL_IN, CONTRIBUTION
from scenarios.risk.amounts import Worse
from scenarios.risk.certainty import certainty_equivalent
from scenarios.risk.tail import tail_mean, value_at_risk

if TYPE_CHECKING:
    from scenarios.results.run import Run

PartyName = Literal["buyer", "provider"]
AMOUNTS: dict[str, tuple[str, str, Worse]] = {
    "buyer": (ALL_IN, "all_in", "high"),
    "provider": (CONTRIBUTION, "contribution", "low"),
}
"""What a party looks at, the run's total of it, and which amounts are bad."""


def risk(
    run: Run,
    party: PartyName = "buyer",
    *,
    share: float = 0.05,
    risk_tolerance: float | None = None,
) -> pd.DataFrame:
    """One row a deal: the buyer's all-in cost, or the provider's contribution, and its bad end.

    Columns: mean, sd, P10, P50 and P90; ``value at risk``, the amount at which the worst ``share``
    of the paths ends; ``worst mean``, the mean of those paths; and, where a ``risk_tolerance`` is
    given, ``certainty equivalent``, the sure amount that is worth as much to that party. All are
    amounts, not losses [money]: bad ones are high costs and low contributions. Undiscounted, over
    the scenario's months. Raises ``ScenarioError`` for no such party, share or tolerance.
    """
    if party not in AMOUNTS:
        raise ScenarioError(unknown("party", party, AMOUNTS))
    measure, total, worse = AMOUNTS[party]
    rows: dict[str, dict[str, float]] = {}
    for name in run.names:
        values = run.total(name, total)
        p10, p50, p90 = (float(x) for x in np.quantile(values, (0.1, 0.5, 0.9)))
        rows[name] = {
            "mean": float(values.mean()),
            "sd": float(values.std()),
            "P10": p10,
            "P50": p50,
            "P90": p90,
            "value at risk": value_at_risk(values, share, worse=worse),
            "worst mean": tail_mean(values, share, worse=worse),
        }
        if risk_tolerance is not None:
            sure = certainty_equivalent(values, risk_tolerance, worse=worse)
            rows[name]["certainty equivalent"] = sure
    table = Table(pd.DataFrame.from_dict(rows, orient="index").rename_axis(index="deal"))
    known = {"party": party, "amounts": measure, "share": share, "risk_tolerance": risk_tolerance}
    amounts = {"currency": run.scenario.currency, "paths": run.paths}
    table.attrs |= {**known, **amounts, **how_drawn(run)}
    return table
