from functools import cache

import numpy as np
import pandas as pd
import pytest
from tests.calibrate.logs import log, simulated

from scenarios import calibrate
from scenarios.calibrate.fitted import calendar_months

SEASONS = (1.3, 1.2, 1.0, 0.9, 0.8, 0.8, 0.7, 0.9, 1.0, 1.1, 1.1, 1.2)


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
