import numpy as np
import pandas as pd
import pytest
from tests.calibrate.logs import log, raw, simulated

from scenarios import calibrate
from scenarios.calibrate.holdout import RIVALS
from scenarios.calibrate.predicted import PROBABILITIES, pinball
from scenarios.errors import ScenarioError

DRIVER = {"volatility": 0.2, "autocorrelation": 0.7, "growth": 0.15}


def test_every_period_held_out_is_predicted_once():
    """Of 30 months the last ten, six from the first origin and four from the next."""
    found = calibrate.backtest(log({"units": simulated(30, volatility=0.2)}))
    held = found.predictions
    assert held["period"].astype(str).tolist() == [
        str(month) for month in pd.period_range("2016-09", periods=10, freq="M")
    ]
    assert held["ahead"].tolist() == [1, 2, 3, 4, 5, 6, 1, 2, 3, 4]
    one_origin = calibrate.backtest(log({"units": simulated(30)}), horizon=None).predictions
    assert one_origin["ahead"].tolist() == list(range(1, 11))


def test_nothing_is_predicted_from_what_comes_later():
    """Whatever happens from an origin on, what was predicted there stays the same, bit for bit."""
    units = simulated(30, 3, volatility=0.2, autocorrelation=0.5)
    changed = units.copy()
    changed[20:] *= 7
    one, other = (
        calibrate.backtest(log({"units": values})).predictions for values in (units, changed)
    )
    told = ["p10", "p50", "p90"]
    np.testing.assert_array_equal(one[told][:6], other[told][:6])
    assert (one[told][6:] != other[told][6:]).all().all()


def test_pinball_loss_of_round_numbers():
    """8, 10, 12 against 11: 0.1 x 3, 0.5 x 1 and 0.1 x 1, on average 0.3; against 13: 2.1 / 3."""
    quantiles = np.array([8.0, 10.0, 12.0])
    assert pinball(11, quantiles) == pytest.approx((0.3 + 0.5 + 0.1) / 3)
    assert pinball(13, quantiles) == pytest.approx((0.5 + 1.5 + 0.9) / 3)
    assert pinball(10, np.full(3, 10.0)) == 0


def test_rivals_of_round_numbers():
    """The same as last, the mean, and both with what they would have missed so far."""
    values = np.array([10.0, 20.0, np.nan, 40.0])
    assert RIVALS["last"]("volume", values, 2, PROBABILITIES).tolist() == [[40] * 3] * 2
    mean = RIVALS["mean"]("volume", values, 1, PROBABILITIES)
    np.testing.assert_allclose(mean, [[70 / 3] * 3])
    so_far = RIVALS["mean with errors"]("volume", values, 1, PROBABILITIES)
    np.testing.assert_allclose(so_far, [[12, 20, 36]])
    doubled = RIVALS["last with errors"]("time", np.array([1.0, 2, 4, 8]), 2, PROBABILITIES)
    np.testing.assert_allclose(doubled, [[16] * 3, [32] * 3])
    capped = RIVALS["last with errors"]("rate", np.array([0.5, 0.7, 0.9]), 1, PROBABILITIES)
    np.testing.assert_allclose(capped, [[1] * 3])


@pytest.mark.slow
def test_months_of_the_driver_lie_inside_as_often_as_promised():
    """Twelve demands simulated by the scenario: four in five of 156 months lie inside, and the fit
    beats each simple forecast.
    """
    logs = [log({"units": simulated(40, seed, **DRIVER)}, dated=False) for seed in range(12)]
    found = calibrate.backtest(*logs)
    assert len(found.predictions) == 12 * 13
    # Months of one log move together: these tell about as much as 50 that do not.
    assert 0.6 < found.coverage < 0.95
    assert set(found.beaten) == set(RIVALS)


def test_a_table_says_it_by_series_and_over_all():
    """Each series has its line, and the last one is over all; the verdict says the same."""
    random = np.random.default_rng(1)
    columns = {"units": [100] * 12, "kpi.csat": 4 + random.normal(0, 0.1, 12)}
    found = calibrate.backtest(log(columns, kinds={"csat": "score"}))
    table = found.table()
    assert table.index.tolist() == ["units", "kpi.csat", "all"]
    assert table["values"].tolist() == [4, 4, 8]
    assert table.loc["all", "inside 80 %"] == found.coverage
    assert found.verdict.startswith(f"Of 8 values held out {found.coverage:.0%} lie inside")


@pytest.mark.parametrize("share", [0.0, 1.0, float("nan")])
def test_something_is_fitted_and_something_held_out(share):
    """A share that leaves nothing on one side is refused."""
    with pytest.raises(ScenarioError, match=r"0\.2 to 0\.95"):
        calibrate.backtest(log({"units": [10] * 12}), share=share)


@pytest.mark.parametrize(
    "units",
    [
        [5, 6, 4, 5, 6, 5],
        [0, 0, 0, 1, 0, 2, 0, 0, 0],
        [7] * 9,
        list(2.0 ** np.arange(1, 25)),
        [3, np.nan, 4, np.nan, 5, 6, 4, np.nan, np.nan, 3],
    ],
    ids=["six", "zeros", "constant", "exploding", "gaps"],
)
def test_any_log_that_can_be_fitted_can_be_tested(units):
    """Short, empty, constant, exploding, full of holes: finite losses, and no warning."""
    found = calibrate.backtest(log({"units": units}))
    losses = found.predictions.filter(like="loss").to_numpy(dtype=float)
    assert np.isfinite(losses).all()


@pytest.fixture(scope="module", params=["as read", "with cut weeks"])
def three_sets(request):
    """The backtest over the three public logs, as they are read, and with the weeks of Volvo's that
    its extraction cuts off: with them its volume looks like an explosion.
    """
    files = ("helpdesk_it_cases.csv.gz", "callcenter_daily.csv", "bpi13_vinst_cases.csv.gz")
    desk, centre, volvo = (raw(f"tickets/{name}") for name in files)
    cut = {"edges": "keep", "every": "week"} if request.param == "with cut weeks" else {}
    logs = [calibrate.read_log(path) for path in (desk, centre)]
    logs.append(calibrate.read_log(volvo, **cut))
    return calibrate.backtest(*logs, names=("help desk", "call centre", "volvo"))


@pytest.mark.slow
def test_three_public_logs_lie_inside_as_often_as_promised(three_sets):
    """Of all values held out of three logs 65 to 92 % lie inside the 80 % interval."""
    assert len(three_sets.predictions) > 350
    assert 0.65 <= three_sets.coverage <= 0.92


@pytest.mark.slow
def test_three_public_logs_are_predicted_better_than_by_rivals(three_sets):
    """Over all of them the pinball loss is smaller than that of each simple forecast."""
    assert set(three_sets.beaten) == set(RIVALS)


@pytest.mark.slow
def test_where_the_fit_is_not_better_the_table_says_so(three_sets):
    """The help desk lost two thirds of its volume while it was predicted: there the last month with
    its errors was the better guess, and the table does not hide it behind the others.
    """
    desk = three_sets.table().loc["help desk: units"]
    assert desk["loss, fit"] > desk["loss, last with errors"]
    assert desk["inside 80 %"] < 0.7


@pytest.mark.slow
def test_a_log_whose_levels_shift_is_predicted_better_than_by_its_last_values(three_sets):
    """The help desk alone, whose volume fell by two thirds and whose times rose sevenfold."""
    desk = three_sets.predictions.query("log == 'help desk'").filter(like="loss").mean()
    assert desk["loss, fit"] < min(desk["loss, last"], desk["loss, mean"])
