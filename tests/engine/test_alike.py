"""What all paths have in common is settled as if it were each path's own."""

import numpy as np
import pytest
from tests.strategies import TERMS
from tests.test_two_computations import BEFORE

from scenarios.clauses import CLAUSES
from scenarios.ledger import BOOKS
from scenarios.promises import example_world
from scenarios.settling import settle
from scenarios.term import STAGES

MONTH, LATER = 10, 14


def with_clause(kind, fields):
    """The deal that this clause is tested in, with it."""
    deal, clause = getattr(TERMS[kind], "BEFORE", BEFORE), CLAUSES[kind].model_validate(fields)
    place = sum(STAGES.index(other.stage) <= STAGES.index(clause.stage) for other in deal.clauses)
    return deal.replace(clauses=(*deal.clauses[:place], clause, *deal.clauses[place:]))


@pytest.mark.parametrize("kind", list(CLAUSES))
def test_a_stop_of_all_paths_is_a_stop_of_each(kind):
    """Paths that all end in one month owe what they owe beside a path that ends later, and so does
    that one.
    """
    world = example_world()
    last = np.full(world.paths, MONTH)
    one = np.append(last[:-1], LATER)
    for fields in TERMS[kind].EXAMPLES:
        deal = with_clause(kind, fields)
        ends = (last, np.full(world.paths, LATER), one)
        alike, later, beside = (settle(deal, world.stopped(each)) for each in ends)
        for book in BOOKS:
            each = np.hstack([alike.total(book)[:, :-1], later.total(book)[:, -1:]])
            np.testing.assert_array_equal(each, beside.total(book))
