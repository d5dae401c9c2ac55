"""The board without a screen: a scenario, its levers, and the results as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from pydantic import ValidationError

from scenarios.engine.simulate import simulate
from scenarios.errors import Problem, ScenarioError, nearest
from scenarios.io.document import Document
from scenarios.io.problems import explain
from scenarios.results.run import Array, Run
from scenarios.results.summary import ALL_IN, CONTRIBUTION
from scenarios.scenario import Lever, Scenario

CHANGE = "change in P50"


@dataclass(frozen=True)
class Dial:
    """A lever of the scenario together with the number it starts from."""

    path: str
    label: str
    low: float
    high: float
    step: float
    start: float
    """Where the slider begins; the central value where the scenario gives a range."""
    written: Any
    """What the scenario says: a number, or the mapping of a distribution."""

    @classmethod
    def of(cls, lever: Lever, scenario: Scenario) -> Dial:
        """The dial of a lever; its ends are widened where the start lies outside them.

        Raises ``ScenarioError`` where the path does not lead to one number.
        """
        label = lever.label or lever.number.rpartition(".")[2].replace("_", " ")
        written = scenario.number(lever.number)
        ranged = isinstance(written, dict)
        start = scenario.certain().number(lever.number) if ranged else written
        if isinstance(start, bool) or not isinstance(start, int | float):
            raise ScenarioError(
                Problem(
                    f"lever {label!r} must lead to one number, and {lever.number} is none; "
                    "name a number, or write one number there",
                    given=repr(written),
                )
            )
        low, high = min(lever.low, start), max(lever.high, start)
        return cls(lever.number, label, low, high, lever.step, start, written)

    @property
    def deal(self) -> str | None:
        """The deal this number belongs to; none where it shapes the world."""
        section, _, rest = self.path.partition(".")
        return rest.partition(".")[0] if section == "deals" else None

    @property
    def ranged(self) -> bool:
        """True where the scenario gives a range: moved, the number becomes certain."""
        return isinstance(self.written, dict)

    def number(self, value: float) -> Any:
        """What the scenario shall say at this value: back at the start, what it said before."""
        if value == self.start:
            return self.written
        return int(value) if isinstance(self.start, int) and value == value // 1 else value


@dataclass(frozen=True)
class _State:
    scenario: Scenario
    run: Run
    positions: dict[str, float]


class Board:
    """A scenario whose levers can be moved, settled again on the same paths at each move.

    A number of a deal settles that deal again, and no other, on the worlds drawn at the start. Any
    other number draws the worlds again from the same seed. A move that is refused changes nothing.
    """

    def __init__(self, scenario: Scenario, *, paths: int = 5000, seed: int = 1) -> None:
        self.paths, self.seed = paths, seed
        dials = (Dial.of(lever, scenario) for lever in scenario.levers)
        self.dials: dict[str, Dial] = {dial.path: dial for dial in dials}
        positions = {path: dial.start for path, dial in self.dials.items()}
        self._opening = self._state = _State(scenario, self._simulate(scenario), positions)
        self._offer = self._opening.run.summary()

    @property
    def scenario(self) -> Scenario:
        """The scenario as the levers stand."""
        return self._state.scenario

    @property
    def run(self) -> Run:
        """The run as the levers stand."""
        return self._state.run

    @property
    def positions(self) -> dict[str, float]:
        """Where each lever stands, by its path."""
        return dict(self._state.positions)

    def move(self, path: str, value: float) -> pd.DataFrame:
        """The results with one lever moved; see ``results``.

        Raises ``ScenarioError`` for a lever that is not there or a value that the scenario does not
        allow; everything then stands as before.
        """
        dial = self._dial(path)
        scenario = self._changed(dial, value)
        if dial.deal is None:
            run = self._simulate(scenario)
        else:
            run = replace(self.run.reprice(scenario.deals[dial.deal]), scenario=scenario)
        self._state = _State(scenario, run, self._state.positions | {path: value})
        return self.results()

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """What is done inside stands only if all of it succeeds, the showing included."""
        before = self._state
        try:
            yield
        except BaseException:
            self._state = before
            raise

    def reset(self) -> pd.DataFrame:
        """The results with every lever back at the starting offer."""
        self._state = self._opening
        return self.results()

    def results(self) -> pd.DataFrame:
        """The summary, one row a deal, and how far each party's P50 is from the starting offer."""
        table = self.run.summary()
        for measure in (ALL_IN, CONTRIBUTION):
            table[CHANGE, measure] = table[measure, "P50"] - self._offer[measure, "P50"]
        return table

    def totals(self) -> dict[str, tuple[Array, Array]]:
        """Buyer's all-in cost and provider's contribution of each deal, (paths,) each [money]."""
        run = self.run
        return {
            name: (run.total(name, "all_in"), run.total(name, "contribution")) for name in run.names
        }

    def _simulate(self, scenario: Scenario) -> Run:
        return simulate(scenario, paths=self.paths, seed=self.seed, keep=True)

    def _dial(self, path: str) -> Dial:
        if path in self.dials:
            return self.dials[path]
        allowed = ", ".join(self.dials) or "none: this scenario has no levers"
        near = nearest(path, self.dials)
        raise ScenarioError(
            Problem("there is no such lever", given=path, allowed=allowed, nearest=near)
        )

    def _changed(self, dial: Dial, value: float) -> Scenario:
        """The scenario with one number changed; a refusal names the lever, not the file."""
        try:
            return self.scenario.change({dial.path: dial.number(value)})
        except ValidationError as error:
            found = explain(error, Document(self.scenario.model_dump(mode="json"))).problems
        raise ScenarioError(
            *(replace(p, message=f"{dial.label} {p.message}", key=()) for p in found)
        )
