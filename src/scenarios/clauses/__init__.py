"""Clauses: what a contract adds to its pricing. Each is one file of this package, found by name.

An installed package may bring more: see ``known``.
"""

from __future__ import annotations

import warnings
from functools import cache
from importlib.metadata import EntryPoint, entry_points

from scenarios.term import Clause, found_in

CLAUSES: dict[str, type[Clause]] = found_in(__name__, Clause)
"""Every clause of the package, by the keyword that a scenario file uses."""
GROUP = "scenarios.clauses"
"""The group of entry points under which an installed package names its clauses."""


@cache
def known() -> dict[str, type[Clause]]:
    """Every clause that a scenario file may use: those of this package and the installed ones.

    An entry point ``loyalty_rebate = "their_package:LoyaltyRebate"`` brings one. What cannot be
    used is left out with a ``UserWarning`` that names the package; a name that is taken stays with
    who had it, this package first.
    """
    clauses = dict(CLAUSES)
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value)):
        try:
            clauses[entry.name] = _installed(entry, clauses)
        except Exception as error:  # noqa: BLE001  it may be anyone's code: the rest goes on
            owner = "an installed package" if entry.dist is None else entry.dist.name
            warnings.warn(
                f"the clause {entry.name!r} of {owner} is left out: {error}", stacklevel=2
            )
    return clauses


def _installed(entry: EntryPoint, taken: dict[str, type[Clause]]) -> type[Clause]:
    """The class that an entry point leads to, or an error that says what is wrong with it."""
    if entry.name in taken:
        first = "scenarios" if entry.name in CLAUSES else taken[entry.name].__module__
        raise ValueError(f"{first} has a clause of this name; give its class and entry another")
    try:
        clause = entry.load()
    except Exception as error:
        told = f"{type(error).__name__}: {error}"
        raise ValueError(f"{entry.value} cannot be imported ({told}); mend or remove it") from error
    if not (isinstance(clause, type) and issubclass(clause, Clause)):
        raise TypeError(f"{entry.value} is no class that derives from scenarios.Clause")
    if clause.keyword() != entry.name:
        raise ValueError(f"its class goes by {clause.keyword()!r}: call the entry point that")
    return clause
