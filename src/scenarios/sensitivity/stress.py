"""Stress tests: every named bad future side by side, and how bad it must get until a deal loses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from scenarios.engine.simulate import simulate
from scenarios.engine.streams import BLOCK
from scenarios.errors import ScenarioError, unknown
from scenarios.numbering import numbered
from scenarios.results.compare import HALF_A_CENT
from scenarios.results.frames import shown
from scenarios.scenario import Scenario
from scenarios.sensitivity.turning import Turning
from scenarios.stresses import STRESSES, Stress, chosen

AS_WRITTEN = "as written"
POINTS = 13
"""Severities that a reverse stress test looks at before it closes in on where the deal loses."""
CLOSE = 40
"""Halvings of the last stretch: more than a float can tell apart."""


def stress_test(
    scenario: Scenario,
    stresses: Iterable[str | Stress] | None = None,
    *,
    paths: int = BLOCK,
    seed: int = 1,
) -> pd.DataFrame:
    """What each stress does to each deal, on the same futures; means [money].

    One row a stress, the scenario as written first; columns are (measure, deal): the buyer's all-in
    cost, the provider's contribution, and both as they change from the scenario as written.
    ``stresses`` are all that there are, unless given; a second of one kind has a number. Those that
    this scenario has nothing to change for are left out. ``attrs``: ``told``, each stress in words;
    ``left out``, why a stress does not apply; ``currency``. Fewer ``paths`` than a block has save
    nothing: a block is always settled whole.
    """
    applied, left_out = _applied(scenario, stresses)
    base = _means(scenario, paths, seed)
    rows = {AS_WRITTEN: base} | {
        name: _means(stressed, paths, seed) for name, (_, stressed) in applied.items()
    }
    parts = {}
    for place, measure in enumerate(("buyer's all-in cost", "provider's contribution")):
        amounts = pd.DataFrame({name: row[place] for name, row in rows.items()}).T
        parts[measure] = amounts
        parts[f"{measure}, change"] = amounts - amounts.loc[AS_WRITTEN]
    table = pd.concat(parts, axis=1, names=["measure", "deal"]).rename_axis(index="stress")
    table.attrs |= {
        "told": {name: stress.told(scenario.currency) for name, (stress, _) in applied.items()},
        "left out": left_out,
        "currency": scenario.currency,
        "paths": paths,
    }
    return shown(table)


def _applied(
    scenario: Scenario, stresses: Iterable[str | Stress] | None
) -> tuple[dict[str, tuple[Stress, Scenario]], dict[str, str]]:
    """The stresses by name with the scenario that each makes, and why the others do not apply."""
    given = [chosen(stress, {}) for stress in (STRESSES if stresses is None else stresses)]
    applied, left_out = {}, {}
    for name, stress in zip(numbered(one.keyword() for one in given), given, strict=True):
        try:
            applied[name] = stress, scenario.stress(stress)
        except ScenarioError as error:
            left_out[name] = str(error)
    return applied, left_out


def _means(scenario: Scenario, paths: int, seed: int) -> tuple[dict[str, float], dict[str, float]]:
    """The mean of the buyer's all-in cost and of the provider's contribution, by deal [money]."""
    run = simulate(scenario, paths=paths, seed=seed)

    def mean(measure: str) -> dict[str, float]:
        return {deal: float(np.mean(run.total(deal, measure))) for deal in run.names}

    return mean("all_in"), mean("contribution")


def reverse_stress(
    scenario: Scenario,
    stress: str | Stress,
    *,
    deal: str,
    against: str,
    most: float | None = None,
    paths: int = BLOCK,
    seed: int = 1,
    **numbers: Any,
) -> Turning:
    """How bad a stress must get until ``deal`` costs the buyer more, all in and on average, than
    ``against``, on the same futures.

    Severities are looked at in equal steps from none to ``most``, the stress's own limit unless
    given, and then closed in on: a deal that loses and wins again between two steps is missed.
    A stress may turn a deal at any severity, as an insolvency does: then that is the answer.
    ``numbers`` are the stress's other numbers. Raises ``ScenarioError`` for an unknown name, for a
    number outside its bounds, and where the severity changes nothing in this scenario.
    """
    for name in (deal, against):
        if name not in scenario.deals:
            raise ScenarioError(unknown("deal", name, scenario.deals))
    kind = chosen(stress, numbers)
    worst = _worst(kind, most)
    _require_effect(scenario, kind, worst)
    return _turning(scenario, kind, worst, (deal, against), paths, seed)


def every_turning(
    scenario: Scenario, *, deal: str, against: str, paths: int = BLOCK, seed: int = 1
) -> tuple[list[Turning], dict[str, str]]:
    """How bad each stress that applies must get until ``deal`` loses, and why others do not
    apply. What fails while it is simulated raises, as it does anywhere else.
    """
    applied, left_out = _applied(scenario, None)
    found = []
    for name, (kind, _) in applied.items():
        try:
            _require_effect(scenario, kind, kind.most)
        except ScenarioError as error:
            left_out[name] = str(error)
            continue
        found.append(_turning(scenario, kind, kind.most, (deal, against), paths, seed))
    return found, left_out


def _worst(kind: Stress, most: float | None) -> float:
    """The worst severity to look at; raises ``ScenarioError`` for one that the stress has not."""
    if most is None:
        return kind.most
    try:
        chosen(kind, {kind.severity: most})
    except ScenarioError as error:
        raise ScenarioError(*(replace(one, key=("most",)) for one in error.problems)) from error
    if most == kind.neutral:
        raise ScenarioError(
            f"most: at {kind.severity} {most:g} nothing is stressed, and there is nothing to look "
            f"at up to there: its own limit is {kind.most:g}"
        )
    return most


def _under(scenario: Scenario, kind: Stress, severity: float) -> Scenario:
    return scenario.stress(kind, **{kind.severity: severity})


def _require_effect(scenario: Scenario, kind: Stress, worst: float) -> None:
    """Raises ``ScenarioError`` where it makes no difference how bad the stress is."""
    if _under(scenario, kind, kind.neutral) == _under(scenario, kind, worst):
        told = kind.keyword().replace("_", " ")
        raise ScenarioError(
            f"{kind.severity} changes nothing in this scenario, which says itself what {told} "
            f"would set by it: look at what it does in stress_test, or take that out"
        )


def _turning(
    scenario: Scenario, kind: Stress, worst: float, deals: tuple[str, str], paths: int, seed: int
) -> Turning:
    """How bad it must get until the first of the deals costs more than the second."""

    def ahead(world: Scenario) -> float:
        run = simulate(world, [world.deals[name] for name in deals], paths=paths, seed=seed)
        cost, other = (run.total(name, "all_in") for name in deals)
        return float(np.mean(other - cost))

    neutral, start = kind.neutral, ahead(scenario)
    turns, at_worst = None, None
    if start > HALF_A_CENT:
        ladder = [float(x) for x in np.linspace(neutral, worst, POINTS)]
        turns, at_worst = _turn(lambda bad: ahead(_under(scenario, kind, bad)), ladder)
    told = worst if turns is None else _rounded(turns, neutral, worst)
    return Turning(
        stress=kind.keyword(),
        deal=deals[0],
        against=deals[1],
        severity=kind.severity,
        turns=turns,
        looked_up_to=worst,
        advantage=start,
        at_worst=at_worst,
        always=turns == neutral,
        how_bad=chosen(kind, {kind.severity: told}).how_bad(scenario.currency),
    )


def _rounded(turns: float, neutral: float, worst: float) -> float:
    """The severity with its distance from none to two digits; never past the worst."""
    told = neutral + float(f"{turns - neutral:.2g}")
    return min(max(told, min(neutral, worst)), max(neutral, worst))


def _turn(
    advantage: Callable[[float], float], ladder: list[float]
) -> tuple[float | None, float | None]:
    """Where the advantage first is a loss; none on this ladder, and then the advantage at its end
    [money].
    """
    good = ladder[0]
    if advantage(good) < -HALF_A_CENT:
        return good, None
    for bad in ladder[1:]:
        ahead = advantage(bad)
        if ahead < -HALF_A_CENT:
            break
        good = bad
    else:
        return None, ahead
    for _ in range(CLOSE):
        middle = (good + bad) / 2
        if abs(bad - good) <= abs(ladder[-1] - ladder[0]) / 10_000:
            break
        good, bad = (good, middle) if advantage(middle) < -HALF_A_CENT else (middle, bad)
    return bad, None
