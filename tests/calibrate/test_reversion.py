import numpy as np
import pytest

from scenarios import calibrate
from scenarios.errors import ScenarioError

PRINTED = [
    3.0, 1.7600, 1.2693, 1.1960, 0.9468, 0.9532, 0.6252, 0.8604, 1.0984, 1.4310, 1.3019, 1.4005,
    1.2686, 0.7147, 0.9237, 0.7297, 0.7105, 0.8683, 0.7406, 0.7314, 0.6232,
]  # fmt: skip
"""The path of sitmo.com, "Calibrating the Ornstein-Uhlenbeck model": steps of 0.25."""


def test_the_published_path_gives_its_least_squares():
    """The printed path has a slope of 0.4574, an intercept of 0.4924 and an error of 0.2073, which
    the printed formulas make a speed of 3.1287 to 0.9075 with a volatility of 0.5831.
    """
    found = calibrate.ornstein_uhlenbeck(PRINTED, 0.25)
    assert found.reversion == pytest.approx(-np.log(0.4574) / 0.25, rel=1e-4)
    assert found.mean == pytest.approx(0.4924 / (1 - 0.4574), rel=1e-3)
    spread = 0.2073 * np.sqrt(-2 * np.log(0.4574) / (0.25 * (1 - 0.4574**2)))
    assert found.volatility == pytest.approx(spread, rel=1e-3)
    rounded = [round(x, 4) for x in (found.reversion, found.mean, found.volatility)]
    assert rounded == [3.1287, 0.9075, 0.5831]


def test_a_long_path_gives_back_its_process():
    """From 20,000 steps speed, mean and volatility come back, within four standard errors."""
    random = np.random.default_rng(2)
    step, speed, mean, volatility = 0.5, 1.2, 10.0, 2.0
    process = calibrate.OrnsteinUhlenbeck(speed, mean, volatility)
    path = process.path(mean, step, random.standard_normal(20_000))
    found = calibrate.ornstein_uhlenbeck(path, step)
    assert found.reversion == pytest.approx(speed, rel=0.05)
    assert found.mean == pytest.approx(mean, abs=0.1)
    assert found.sd == pytest.approx(volatility / np.sqrt(2 * speed), rel=0.03)
    assert found.half_life == pytest.approx(np.log(2) / speed, rel=0.05)
    assert found.autocorrelation(step) == pytest.approx(np.exp(-speed * step), abs=0.02)


@pytest.mark.parametrize(
    ("values", "step", "words"),
    [
        ([1.0, 2.0, 3.0, 4.0, 5.5], 1.0, "does not return to a mean"),
        ([1.0, 2.0, 1.0, 2.0, 1.0], 1.0, "does not return to a mean"),
        ([1.0, 2.0, 1.5], 1.0, "4 values or more"),
        ([1.0, float("nan"), 1.5, 1.2], 1.0, "finite values"),
        ([1.0, 2.0, 1.5, 1.7], 0.0, "a step above 0"),
    ],
)
def test_what_is_no_such_process_is_an_error(values, step, words):
    """A series that runs away or jumps back and forth, too few values, and no step are told."""
    with pytest.raises(ScenarioError, match=words):
        calibrate.ornstein_uhlenbeck(values, step)
