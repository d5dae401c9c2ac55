import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import scenarios as sc

ROW = st.lists(st.integers(-100, 100), min_size=3, max_size=3)
TABLE = st.dictionaries(st.text(min_size=1, max_size=3), ROW, min_size=1, max_size=4)


@given(TABLE)
def test_knowing_is_the_least_expected_regret(table):
    """What knowing is worth is the expected regret of the best choice, and that is the least."""
    found = sc.perfect_information(table)
    best = np.max(list(table.values()), axis=0)
    regrets = {name: float((best - np.array(row)).mean()) for name, row in table.items()}
    assert found.worth == pytest.approx(min(regrets.values()), abs=1e-9)
    assert regrets[found.choice] == pytest.approx(found.worth, abs=1e-9)


@given(TABLE)
def test_costs_are_payoffs_turned_round(table):
    """The least of costs is best, and knowing is worth the same."""
    costs = {name: [-x for x in row] for name, row in table.items()}
    one, other = sc.perfect_information(table), sc.perfect_information(costs, worse="high")
    assert other.choice == one.choice
    assert other.without_information == -one.without_information
    assert other.with_information == -one.with_information
    assert other.worth == one.worth >= 0


def test_the_paths_of_a_run_are_states():
    """Which deal is cheapest, path by path, bounds what knowing the future first is worth."""
    costs = {"hourly": [10.0, 30.0], "outcome": [18.0, 18.0]}
    found = sc.perfect_information(costs, worse="high")
    assert (found.choice, found.without_information, found.with_information) == ("outcome", 18, 14)
    assert found.worth == 4


@pytest.mark.parametrize(
    ("payoffs", "probabilities", "told"),
    [
        ({}, None, "given none"),
        ({"a": [1, 2], "b": [1]}, None, r"'a' 2, 'b' 1"),
        ({"a": [1, 2]}, [0.5, 0.4], "add up to 1: given a sum of 0.9"),
        ({"a": [1, 2]}, [1.5, -0.5], "probabilities must be 0 or more: the least given is -0.5"),
        ({"a": [1, 2]}, [1], "2 states and 1 probabilities"),
        ({"a": [1, float("nan")]}, None, r"payoffs of 'a' must be finite: given nan"),
    ],
)
def test_what_cannot_be_is_refused(payoffs, probabilities, told):
    """An error says what was given and what is allowed."""
    with pytest.raises(sc.ScenarioError, match=told):
        sc.perfect_information(payoffs, probabilities)
