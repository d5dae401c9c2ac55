"""The strategies draw from everything there is."""

from tests.strategies import PRICED, WRITTEN

from scenarios.clauses import CLAUSES
from scenarios.pricing import PRICING


def test_every_term_is_drawn():
    """Each clause and pricing model that discovery finds has a strategy, and nothing else has."""
    assert set(WRITTEN) == set(CLAUSES)
    assert set(PRICED) == set(PRICING)
