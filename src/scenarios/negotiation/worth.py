"""What options are worth to both parties: two finite numbers each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from scenarios.errors import KeyPath, Problem, ScenarioError
from scenarios.negotiation.frontier import Array


def worths(what: str, options: Mapping[Any, Any], key: KeyPath = ()) -> Array:
    """What each option is worth to the one party and to the other, (options, 2).

    Raises ``ScenarioError`` that names each option, a ``what`` under ``key``, whose worth is not
    two finite numbers.
    """
    table = _numbers(list(options.values()))
    if table is not None and table.shape == (len(options), 2):
        return table
    rows = [_two(worth) for worth in options.values()]
    wrong = [
        Problem(
            f"a {what} has its worth to the one and to the other party",
            key=(*key, name),
            given=repr(worth),
            allowed="two finite numbers, such as (6, 0)",
        )
        for (name, worth), row in zip(options.items(), rows, strict=True)
        if row is None
    ]
    if wrong:
        raise ScenarioError(*wrong)
    return np.array(rows, dtype=float).reshape(-1, 2)


def _two(worth: Any) -> Array | None:
    """The two numbers of a worth, (2,); none where it is anything else."""
    row = _numbers(worth)
    return row if row is not None and row.shape == (2,) else None


def _numbers(given: Any) -> Array | None:
    """The finite numbers given, as they lie; none where one is not, or is text that reads so."""
    try:
        numbers = np.asarray(given)
        if numbers.dtype.kind not in "iufO":
            return None
        numbers = numbers.astype(float)
    except (TypeError, ValueError):
        return None
    return numbers if np.isfinite(numbers).all() else None
