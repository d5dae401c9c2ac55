import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.calibrate.logs import log, simulated

from scenarios import calibrate
from scenarios.calibrate.months import WEEKS
from scenarios.drivers import Volume
from scenarios.engine.streams import BlockDraws
from scenarios.errors import ScenarioError

LONG = {"growth": 0.08, "volatility": 0.2, "autocorrelation": 0.6}


def fitted(units, **told):
    """The numbers of a volume, the table of its fit, and what was decided."""
    found = calibrate.tickets(log({"units": units}, **told))
    numbers = found.sections["demand"]["volume"]
    assert isinstance(Volume(**numbers), Volume)
    return numbers, found.fit, " ".join(found.decisions)


@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.slow) for n in (2, 3))])
def test_the_drivers_own_months_give_back_its_numbers(seed):
    """15 years simulated by the scenario's demand: each number within four standard errors."""
    _, fit, _ = fitted(simulated(180, seed, **LONG))
    at_end = 1_000 * 1.08 ** (180 / 12)
    for name, truth in (LONG | {"per_month": at_end}).items():
        row = fit.loc[f"demand.volume.{name}"]
        assert abs(row["estimate"] - truth) < 4 * row["standard error"], name
    assert fit.loc["demand.volume.autocorrelation", "standard error"] < 0.1
    assert fit.loc["demand.volume.growth", "standard error"] < 0.02


@pytest.mark.slow
def test_weeks_of_the_same_demand_give_the_same_months():
    """Weeks that deviate as the driver's months do: level, growth and spread by month."""
    random = np.random.default_rng(3)
    weeks, carried, sd = 300, 0.9, 0.25
    noise = random.standard_normal(weeks) * sd
    noise[1:] *= np.sqrt(1 - carried**2)
    for week in range(1, weeks):
        noise[week] += carried * noise[week - 1]
    units = np.round(2_000 * np.exp(noise - sd**2 / 2))
    _, fit, said = fitted(units, every="week", dated=False)
    # Two months of such weeks: 0.186 / 0.2 of the weeks' sd and 0.746, as the test of months holds.
    expected = {"per_month": 2_000 * WEEKS, "growth": 0, "volatility": 0.2325}
    for name, truth in (expected | {"autocorrelation": 0.746}).items():
        row = fit.loc[f"demand.volume.{name}"]
        assert abs(row["estimate"] - truth) < 4 * row["standard error"], name
    assert "fitted on weeks" in said


@pytest.mark.slow
def test_a_scenario_with_its_numbers_has_the_logs_mean_and_spread():
    """What the driver makes of the numbers is like the log they come from: as many units a month,
    as far apart, although a lognormal's mean lies far above its median.
    """
    units = simulated(150, 4, volatility=0.8)
    found = calibrate.tickets(log({"units": units}, dated=False))
    made = Volume(**found.sections["demand"]["volume"]).simulate(BlockDraws(0, 0), 6, 1)
    assert made.mean() == pytest.approx(units.mean(), rel=0.15)
    assert np.log(made).std() == pytest.approx(np.log(units).std(), rel=0.15)


def test_luck_of_counting_is_left_to_the_driver():
    """Poisson months about a steady level: no volatility worth the name, and counts are drawn."""
    units = simulated(60, per_month=30, counts="poisson")
    numbers, _, said = fitted(units)
    assert numbers["counts"] == "poisson"
    assert numbers["volatility"] < 0.1  # counting alone moves 30 by 0.18
    assert "whole tickets are counted" in said


def test_six_months_are_enough_and_say_how_little_they_tell():
    """Half a year gives numbers with wide intervals, five months an error that says what to do."""
    units = [100, 108, 95, 102, 99, 104]
    numbers, fit, _ = fitted(units)
    assert numbers["per_month"]["p10"] < 100 < numbers["per_month"]["p90"]
    assert fit.loc["demand.volume.growth", "standard error"] > 0.12
    with pytest.raises(ScenarioError, match="6 or more") as error:
        fitted(units[:5])
    assert "weeks instead of months" in str(error.value)


def test_months_without_any_units_are_months():
    """Zeros are counted and not dropped: about one unit in two months."""
    _, fit, _ = fitted([0, 1, 0, 0, 2, 0, 1, 0, 0, 0, 1, 1])
    row = fit.loc["demand.volume.per_month"]
    assert row["p10"] < 0.5 < row["p90"]


def test_no_units_at_all_are_an_error():
    """There is nothing to fit."""
    with pytest.raises(ScenarioError, match="not one ticket"):
        fitted([0] * 12)


def test_the_same_number_each_month_is_suspicious():
    """A plan looks like this: taken without volatility, and asked about."""
    numbers, _, said = fitted([250] * 12)
    assert (numbers["volatility"], numbers["autocorrelation"]) == (0.0, 0.0)
    assert "counts" not in numbers
    assert "is it a plan?" in said


def test_growth_beyond_belief_is_told():
    """A volume that doubles each month for three years is no growth that a scenario can hold: it is
    a level that wanders, and this is said.
    """
    found = calibrate.tickets(log({"units": np.round(2.0 ** np.arange(2, 38))}))
    assert Volume(**found.sections["demand"]["volume"]).growth.p90 <= 3
    assert any("its level wanders" in words for words in found.warnings)


def test_a_month_that_is_missing_is_no_zero():
    """A gap in the log changes little: the months around it tell the level."""
    units = simulated(60, 5, **LONG)
    with_gaps = units.copy()
    with_gaps[[10, 11, 40]] = np.nan
    _, whole, _ = fitted(units)
    _, gaps, _ = fitted(with_gaps)
    row = "demand.volume.per_month"
    assert gaps.loc[row, "estimate"] == pytest.approx(whole.loc[row, "estimate"], rel=0.05)
    assert gaps.loc[row, "periods"] == 57


def test_a_volume_in_doubt_is_left_out():
    """Where the reader does not trust the volume, demand and times stay as the scenario has them:
    a log that was chosen by date of closing has only what closed early of its last periods.
    """
    columns = {
        "units": [10, 20, 40, 80, 160, 320],
        "kpi.csat": [4.2, 4.1, 4.4, 4.3, 4.2, 4.3],
        "kpi.hours": [900, 700, 500, 300, 100, 1],
    }
    kinds = {"csat": "score", "hours": "time"}
    found = calibrate.tickets(log(columns, kinds=kinds, volume_doubt="cut off"))
    assert list(found.sections) == ["kpis", "outcomes"]
    assert list(found.sections["kpis"]) == ["csat"]
    assert "demand" not in found.sections
    assert any("not to be trusted: cut off" in words for words in found.decisions)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.integers(0, 10**7) | st.just(None), min_size=6, max_size=14).filter(
        lambda units: sum(x is not None for x in units) >= 6 and any(units)
    )
)
def test_any_volume_gives_numbers_that_a_scenario_takes(units):
    """Whatever was counted: finite numbers within the bounds of a scenario, and no warning."""
    numbers, fit, _ = fitted(np.array(units, dtype=float))
    assert np.isfinite(fit[["estimate", "p10", "p90"]].to_numpy(dtype=float)).all()
    assert numbers["unit"] == "ticket"
