"""How bad it must get: up to where the cheapest deal stays so, stress by stress."""

from __future__ import annotations

import numpy as np

from scenarios.engine.simulate import simulate
from scenarios.engine.streams import BLOCK
from scenarios.reports.show import Part
from scenarios.reports.style import bullets, heading, money, paragraph, table
from scenarios.results.compare import HALF_A_CENT
from scenarios.results.precision import standard_error
from scenarios.results.run import Run
from scenarios.scenario import Scenario
from scenarios.sensitivity.stress import every_turning

PATHS = BLOCK
"""Futures looked at: each severity of each stress is simulated anew, and fewer save nothing."""
SURE = 3
"""Standard errors by which a deal must lead to be called the cheapest."""


def turning(run: Run) -> list[Part]:
    """Each named stress, and how bad it must get until the cheapest deal loses to the next.

    Nothing where there is no cheapest deal: one alone, or two that cost the same.
    """
    if len(run.deals) == 1:
        return []
    scenario = _with_its_deals(run)
    first, second, lead, error = _cheapest(run, scenario)
    if lead <= HALF_A_CENT:
        return []
    if lead <= SURE * error:
        return [heading("How bad it must get"), _too_close(run, first, second, lead, error)]
    rows, resting = _found(run, scenario, first, second)
    if not rows and not resting:
        return []
    note = (
        f"Each stress alone, made worse until {first} costs the buyer as much as {second}, all in "
        f"and on average over {PATHS:,} futures."
    )
    header = ["stress", f"{first}, the cheapest, stays cheaper than {second}, the next"]
    alone = f"{first}, the cheapest to the buyer, stays cheaper than {second}, the next, even where"
    return [
        heading("How bad it must get"),
        *([table(header, rows, note, words=(0, 1))] if rows else []),
        *([paragraph(f"{alone}:"), bullets(resting)] if resting else []),
    ]


def _with_its_deals(run: Run) -> Scenario:
    """The run's scenario with the deals that were priced in it, which may not be those written."""
    priced = {deal.name: deal for deal in run.deals}
    return run.scenario.replace(deals={**run.scenario.deals, **priced})


def _cheapest(run: Run, scenario: Scenario) -> tuple[str, str, float, float]:
    """The two deals that cost the buyer least, on the futures that are stressed; by how much the
    first does, and the standard error of that [money].
    """
    base = simulate(scenario, run.deals, paths=PATHS, seed=run.seed)
    cost = {name: base.total(name, "all_in") for name in base.names}
    first, second, *_ = sorted(cost, key=lambda name: float(np.mean(cost[name])))
    lead = cost[second] - cost[first]
    return first, second, float(np.mean(lead)), standard_error(base, lead)


def _too_close(run: Run, first: str, second: str, lead: float, error: float) -> Part:
    currency = run.scenario.currency
    return paragraph(
        f"{first} and {second} are too close to call on {PATHS:,} futures: what they cost the "
        f"buyer, all in and on average, differs by {money(lead)} {currency}, and the standard "
        f"error of that is {money(error)} {currency}. With no more than {SURE} standard errors "
        "between them neither is called the cheapest, and no stress is asked when it loses."
    )


def _found(
    run: Run, scenario: Scenario, first: str, second: str
) -> tuple[list[list[str]], list[str]]:
    """The stresses under which the cheapest deal loses, with when, and those that it outlasts; not
    those that cost both deals the same.
    """
    every, _ = every_turning(scenario, deal=first, against=second, paths=PATHS, seed=run.seed)
    rows = [[one.stress.replace("_", " "), one.holds] for one in every if one.turns is not None]
    resting = [f"{one.how_bad}." for one in every if one.turns is None and one.tells_apart]
    return rows, resting
