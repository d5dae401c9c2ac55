"""Value at risk, and the mean of the worst share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, runtime_checkable

import numpy as np

from scenarios.errors import ScenarioError
from scenarios.risk.amounts import Array, Worse, is_number, probable, sign_of, told

TIE = 1e-12
"""Room for rounding where the probabilities of the worst amounts add up to the share."""


@runtime_checkable
class Continuous(Protocol):
    """A frozen continuous distribution of scipy, such as ``scipy.stats.norm(3, 7)``."""

    def pdf(self, x: Any, /) -> Any:
        """The density at an amount."""
        ...

    def ppf(self, q: Any, /) -> Any:
        """The amount below which this share lies."""
        ...

    def isf(self, q: Any, /) -> Any:
        """The amount above which this share lies."""
        ...


def value_at_risk(
    amounts: Iterable[float] | Continuous,
    share: float,
    weights: Iterable[float] | None = None,
    *,
    worse: Worse = "low",
) -> float:
    """The amount at which the worst {share} of what may come ends: an amount, not a loss [money].

    A 95 % value at risk has the share 0.05. The result has the sign of the amounts: a profit of
    -6.84 is a loss of 6.84. ``worse`` says which amounts are bad: "low" for what a party gets,
    "high" for costs and losses. Of amounts given one by one it is one of them, the worst of those
    that it could be. ``weights`` say how likely each is (equally unless given); instead of amounts
    a frozen continuous distribution of scipy may be given. Raises ``ScenarioError`` for a share
    that is not above 0 and at most 1, and for amounts that are not finite.
    """
    _check(share)
    sign = sign_of(worse)
    if isinstance(amounts, Continuous):
        _unweighted(weights)
        return float(_quantile(amounts, share, sign))
    ordered, reached = _from_the_worst(amounts, weights, sign)
    return sign * float(ordered[_last(reached, share)])


def tail_mean(
    amounts: Iterable[float] | Continuous,
    share: float,
    weights: Iterable[float] | None = None,
    *,
    worse: Worse = "low",
) -> float:
    """The mean of the worst {share} of what may come [money].

    Also called conditional value at risk or expected shortfall. An amount that lies across the
    share's edge counts in it with the part that fits, so that the mean moves without jumps as the
    share grows, and the mean of the worst 100 % is the mean. Signs, ``worse``, ``weights``,
    distributions and errors are those of ``value_at_risk``. Source: Acerbi and Tasche (2002), On
    the coherence of expected shortfall; Rockafellar and Uryasev (2002), Conditional value-at-risk
    for general loss distributions.
    """
    _check(share)
    sign = sign_of(worse)
    if isinstance(amounts, Continuous):
        _unweighted(weights)
        return _mean_below(amounts, share, sign)
    ordered, reached = _from_the_worst(amounts, weights, sign)
    counted = np.diff(np.minimum(reached, share), prepend=0.0)
    return sign * float(counted @ ordered / counted.sum())


def _from_the_worst(
    amounts: Iterable[float], weights: Iterable[float] | None, sign: int
) -> tuple[Array, Array]:
    """Amounts of which low ones are bad, the worst first, and the probability up to each."""
    given, chances = probable(amounts, weights)
    order = np.argsort(sign * given, kind="stable")
    return sign * given[order], np.cumsum(chances[order])


def _last(reached: Array, share: float) -> int:
    """The place of the amount at which the worst share ends."""
    return min(int(np.searchsorted(reached, share - TIE)), len(reached) - 1)


def _quantile(distribution: Continuous, share: Any, sign: int) -> Any:
    return distribution.ppf(share) if sign == 1 else distribution.isf(share)


def _mean_below(distribution: Continuous, share: float, sign: int) -> float:
    """The mean of the quantiles up to the share."""
    from scipy.integrate import quad  # noqa: PLC0415  scipy loads only where it is needed

    # Over shares of 1 and in units of the tail's own width: the money's size does not matter.
    nearer, middle, further = _quantile(distribution, share * np.array([0.75, 0.5, 0.25]), sign)
    width = abs(nearer - further) or 1.0

    def off(u: float) -> Any:
        return (_quantile(distribution, u * share, sign) - middle) / width

    whole, _, _, *trouble = quad(off, 0, 1, limit=200, full_output=True)
    if trouble:
        raise ScenarioError(f"the worst share of this distribution has no mean: {trouble[0]}")
    return float(middle + width * whole)


def _unweighted(weights: Iterable[float] | None) -> None:
    if weights is not None:
        raise ScenarioError("a distribution has no weights: give amounts with weights, or neither")


def _check(share: float) -> None:
    if not is_number(share) or not 0 < share <= 1:
        raise ScenarioError(
            "the share of the worst must be above 0 and at most 1, such as 0.05: "
            f"given {told(share)}"
        )
