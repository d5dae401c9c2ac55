import pandas as pd
import pytest

from scenarios import calibrate
from scenarios.drivers import Kpi


@pytest.mark.parametrize("history", [[0.0, 1.0] * 6, [0.0, 1.0, 1.0, 1.0] * 3, [0.0] * 9 + [1.0]])
def test_a_rate_that_was_only_ever_all_or_nothing_still_fits_a_scenario(history):
    """Its sd is as wide as a rate can have it, and no wider: the scenario takes the numbers."""
    fitted = calibrate.kpi(pd.Series(history), "rate").declared()
    assert isinstance(fitted, Kpi)
    level = fitted.level.central
    assert 0 < fitted.sd < (level * (1 - level)) ** 0.5
