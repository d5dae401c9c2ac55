import numpy as np
import pytest

from scenarios.drivers import Channels
from scenarios.drivers.channels import channels


@pytest.mark.parametrize(
    ("people", "pairs"), [(5, 10), (10, 45), (6, 15), (15, 105), (20, 190), (1, 0), (0, 0)]
)
def test_the_published_numbers_of_channels(people, pairs):
    """E32: n (n - 1) / 2 (wnwk, itc493-pz, oreilly); 5 to 10 people add 35."""
    assert channels(people) == pairs
    assert channels(10) - channels(5) == 35


def test_a_part_of_a_person_has_no_channels_alone():
    """Half a person talks to nobody: never below 0."""
    np.testing.assert_array_equal(channels(np.array([0.0, 0.5, 1.0, 2.5])), [0, 0, 0, 1.875])


def test_coordination_costs_its_channels(draws, agree):
    """Nine and one outside: 45 channels of about half an hour at 40, half in half a month."""
    given = Channels(hours={"mean": 0.5, "sd": 0.1}, cost=40, others=1)
    cost = given.simulate(draws, np.full((2, 1), 9.0), np.array([[1.0], [0.5]]))
    agree.mean(cost[0], 45 * 0.5 * 40)
    agree.variance(cost[0], (45 * 0.1 * 40) ** 2)
    np.testing.assert_allclose(cost[1], cost[0] / 2)
