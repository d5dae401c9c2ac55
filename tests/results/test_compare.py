import numpy as np
import pytest

import scenarios as sc


def test_the_difference_is_paired(run):
    """Mean, standard error and quantiles are those of the path-by-path difference."""
    a, b = run.names[0], run.names[-1]
    difference = run.total(a, "all_in") - run.total(b, "all_in")
    row = run.compare(a, b).loc["buyer's all-in cost, as quoted"]
    assert row["mean"] == difference.mean()
    assert row["standard error"] == pytest.approx(difference.std() / run.paths**0.5)
    assert row[["P10", "P90"]].tolist() == np.quantile(difference, (0.1, 0.9)).tolist()
    assert row["chance better"] == (difference < 0).mean()


def test_pairing_beats_two_separate_means(desk):
    """On the same paths the difference is surer than two independent means would be."""
    row = desk.compare("Hourly", "Hybrid").loc["buyer's all-in cost, as quoted"]
    each = [desk.total(name, "all_in").var() / desk.paths for name in ("Hourly", "Hybrid")]
    assert row["standard error"] < sum(each) ** 0.5


def test_at_equal_contribution_the_difference_is_the_joint_surplus(run):
    """As if the provider expected the same: the buyer's difference is what is lost in all."""
    a, b = run.names[0], run.names[-1]
    table = run.compare(a, b)["mean"]
    contribution = run.total(a, "contribution") - run.total(b, "contribution")
    equal = table["buyer's all-in cost, at equal contribution"]
    assert equal == pytest.approx(
        table["buyer's all-in cost, as quoted"] - contribution.mean(), abs=1e-6
    )
    value = run.total(a, "benefit") - run.total(b, "benefit")
    assert table["joint surplus"] == pytest.approx(value.mean() - equal, abs=1e-6)


def test_the_other_way_round_the_signs_turn(desk):
    """Turning the two deals round turns the sign of every number."""
    one, other = desk.compare("Hourly", "Outcome"), desk.compare("Outcome", "Hourly")
    np.testing.assert_allclose(one["mean"], -other["mean"])
    np.testing.assert_allclose(one["P10"], -other["P90"])
    assert one.attrs["a"] == other.attrs["b"] == "Hourly"


def test_a_deal_against_itself_is_no_difference(desk):
    """Nothing is better than itself."""
    assert (desk.compare("Hourly", "Hourly") == 0).all(axis=None)


def test_the_error_at_equal_contribution_is_the_error_over_seeds(desk):
    """The mean at equal contribution scatters over seeds by about its printed error."""
    scenario = desk.scenario
    runs = [
        sc.simulate(scenario, paths=500, seed=seed).compare("Hourly", "Outcome")
        for seed in range(40)
    ]
    rows = [run.loc["buyer's all-in cost, at equal contribution"] for run in runs]
    scatter = np.std([row["mean"] for row in rows], ddof=1)
    printed = np.mean([row["standard error"] for row in rows])
    assert 0.6 < scatter / printed < 1.6
