"""Amounts that may come, each with its probability."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Real
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from scenarios.errors import ScenarioError, unknown

Array = npt.NDArray[Any]
Worse = Literal["low", "high"]
"""Which amounts are the bad ones: low ones of what a party gets, high ones of what it pays."""


def probable(
    amounts: Iterable[float], weights: Iterable[float] | None = None
) -> tuple[Array, Array]:
    """The amounts and their probabilities, which add up to 1, both (amounts,).

    Raises ``ScenarioError`` for no amounts, for what is no finite number, and for weights that are
    below 0, all 0, or not as many as the amounts.
    """
    given = finite("amounts", amounts)
    if weights is None:
        return given, np.full(given.size, 1 / given.size)
    weighed = finite("weights", weights)
    if weighed.size != given.size:
        raise ScenarioError(
            f"each amount needs a weight: given {given.size} amounts and {weighed.size} weights"
        )
    if weighed.min() < 0 or weighed.sum() == 0:
        raise ScenarioError(
            f"weights must be 0 or more, and not all 0: the least given is {weighed.min():g}"
        )
    return given, weighed / weighed.sum()


def finite(what: str, numbers: Iterable[float]) -> Array:
    """The numbers in one row; raises ``ScenarioError`` where one is no finite number."""
    try:
        row = np.asarray(numbers if hasattr(numbers, "__array__") else list(numbers), dtype=float)
    except (TypeError, ValueError) as error:
        raise ScenarioError(f"give {what} as one row of numbers: given {numbers!r}") from error
    if row.ndim != 1 or not row.size:
        raise ScenarioError(f"give {what} as one row of numbers: given the shape {row.shape}")
    if not np.isfinite(row).all():
        raise ScenarioError(f"{what} must be finite: given {row[~np.isfinite(row)][0]}")
    return row


def sign_of(worse: Worse) -> int:
    """What amounts are multiplied by so that low ones are the bad ones."""
    if worse not in get_args(Worse):
        raise ScenarioError(unknown("side that is worse", str(worse), get_args(Worse)))
    return 1 if worse == "low" else -1


def tolerance_above_zero(risk_tolerance: float) -> float:
    """The risk tolerance itself; raises ``ScenarioError`` unless it is a number above 0."""
    if not is_number(risk_tolerance) or not risk_tolerance > 0:
        raise ScenarioError(
            "a risk tolerance is an amount of money above 0 (infinite: indifferent to risk): "
            f"given {told(risk_tolerance)}"
        )
    return risk_tolerance


def is_number(given: object) -> bool:
    """Whether it is one number, of Python's or numpy's; text that reads like one is not."""
    return isinstance(given, Real) and not isinstance(given, bool)


def told(given: object) -> str:
    """What was given, as an error tells it."""
    return f"{given:g}" if isinstance(given, Real) else repr(given)
