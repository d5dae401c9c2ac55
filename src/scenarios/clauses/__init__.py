"""Clauses: what a contract adds to its pricing. Each is one file of this package, found by name."""

from scenarios.term import Clause, found_in

CLAUSES: dict[str, type[Clause]] = found_in(__name__, Clause)
"""Every clause of the package, by the keyword that a scenario file uses."""
