import numpy as np
import pandas as pd
import pytest
from tests.calibrate.logs import raw

from scenarios import calibrate
from scenarios.drivers import Backlog
from scenarios.errors import ScenarioError


def test_median_and_spread_of_round_numbers():
    """Ratios 1/2, 1, 1, 1, 2: median 1, and a log sd of ln 2 sqrt(2/4)."""
    found = calibrate.effort([10] * 5, [5, 10, 10, 10, 20])
    assert found.numbers["overrun"] == {
        "median": 1.0,
        "log_sd": pytest.approx(np.log(2) * np.sqrt(0.5), abs=5e-4),
    }
    assert found.fit.loc["mean of actual over estimate", "estimate"] == pytest.approx(1.1)


def test_a_lognormal_comes_back():
    """From 20,000 tasks median and log sd come back, within four standard errors."""
    random = np.random.default_rng(1)
    actual = 8 * 1.1 * np.exp(random.normal(0, 0.6, 20_000))
    found = calibrate.effort(np.full(20_000, 8.0), actual)
    for number, truth in (("overrun.median", 1.1), ("overrun.log_sd", 0.6)):
        row = found.fit.loc[number]
        assert abs(row["estimate"] - truth) < 4 * row["standard error"]
        assert row["standard error"] < 0.02


def test_what_tasks_of_a_project_share_comes_back():
    """Tasks that share 30 % of their variance with their project, as a backlog's units do."""
    random = np.random.default_rng(1)
    project = np.repeat(np.arange(400), 25)
    shared = random.standard_normal(400)[project]
    z = np.sqrt(0.3) * shared + np.sqrt(0.7) * random.standard_normal(10_000)
    found = calibrate.effort(np.ones(10_000), np.exp(0.5 * z), groups=project)
    assert found.numbers["common"] == pytest.approx(0.3, abs=0.05)


def test_zeros_and_gaps_are_left_out_and_told():
    """A task without a positive estimate and actual tells nothing of an overrun."""
    estimates = [10, 10, 10, 10, 10, 0, 10, None, 10, "?"]
    actuals = [5, 10, 10, 10, 20, 4, 0, 4, None, 7]
    found = calibrate.effort(estimates, actuals)
    assert found.numbers == calibrate.effort(estimates[:5], actuals[:5]).numbers
    assert any(words.startswith("5 tasks left out") for words in found.decisions)


def test_a_task_that_repeats_counts_once():
    """Rows of one task that say the same are one; rows that differ are added up, and both told."""
    found = calibrate.effort(
        [10, 10, 10, 10, 10, 10, 10],
        [5, 10, 10, 20, 20, 4, 6],
        tasks=["a", "b", "c", "d", "d", "e", "e"],
    )
    assert found.numbers == calibrate.effort([10] * 5, [5, 10, 10, 20, 10]).numbers
    assert [words for words in found.decisions if words.startswith("1 ")] != []


def test_the_numbers_are_a_backlogs():
    """They stand in a scenario's backlog as they are."""
    found = calibrate.effort([1] * 6, [1, 2, 1, 1, 0.5, 1], groups=[1, 1, 1, 2, 2, 2])
    backlog = Backlog(unit="increment", units=3, hours_per_unit=10, **found.numbers)
    assert backlog.overrun.central == 1


def test_estimates_that_are_always_right_leave_nothing_open():
    """Actuals that equal their estimates are a factor of 1, not a distribution."""
    assert calibrate.effort([3, 4, 5, 6, 7], [3, 4, 5, 6, 7]).numbers == {"overrun": 1.0}


def test_too_few_tasks_and_unequal_columns_are_errors():
    """Four tasks are no history; two columns need as many rows."""
    with pytest.raises(ScenarioError, match="5 or more"):
        calibrate.effort([1] * 4, [1] * 4)
    with pytest.raises(ScenarioError, match="one row a task"):
        calibrate.effort([1] * 4, [1] * 5)


def test_commercial_tasks():
    """SiP: 10,266 tasks, repeated rows counted once; median 1.00, mean 1.36, one in ten above 2."""
    tasks = pd.read_csv(raw("effort/sip_tasks.csv.gz"))
    found = calibrate.effort(
        tasks["HoursEstimate"],
        tasks["HoursActual"],
        tasks=tasks["TaskNumber"],
        groups=tasks["ProjectCode"],
    )
    assert found.numbers["overrun"]["median"] == 1.0
    assert found.fit.loc["mean of actual over estimate", "estimate"] == pytest.approx(
        1.36, abs=0.01
    )
    assert found.fit.loc["overrun.median", "periods"] == 10_266
    assert any("above 2.00" in words and "mean 1.36" in words for words in found.decisions)


def test_an_outsourcers_projects():
    """Kitchenham: the logarithm of actual over first estimate has an sd of 0.355."""
    projects = pd.read_csv(raw("effort/kitchenham.csv"))
    found = calibrate.effort(projects["First.estimate"], projects["Actual.effort"])
    assert found.numbers["overrun"]["log_sd"] == pytest.approx(0.355)
