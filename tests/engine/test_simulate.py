import numpy as np
import pandas as pd
import pytest

import scenarios as sc
from scenarios.engine.streams import BLOCK


def test_progress_counts_blocks(desk):
    """Progress is told blocks done and blocks in all, ending with all."""
    told = []
    sc.simulate(desk, paths=2 * BLOCK + 1, progress=lambda *counts: told.append(counts))
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"paths": 0}, "paths must be 1 to 100,000,000: given 0"),
        ({"seed": -1}, "given -1"),
        ({"threads": 0}, "threads must be at least 1: given 0"),
        ({"deals": []}, "give at least one"),
    ],
)
def test_arguments_that_cannot_be_are_refused(desk, arguments, says):
    """The error says what was given and what is allowed."""
    with pytest.raises(sc.ScenarioError, match=says):
        sc.simulate(desk, **arguments)


def test_two_deals_of_one_name_are_refused(desk):
    """Tables go by the deals' names."""
    deal = desk.deals["Hourly"]
    with pytest.raises(sc.ScenarioError, match="deals need names of their own"):
        sc.simulate(desk, [deal, deal], paths=1)


def test_the_mean_fee_of_an_uncertain_volume_is_closed_form(small):
    """Fee = 20 an hour, one hour a unit, mean 100 units: 24,000 a year within five errors."""
    demand = {"volume": {"unit": "t", "per_month": {"mean": 100, "sd": 10}, "volatility": 0.2}}
    fee = sc.simulate(small(demand=demand), paths=20_000).total("Hourly", "fee")
    assert abs(fee.mean() - 24_000) < 5 * fee.std() / len(fee) ** 0.5
    variance = (20 * 12) ** 2 * 10**2 + 12 * 20**2 * (100**2 + 10**2) * np.expm1(0.2**2)
    assert fee.var() == pytest.approx(variance, rel=5 * (2 / len(fee)) ** 0.5 * 1.2)


CASES = ["base", "best", "worst", "incentives_work"]
"""Those of the support desk, the scenario itself first."""


def test_cases_run_on_the_same_shocks(desk):
    """``base`` is the scenario itself; every case keeps the demand of each path."""
    runs = sc.simulate_cases(desk, paths=50, seed=3)
    assert list(runs) == CASES
    demand = [run.worlds(0)["demand"] for run in runs.values()]
    for other in demand[1:]:
        np.testing.assert_array_equal(demand[0], other)
    np.testing.assert_array_equal(runs["base"].array, sc.simulate(desk, paths=50, seed=3).array)


def test_chosen_cases_only(desk):
    """Names choose the cases, in their order, once each."""
    assert list(sc.simulate_cases(desk, ["worst", "base", "worst"], paths=5)) == ["worst", "base"]


def test_side_by_side_is_the_summaries(desk):
    """Each case's column is its own summary's number."""
    runs = sc.simulate_cases(desk, paths=50)
    side = sc.side_by_side(runs)
    for case, run in runs.items():
        table = run.summary()
        for measure, statistic, column in (
            ("buyer's all-in cost", "P50", "buyer's all-in cost"),
            ("provider's contribution", "P50", "provider's contribution"),
            ("chance of", "a provider loss", "chance of a provider loss"),
        ):
            pd.testing.assert_series_equal(
                side[column, case], table[measure, statistic], check_names=False
            )
    assert list(side["provider's contribution"].columns) == CASES


def test_large_totals_are_the_same_numbers(desk, monkeypatch):
    """Where memory is taken otherwise for many paths, nothing else is."""
    usual = sc.simulate(desk, paths=100, seed=3)
    monkeypatch.setattr("scenarios.engine.simulate.LARGE", 10)
    large = sc.simulate(desk, paths=100, seed=3)
    for name in usual.names:
        np.testing.assert_array_equal(large.total(name, "fee"), usual.total(name, "fee"))
