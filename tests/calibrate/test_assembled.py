import numpy as np
import pytest
from scipy.stats import beta
from tests.calibrate.logs import log

from scenarios import calibrate
from scenarios.calibrate.samples import sample


def test_what_comes_back_of_unlike_periods_is_the_share_of_all_cases():
    """Where the volume is in doubt months are not alike: 50 of 1,000, with Jeffreys' interval."""
    columns = {"units": [90] * 12, "kpi.reopen_rate": [0.2, 0.3] * 6}
    read = log(
        columns,
        kinds={"reopen_rate": "rate"},
        volume_doubt="cut off",
        overall={"reopen_rate": {"value": 0.05, "of": 1000}},
    )
    row = calibrate.tickets(read).fit.loc["outcomes.reopened"]
    assert row["method"].startswith("share of all 1,000 cases, ")
    assert row["estimate"] == 0.05
    ends = beta(50.5, 950.5).ppf([0.1, 0.9])
    np.testing.assert_allclose(row[["p10", "p90"]].astype(float), ends, rtol=1e-12)


def test_the_share_of_units_with_a_value_is_a_ratio_estimate():
    """60 of 100 units over three periods; they lie -2, -4 and 6 off six in ten. Its error is the
    root of 3 / 2 times 56, over 100. Source: Cochran (1977), section 6.4.
    """
    columns = {"units": [20, 40, 40], "of.met": [10, 20, 30], "kpi.met": [0.5, 0.6, 0.7]}
    _, (cases,) = sample(log(columns, kinds={"met": "rate"}), "met", 0.6)
    assert (cases.number, cases.estimate) == ("cases", 0.6)
    assert cases.standard_error == pytest.approx(np.sqrt(84) / 100, rel=1e-12)
