"""What it is worth to know how things turn out before choosing."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from scenarios.errors import ScenarioError
from scenarios.risk.amounts import Array, Worse, finite, probable, sign_of


@dataclass(frozen=True)
class PerfectInformation:
    """A choice made before things turn out, against the same choice made afterwards."""

    expected: Mapping[str, float]
    """What each choice is expected to bring (EMV) [money]."""
    choice: str
    """The best choice without information; of equal ones the first."""
    without_information: float
    """What the best choice is expected to bring [money]."""
    with_information: float
    """What the best choice of each state brings, on average (EVwPI) [money]."""

    @property
    def worth(self) -> float:
        """The most that perfect information is worth (EVPI) [money], never below 0."""
        return abs(self.with_information - self.without_information)


def perfect_information(
    payoffs: Mapping[str, Iterable[float]],
    probabilities: Iterable[float] | None = None,
    *,
    worse: Worse = "low",
) -> PerfectInformation:
    """What each choice brings without information, and what the best brings with it.

    ``payoffs`` has for each choice what it brings in each state [money], ``probabilities`` those of
    the states (all alike unless given, as for the paths of a run). Doing nothing counts only where
    it is one of the choices. ``worse`` "high": the payoffs are costs, and the least is best. Raises
    ``ScenarioError`` for no choices, choices with other states, and probabilities that are below 0,
    do not add up to 1, or are not as many as the states. Source: Raiffa and Schlaifer (1961),
    Applied statistical decision theory.
    """
    sign = sign_of(worse)
    rows = {name: finite(f"the payoffs of {name!r}", row) for name, row in payoffs.items()}
    if len({row.size for row in rows.values()}) != 1:
        told = ", ".join(f"{name!r} {row.size}" for name, row in rows.items()) or "none"
        raise ScenarioError(f"give choices, each with a payoff for every state: given {told}")
    table = np.stack(list(rows.values()))
    given = None if probabilities is None else _of_states(probabilities, table.shape[1])
    _, chances = probable(table[0], given)
    expected = dict(zip(rows, map(float, table @ chances), strict=True))
    choice = max(expected, key=lambda name: sign * expected[name])
    best = sign * (sign * table).max(axis=0)
    return PerfectInformation(expected, choice, expected[choice], float(best @ chances))


def _of_states(probabilities: Iterable[float], states: int) -> Array:
    """The probabilities of the states, (states,)."""
    given = finite("probabilities", probabilities)
    if given.size != states:
        raise ScenarioError(
            f"each state needs a probability: given {states} states and {given.size} probabilities"
        )
    if given.min() < 0:
        raise ScenarioError(f"probabilities must be 0 or more: the least given is {given.min():g}")
    if not math.isclose(given.sum(), 1, abs_tol=1e-9):
        raise ScenarioError(f"probabilities must add up to 1: given a sum of {given.sum():g}")
    return given
