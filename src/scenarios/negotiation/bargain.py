"""Bargaining solutions: which of the options two parties would agree on, by standard rules."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar, get_args

import numpy as np

from scenarios.errors import ScenarioError, unknown
from scenarios.negotiation.frontier import Array, both_gain, with_lotteries
from scenarios.negotiation.rules import best_option, best_point
from scenarios.negotiation.worth import worths

Rule = Literal["Nash", "Kalai-Smorodinsky", "egalitarian", "Raiffa"]
Option = TypeVar("Option", bound=Hashable)
NEAR = 1e-9
"""A chance this near to 0 or 1 is rounding."""


@dataclass(frozen=True)
class Bargain:
    """What two parties agree on under a rule."""

    rule: Rule
    lotteries: bool
    """Whether they could draw lots between options."""
    agreement: Mapping[Hashable, float]
    """The option agreed on, with its chance: 1, or that of each in a lottery; empty where all that
    they could agree on leaves one of them worse off than no agreement."""
    worth: tuple[float, float]
    """What the agreement, or else the disagreement, is worth to both, on average."""
    gains: tuple[float, float]
    """The same, less what no agreement is worth."""
    tied: tuple[Hashable, ...] = ()
    """Other options that the rule finds as good."""

    @property
    def option(self) -> Hashable | None:
        """The one option agreed on; none in a lottery, and without agreement."""
        return next(iter(self.agreement)) if len(self.agreement) == 1 else None


def bargain(
    options: Mapping[Option, tuple[float, float]],
    disagreement: tuple[float, float] = (0, 0),
    *,
    rule: Rule = "Nash",
    power: float = 0.5,
    lotteries: bool = False,
) -> Bargain:
    """The option on which two parties would agree by a rule; each option is worth something to
    the one and to the other, and ``disagreement`` is what both have without an agreement.

    ``rule``: "Nash", the greatest product of the gains over the disagreement, a^p b^(1-p) with p
    the ``power`` of the first party [share]; "Kalai-Smorodinsky", both get as near to the most that
    each could gain, by the same share; "egalitarian", the smaller gain is as large as can be;
    "Raiffa", by steps half way to the best for the one and for the other. ``lotteries`` says
    whether they may draw lots between options, which changes the answer; Raiffa's rule needs it.
    Without, the two rules in between take the greatest smaller gain, and of equal ones the greatest
    larger gain. A party that an option leaves as it was has no reason to refuse it (individual
    rationality), so an option may be agreed on that only one gains from, or neither; Nash's product
    is then 0, and of such options only those stay than which none is better for one and as good for
    the other. Worth is utility, or money to parties that are indifferent to risk. Raises
    ``ScenarioError`` for no options, no such rule, a worth that is not two finite numbers, a power
    that is not between 0 and 1, and a power for a rule that has none. Sources: Nash (1950), The
    bargaining problem; Kalai and Smorodinsky (1975); Kalai (1977); Raiffa (1953); for gains of 0
    Myerson (1991), Game theory, section 8.2.
    """
    _check(rule, power, lotteries=lotteries)
    names, gains = list(options), _gains(options, disagreement)
    if lotteries:
        chances, won = _lottery(gains, rule, power)
        agreement: dict[Hashable, float] = {names[n]: chance for n, chance in chances.items()}
        tied: tuple[Hashable, ...] = ()
    else:
        places = best_option(gains, rule, power)
        agreement = {names[n]: 1.0 for n in places[:1]}
        tied = tuple(names[n] for n in places[1:])
        won = gains[places[0]] if places else np.zeros(2)
    worth = won + np.asarray(disagreement, dtype=float)
    return Bargain(rule, lotteries, agreement, _pair(worth), _pair(won), tied)


def _lottery(gains: Array, rule: str, power: float) -> tuple[dict[int, float], Array]:
    """The chance of each option, and what both gain on average; no chances without agreement."""
    places = with_lotteries(gains)
    frontier = both_gain(gains[places])
    if not len(frontier):
        return {}, np.zeros(2)
    point = best_point(frontier, rule, power)
    corners = gains[places]
    after = int(np.clip(np.searchsorted(corners[:, 1], point[1]), 0, len(corners) - 1))
    before = max(after - 1, 0)
    span = corners[after, 1] - corners[before, 1]
    chance = float((point[1] - corners[before, 1]) / span) if span else 1.0
    drawn = {int(places[before]): 1 - chance, int(places[after]): chance}
    kept = {place: chance for place, chance in drawn.items() if chance > NEAR}
    return {place: chance / sum(kept.values()) for place, chance in kept.items()}, point


def _gains(options: Mapping[Option, tuple[float, float]], disagreement: object) -> Array:
    """What both gain by each option over the disagreement, (options, 2)."""
    if not options:
        raise ScenarioError("give options, each with its worth to both parties: given 0 options")
    without = worths("disagreement", {"disagreement": disagreement})
    return np.asarray(worths("option", options) - without)


def _pair(two: Array) -> tuple[float, float]:
    return float(two[0]), float(two[1])


def _check(rule: str, power: float, *, lotteries: bool) -> None:
    if rule not in get_args(Rule):
        raise ScenarioError(unknown("bargaining rule", str(rule), get_args(Rule)))
    if rule == "Raiffa" and not lotteries:
        raise ScenarioError(
            "Raiffa's rule goes half way between options: give lotteries=True, or another rule"
        )
    if not 0 < power < 1:
        raise ScenarioError(f"bargaining power must lie between 0 and 1: given {power:g}")
    if rule != "Nash" and power != 0.5:  # noqa: PLR2004  the default: both alike
        raise ScenarioError(f"only Nash's rule knows bargaining power: leave it out under {rule!r}")
