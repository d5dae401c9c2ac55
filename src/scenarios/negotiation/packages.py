"""Packages: one way to settle each issue, and what that is worth to both parties together."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import product

import numpy as np

from scenarios.errors import ScenarioError
from scenarios.negotiation.worth import worths

MOST_PACKAGES = 1_000_000
"""Packages that are made at most."""


def packages(
    issues: Mapping[str, Mapping[str, tuple[float, float]]],
) -> dict[tuple[str, ...], tuple[float, float]]:
    """Every combination of one settlement an issue, with what it is worth to both parties.

    ``issues`` has for each issue its settlements, each with its worth to the one and to the other;
    a package is worth the sum of its settlements: no issue is worth more because of another. Keys
    are the settlements in the order of the issues. Raises ``ScenarioError`` for no issues, an issue
    without settlements, a settlement whose worth is not two finite numbers, and more than a million
    packages.
    """
    empty = [
        name
        for name, settlements in issues.items()
        if not isinstance(settlements, Mapping) or not settlements
    ]
    if not issues or empty:
        raise ScenarioError(
            "give issues, each with its settlements by name, such as {'low': (0, 9)}: "
            f"{empty or 'none'} given none"
        )
    count = math.prod(len(settlements) for settlements in issues.values())
    if count > MOST_PACKAGES:
        raise ScenarioError(
            f"there are at most {MOST_PACKAGES:,} packages: these issues make {count:,}; settle "
            "some of them first"
        )
    worth = np.zeros((1, 2))
    for name, settlements in issues.items():
        each = worths("settlement", settlements, (name,))
        worth = (worth[:, None] + each[None]).reshape(-1, 2)
    both = ((float(one), float(other)) for one, other in worth)
    return dict(zip(product(*issues.values()), both, strict=True))
