"""The fit check: does this work suit an outcome deal at all?"""

from __future__ import annotations

import html
import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Literal

import pandas as pd

from scenarios.engine.worlds import Worlds
from scenarios.scenario import Scenario

BASELINE = 12
"""Months of history that show a year's seasons."""
CONTROL = 0.7
"""Share of the outcome that the provider should decide: assumption."""
LUCK = 0.02
"""Largest standard error of a month's rate at which luck does not decide: assumption."""


@dataclass(frozen=True)
class Answer:
    """One question of the fit check and its answer."""

    topic: str
    """The question in a word."""
    question: str
    """What is asked."""
    answer: Literal["yes", "no", "unknown"]
    """Yes speaks for an outcome deal."""
    reason: str
    """Why."""
    change: str
    """What would change the answer; empty where it is yes."""


@dataclass(frozen=True)
class Fit:
    """Whether work suits an outcome deal: the answers, and what they come to."""

    name: str
    """The scenario's name."""
    answers: tuple[Answer, ...]
    """One a question."""

    @property
    def verdict(self) -> str:
        """What the answers come to, in one sentence; automation alone speaks against nothing."""
        against = [a.topic for a in self.answers if a.answer == "no" and a.topic != "automation"]
        unknown = [a.topic for a in self.answers if a.answer == "unknown"]
        if against:
            speak = "speaks" if len(against) == 1 else "speak"
            more = f"; not known yet: {_listed(unknown)}" if unknown else ""
            return (
                f"An outcome deal does not suit this work as it stands: {_listed(against)} {speak} "
                f"against it{more}."
            )
        if unknown:
            return (
                "Whether an outcome deal suits this work is not known yet: find out about "
                f"{_listed(unknown)}."
            )
        if any(a.answer == "no" for a in self.answers):
            return "This work suits an outcome deal, though there is little in it to automate."
        return "This work suits an outcome deal."

    def table(self) -> pd.DataFrame:
        """One row a question: the answer, its reason, and what would change it."""
        rows = [
            {"answer": a.answer, "reason": a.reason, "what would change it": a.change}
            for a in self.answers
        ]
        return pd.DataFrame(rows, index=pd.Index([a.question for a in self.answers], name=""))

    def __str__(self) -> str:
        return "\n".join(
            [self.verdict, *(f"{a.answer}: {a.question} {a.reason}" for a in self.answers)]
        )

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return f"<p>{html.escape(self.verdict)}</p>{self.table().to_html()}"


def fit(scenario: Scenario) -> Fit:
    """Whether this work suits an outcome deal: can the outcome be measured, is its baseline known,
    does the provider decide it, are there units enough, whose data is it, can it be automated?

    The facts stand in the scenario's ``outcomes``; a question without one is answered "unknown".
    """
    return Fit(scenario.name, tuple(question(scenario) for question in QUESTIONS))


def _definition(scenario: Scenario) -> Answer:
    facts = scenario.outcomes
    missing = [
        name
        for name, text in (("definition", facts.definition), ("source", facts.source))
        if not text
    ]
    question = "Is it said what counts as an outcome, and where it is read?"
    if not missing:
        reason = f"{facts.definition.rstrip('.')}; read from {facts.source.rstrip('.')}."
        return Answer("definition", question, "yes", reason, "")
    change = f"Write {' and '.join(f'outcomes.{name}' for name in missing)}."
    return Answer("definition", question, "unknown", "The scenario does not say it.", change)


def _measurement(scenario: Scenario) -> Answer:
    question = "Does someone other than the provider measure or audit it?"
    who = scenario.outcomes.measured_by
    if who is None:
        change = "Agree who counts: outcomes.measured_by."
        return Answer("measurement", question, "unknown", "Nobody says who counts.", change)
    if who == "provider" and _audited(scenario):
        reason = "The provider counts, and the deals let the buyer audit it."
        return Answer("measurement", question, "yes", reason, "")
    if who == "provider":
        reason = "The provider counts what it would be paid for, and not every deal has it audited."
        change = "Let the buyer or an independent party count, or audit (definitions.outcome)."
        return Answer("measurement", question, "no", reason, change)
    counts = "An independent party counts." if who == "independent" else "The buyer counts."
    return Answer("measurement", question, "yes", counts, "")


def _audited(scenario: Scenario) -> bool:
    """True where the deals that say what an outcome is all have it audited."""
    said = [deal.definitions.get("outcome") for deal in scenario.deals.values()]
    audits = [outcome.audited for outcome in said if outcome is not None]
    return bool(audits) and all(audits)


def _baseline(scenario: Scenario) -> Answer:
    question = "Is the baseline known?"
    months = scenario.outcomes.baseline_months
    if months is None:
        change = f"Count the outcomes of the last {BASELINE} months: outcomes.baseline_months."
        return Answer("baseline", question, "unknown", "No history is stated.", change)
    reason = f"{months} months of history; {BASELINE} show a year's seasons."
    if months < BASELINE:
        change = f"Measure for {BASELINE - months} more months, or set the baseline provisionally."
        return Answer("baseline", question, "no", reason, change)
    return Answer("baseline", question, "yes", reason, "")


def _control(scenario: Scenario) -> Answer:
    question = "Does the provider decide the outcome?"
    share = scenario.outcomes.controllable
    if share is None:
        change = "Ask what else the outcome depends on: outcomes.controllable."
        return Answer("control", question, "unknown", "No share is stated.", change)
    reason = f"Its work decides {share:.0%} of it; {CONTROL:.0%} are taken as enough."
    if share < CONTROL:
        change = "Narrow the outcome, or take out what others decide (dependencies, exclusions)."
        return Answer("control", question, "no", reason, change)
    return Answer("control", question, "yes", reason, "")


def _volume(scenario: Scenario) -> Answer:
    question = "Are there units enough that luck does not decide?"
    world = Worlds(scenario, seed=0).certain()
    demand = world["demand"]
    units = float(demand.sum() / max((demand > 0).sum(), 1))
    done = float(world["completed"].sum())
    rate = float(world["verified"].sum()) / done if done else 0.0
    error = standard_error(units, rate)
    reason = (
        f"About {units:,.0f} a month, {rate:.0%} of them verified: luck alone moves a month's rate "
        f"by {100 * error:.1f} points (one standard error; {100 * LUCK:.0f} are taken as little)."
    )
    if error <= LUCK:
        return Answer("volume", question, "yes", reason, "")
    needed = next(n for n in count(int(units)) if standard_error(n, rate) <= LUCK)
    change = f"Measure over longer periods, until one holds {needed:,} units."
    return Answer("volume", question, "no", reason, change)


def standard_error(units: float, rate: float) -> float:
    """How far luck alone moves a rate that is counted on so many units, one standard error.

    Source: Agresti and Coull (1998), (x + 2) of (n + 4) successes: it tells something also where
    every unit so far was one.
    """
    shrunk = (units * rate + 2) / (units + 4)
    return math.sqrt(shrunk * (1 - shrunk) / (units + 4))


def _data(scenario: Scenario) -> Answer:
    question = "Does the buyer own the data?"
    owner = scenario.outcomes.data_owner
    if owner is None:
        change = "Agree whose data it is: outcomes.data_owner."
        return Answer("data", question, "unknown", "Nobody says whose data it is.", change)
    if owner == "provider":
        reason = "The provider does: the buyer can neither check nor take it to another provider."
        return Answer("data", question, "no", reason, "Agree ownership, access and hand-over.")
    return Answer("data", question, "yes", "It does: it can check, and take the data along.", "")


def _automation(scenario: Scenario) -> Answer:
    question = "Is there something to automate?"
    certain = scenario.certain()
    if certain.automation is not None:
        potential, of_what = certain.automation.ceiling, "of the units"
    else:
        potential, of_what = certain.delivery.throughput, "more units an hour"
    if isinstance(potential, float | int) and potential > 0:
        reason = f"About {potential:.0%} {of_what}: a price per outcome makes that worth doing."
        return Answer("automation", question, "yes", reason, "")
    reason = "The scenario describes nothing: an outcome price then has less to reward."
    return Answer("automation", question, "no", reason, "Describe it in automation.")


QUESTIONS: list[Callable[[Scenario], Answer]] = [
    _definition,
    _measurement,
    _baseline,
    _control,
    _volume,
    _data,
    _automation,
]
"""What is asked, in order."""


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
