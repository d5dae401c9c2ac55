"""Stress tests: every named bad future side by side, and how bad it must get until a deal loses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from scenarios.engine.simulate import simulate
from scenarios.errors import ScenarioError, unknown
from scenarios.numbering import numbered
from scenarios.results.frames import shown
from scenarios.scenario import Scenario
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
    paths: int = 2_000,
    seed: int = 1,
) -> pd.DataFrame:
    """What each stress does to each deal, on the same futures; means [money].

    One row a stress, the scenario as written first; columns are (measure, deal): the buyer's all-in
    cost, the provider's contribution, and both as they change from the scenario as written.
    ``stresses`` are all that there are, unless given; a second of one kind has a number. Those that
    this scenario has nothing to change for are left out. ``attrs``: ``told``, each stress in words;
    ``left out``, why a stress does not apply; ``currency``.
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


@dataclass(frozen=True)
class Turning:
    """How bad a stress must get until a deal costs the buyer more than another."""

    stress: str
    deal: str
    against: str
    severity: str
    """The stress's number that was made worse."""
    turns: float | None
    """The least at which the deal loses; none where it never does."""
    looked_up_to: float
    """The worst that was looked at."""
    advantage: float
    """How much cheaper the deal is in the scenario as written [money]; below 0 it has lost."""
    always: bool
    """Whether the stress turns the deal at any severity."""

    how_bad: str
    """The severity at which it turns, or else the worst that was looked at, in words."""

    def __str__(self) -> str:
        name = self.stress.replace("_", " ")
        if self.advantage < 0:
            return f"{self.deal} costs more than {self.against} already, without {name}"
        if self.always:
            return f"{self.deal} costs more than {self.against} under {name}, however mild it is"
        return f"{self.deal} stays cheaper than {self.against} {self.holds}"

    @property
    def holds(self) -> str:
        """How long the deal stays cheaper, in words: ``until volume falls by 34 %``."""
        return f"{'even where' if self.turns is None else 'until'} {self.how_bad}"


def reverse_stress(
    scenario: Scenario,
    stress: str | Stress,
    *,
    deal: str,
    against: str,
    most: float | None = None,
    paths: int = 2_000,
    seed: int = 1,
    **numbers: Any,
) -> Turning:
    """How bad a stress must get until ``deal`` costs the buyer more, all in and on average, than
    ``against``, on the same futures.

    Severities are looked at in equal steps from none to ``most``, the stress's own limit unless
    given, and then closed in on: a deal that loses and wins again between two steps is missed.
    A stress may turn a deal at any severity, as an insolvency does: then that is the answer.
    ``numbers`` are the stress's other numbers. Raises ``ScenarioError`` for an unknown name, and
    where the severity changes nothing in this scenario.
    """
    for name in (deal, against):
        if name not in scenario.deals:
            raise ScenarioError(unknown("deal", name, scenario.deals))
    kind = chosen(stress, numbers)
    neutral, worst = kind.neutral, kind.most if most is None else most

    def under(severity: float) -> Scenario:
        return scenario.stress(kind.replace(**{kind.severity: severity}))

    def ahead(world: Scenario) -> float:
        pair = [world.deals[name] for name in (deal, against)]
        run = simulate(world, pair, paths=paths, seed=seed)
        return float(np.mean(run.total(against, "all_in") - run.total(deal, "all_in")))

    if under(neutral) == under(worst):
        told = kind.keyword().replace("_", " ")
        raise ScenarioError(
            f"{kind.severity} changes nothing in this scenario, which says itself what {told} "
            f"would set by it: look at what it does in stress_test, or take that out"
        )
    ladder = [float(x) for x in np.linspace(neutral, worst, POINTS)]
    start = ahead(scenario)
    turns = None if start < 0 else _turn(lambda severity: ahead(under(severity)), ladder)
    shown_at = neutral + float(f"{(worst if turns is None else turns) - neutral:.3g}")
    return Turning(
        stress=kind.keyword(),
        deal=deal,
        against=against,
        severity=kind.severity,
        turns=turns,
        looked_up_to=worst,
        advantage=start,
        always=turns == neutral,
        how_bad=kind.replace(**{kind.severity: shown_at}).how_bad(scenario.currency),
    )


def _turn(advantage: Any, ladder: list[float]) -> float | None:
    """Where the advantage first falls below nothing; none on this ladder."""
    good = ladder[0]
    if advantage(good) < 0:
        return good
    for bad in ladder[1:]:
        if advantage(bad) < 0:
            break
        good = bad
    else:
        return None
    for _ in range(CLOSE):
        middle = (good + bad) / 2
        if abs(bad - good) <= abs(ladder[-1] - ladder[0]) / 10_000:
            break
        good, bad = (good, middle) if advantage(middle) < 0 else (middle, bad)
    return bad
