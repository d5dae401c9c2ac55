import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from scenarios.calibrate.autoregression import Posterior
from scenarios.calibrate.filtering import Series
from scenarios.calibrate.fitted import Fitted
from scenarios.calibrate.scales import scaled


def test_a_scenario_expects_of_a_time_a_lognormal_as_wide_as_its_deviation():
    """With a level of 10 that is certain, ninth over first decile is exp(2 z s), s the middle one
    of the deviations, within four standard errors.
    """
    draws, none = 20_000, np.empty(0)
    deviation = np.linspace(0.1, 0.3, draws) ** 2 * 5  # 0.05 to 0.45, the middle one 0.2
    level = np.full((draws, 1), np.log(10))
    on_scale = scaled("time", pd.Series([10.0] * 6))
    series = Series(on_scale.places, np.zeros(6), np.ones((7, 1)), np.zeros(1), np.eye(1))
    posterior = Posterior(np.zeros(draws), deviation, level, np.empty((draws, 1)), none)
    fitted = Fitted(on_scale, series, posterior, "month")
    ((low, middle, high),) = fitted.of_scenario(np.array([0.1, 0.5, 0.9]))
    z = norm.ppf(0.9)
    # Two deciles' variances 0.09 and their covariance 0.01, over n and the squared density.
    error = 0.2 * np.sqrt(2 * (0.09 - 0.01) / draws) / norm.pdf(z)
    assert abs(np.log(high / low) - 2 * z * 0.2) < 4 * error
    assert middle == pytest.approx(10, rel=0.01)
