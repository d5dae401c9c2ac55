import numpy as np
import pandas as pd
import pytest
from tests.calibrate.logs import OneFuture, raw

from scenarios import calibrate
from scenarios.drivers import Index
from scenarios.errors import ScenarioError


def level(steps, frequency="M", start="2000-01"):
    """An index from the changes of its logarithm."""
    values = 100 * np.exp(np.cumsum([0.0, *steps]))
    return pd.Series(values, pd.period_range(start, periods=len(values), freq=frequency))


def test_steady_growth_has_no_volatility():
    """An index that rises by the same share each month: (1.001)^12 - 1 a year, and nothing else."""
    found = calibrate.indexation(level([np.log(1.001)] * 60))
    assert found.numbers == {"annual": pytest.approx(1.001**12 - 1, abs=1e-4), "volatility": 0.0}


def test_the_driver_gives_back_its_numbers():
    """From 200 years of the scenario's own index its growth and volatility come back."""
    path = Index(annual=0.03, volatility=0.02).simulate(OneFuture(), 2400, "cpi")[:, 0]
    series = pd.Series(path, pd.period_range("1800-01", periods=2400, freq="M"))
    found = calibrate.indexation(series)
    errors = found.fit["standard error"]
    assert abs(found.numbers["annual"]["mean"] - 0.03) < 4 * errors["annual"]
    assert abs(found.numbers["volatility"] - 0.02) < 4 * errors["volatility"]
    assert errors["volatility"] < 0.001
    assert found.declared() == Index(**found.numbers)


def test_a_missing_month_is_left_out():
    """What lies around a gap is used as it is: growth counts the months, not the values."""
    full = level([0.002] * 40)
    gaps = full.drop(full.index[[7, 20]])
    assert calibrate.indexation(gaps).numbers == calibrate.indexation(full).numbers
    assert "2 missing values in between left out" in calibrate.indexation(gaps).decisions


@pytest.mark.parametrize(("frequency", "a_year"), [("M", 12), ("Q", 4), ("Y", 1)])
def test_a_year_is_a_year_whatever_the_period(frequency, a_year):
    """Ten years of 4 % are 4 % a year by month, by quarter and by year."""
    found = calibrate.indexation(level([np.log(1.04) / a_year] * 10 * a_year, frequency))
    assert found.numbers["annual"] == pytest.approx(0.04, abs=1e-4)


@pytest.mark.parametrize("written", ["2020-01", "2020-01-15", "2020Q1"])
def test_periods_may_be_text(written):
    """Months, dates and quarters are understood as text."""
    freq = "Q" if "Q" in written else "M"
    dates = pd.period_range("2020-01", periods=12, freq=freq)
    text = [str(p) + ("-15" if written.endswith("-15") else "") for p in dates]
    found = calibrate.indexation(pd.Series(1.01 ** np.arange(12), text))
    a_year = 4 if freq == "Q" else 12
    assert found.numbers["annual"] == pytest.approx(1.01**a_year - 1, abs=1e-3)


def test_months_that_move_alike_make_wide_years():
    """Where a month's change resembles the one before, a year's change is wider than months say."""
    random = np.random.default_rng(4)
    changes = np.zeros(600)
    for month in range(1, 600):
        changes[month] = 0.8 * changes[month - 1] + random.normal(0, 0.001)
    scaled = np.std(changes) * np.sqrt(12)
    assert calibrate.indexation(level(changes)).numbers["volatility"] > 1.8 * scaled


def test_short_series_are_scaled():
    """Under three years the volatility is scaled from the changes there are, and says so."""
    random = np.random.default_rng(4)
    found = calibrate.indexation(level(random.normal(0.002, 0.005, 24)))
    assert found.fit.loc["volatility", "method"] == "changes scaled to a year"
    assert found.numbers["volatility"] == pytest.approx(0.005 * np.sqrt(12), rel=0.5)


@pytest.mark.parametrize(
    ("series", "words"),
    [
        (pd.Series([1.0, 2.0, 3.0], ["2020-01", "2020-02", "2020-03"]), "5 or more"),
        (pd.Series([1.0, -2.0, 3.0], ["2020-01", "2020-02", "2020-03"]), "above 0"),
        (pd.Series([1.0, 2.0, 3.0], ["2020-01", "2020-01", "2020-03"]), "2020-01 twice"),
        (pd.Series([1.0, 2.0, 3.0], ["a", "b", "c"]), "must be its periods"),
        (pd.Series([], [], dtype=float), "fewer than two"),
    ],
)
def test_what_is_no_index_is_an_error(series, words):
    """Too few levels, changes instead of levels, months that repeat, and no periods are told."""
    with pytest.raises(ScenarioError, match=words):
        calibrate.indexation(series)


def test_us_prices_have_a_month_missing():
    """US CPI lacks 2025-10; ten years of it rose by 3.3 % a year, years apart by some 2 points."""
    table = pd.read_csv(raw("indices/us_cpi_monthly.csv"))
    series = table.set_index("month")["CUUR0000SA0"].loc["2016":]
    found = calibrate.indexation(series)
    assert "1 missing values in between left out" in found.decisions
    assert found.numbers["annual"]["mean"] == pytest.approx(0.0335, abs=0.002)
    assert found.numbers["volatility"] == pytest.approx(0.0205, abs=0.003)
