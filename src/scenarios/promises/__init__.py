"""The promises that every term keeps, checked on any clause: built in, or written in a notebook."""

from scenarios.promises.check import check_clause
from scenarios.promises.exact import exact, exact_world
from scenarios.promises.example import example_world

__all__ = ["check_clause", "exact", "exact_world", "example_world"]
