from functools import cache

import numpy as np
import pandas as pd
import pytest
from tests.calibrate.logs import OneFuture, log, simulated

from scenarios import calibrate
from scenarios.calibrate.fitted import calendar_months, series_of
from scenarios.calibrate.holdout import backtest
from scenarios.calibrate.scales import scaled
from scenarios.calibrate.seasons import SPREADS, seasons
from scenarios.drivers import Volume

SEASONS = (1.3, 1.2, 1.0, 0.9, 0.8, 0.8, 0.7, 0.9, 1.0, 1.1, 1.1, 1.2)
WAVE = tuple(np.exp(0.3 * np.sin(2 * np.pi * np.arange(12) / 12)))
DECEMBER = (*[1.0] * 11, 1.65)


@cache
def found(months, **volume):
    """The numbers of a simulated volume, and what was said of its seasons."""
    units = simulated(months, volatility=0.05, autocorrelation=0.3, **volume)
    calibration = calibrate.tickets(log({"units": units}))
    said = next(
        words for words in calibration.decisions if "seasons:" in words or "no seas" in words
    )
    return calibration.sections["demand"]["volume"], said


def test_four_years_show_their_seasons():
    """Factors of the driver come back, January first, within a few points, with a mean of 1."""
    numbers, said = found(48, seasonality=SEASONS)
    np.testing.assert_allclose(numbers["seasonality"], SEASONS, atol=0.06)
    assert np.mean(numbers["seasonality"]) == pytest.approx(1, abs=2e-3)
    assert said.startswith("seasons: they make the series")


def test_seasons_do_not_move_the_level():
    """The level is that of a mean month, whatever the factors of the last ones."""
    numbers, _ = found(48, seasonality=SEASONS)
    assert numbers["per_month"]["p10"] < 1_000 < numbers["per_month"]["p90"]
    assert numbers["per_month"]["p90"] < 1_100


def test_its_months_without_noise_are_those_of_the_season():
    """What a scenario with the written numbers makes of a year, volatility aside, is the level
    times the factors: the season is in the factors alone, wherever in the year the log ends.
    """
    deep = tuple(np.square(WAVE))
    for months in (48, 53):
        numbers, _ = found(months, seasonality=deep)
        ends = numbers["per_month"]
        still = {"volatility": 0, "autocorrelation": 0, "growth": 0, "counts": "continuous"}
        level = {"per_month": np.sqrt(ends["p10"] * ends["p90"])}
        volume = Volume(**(numbers | still | level))
        made = volume.simulate(OneFuture(), 12, months % 12 + 1)[:, 0]
        truth = 1_000 * np.roll(deep, -(months % 12)) / np.mean(deep)
        np.testing.assert_allclose(made, truth, rtol=0.1)
        assert made.sum() == pytest.approx(truth.sum(), rel=0.05)


def test_two_years_show_a_smooth_season():
    """A year that goes round as a wave is told from deviations that last: neighbours are alike."""
    numbers, said = found(24, seasonality=WAVE)
    assert said.startswith("seasons: they make the series")
    np.testing.assert_allclose(numbers["seasonality"], WAVE / np.mean(WAVE), atol=0.12)


@pytest.mark.parametrize("seasonality", [WAVE, DECEMBER], ids=["wave", "december"])
def test_factors_are_expected_alike_where_they_are_alike(seasonality):
    """A wave's factors are like their neighbours', a December is for itself; either way the
    logarithms sum to 0 and each month may lie as far from it.
    """
    units = pd.Series(
        simulated(48, volatility=0.05, seasonality=seasonality),
        pd.period_range("2015-01", periods=48, freq="M"),
    )
    covariance = seasons(series_of(scaled("volume", units), "month"), units.index).covariance
    spreads = np.sqrt(np.diag(covariance))
    np.testing.assert_allclose(covariance.sum(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(spreads, spreads[0])
    assert np.isclose(spreads[0], SPREADS).any()
    assert (covariance[0, 1] > 0) == (seasonality == WAVE)


@pytest.mark.slow
@pytest.mark.parametrize("season", [WAVE, DECEMBER], ids=["wave", "december"])
def test_months_of_strong_seasons_lie_inside_as_often_as_promised(season):
    """Five logs of two years and five of four: intervals of 80 % hold 65 to 95 % of the half year
    that follows, and the loss is less than a quarter of that of the last value.
    """
    random = np.random.default_rng(21)
    logs = [
        log({"units": np.round(500 * (np.tile(season, 5) * np.exp(noise))[: months + 6])})
        for months in (24, 48)
        for noise in 0.1 * random.standard_normal((5, 60))
    ]
    tests = [backtest(one, share=1 - 6 / len(one.periods)) for one in logs]
    predictions = pd.concat([test.predictions for test in tests])
    assert len(predictions) == 6 * len(logs)
    assert 0.65 < predictions["inside"].mean() < 0.95
    assert predictions["loss, fit"].mean() < predictions["loss, last"].mean() / 4


def test_a_volume_without_seasons_gets_none():
    """Twelve factors that explain nothing are left out, and it is said how little they do."""
    numbers, said = found(48)
    assert "seasonality" not in numbers
    assert "do not make the series more likely" in said


def test_two_years_are_needed():
    """Under two years a summer cannot be told from a bad month."""
    numbers, said = found(20, seasonality=SEASONS)
    assert "seasonality" not in numbers
    assert "not every calendar month was seen 2 times" in said


def test_numbered_periods_have_no_seasons():
    """Without dates nobody knows which month is January."""
    units = simulated(48, seasonality=SEASONS)
    calibration = calibrate.tickets(log({"units": units}, dated=False))
    assert "no seasons: the periods have no dates" in calibration.decisions


def test_a_week_lies_in_the_month_of_its_middle():
    """The week from Monday 2024-04-29 to Sunday 2024-05-05 has most of its days in May."""
    weeks = pd.period_range("2024-04-22", periods=2, freq="W")
    assert calendar_months(weeks, 1).tolist() == [4, 5, 5]
