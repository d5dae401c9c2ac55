import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.calibrate.logs import OneFuture, log

from scenarios import calibrate
from scenarios.calibrate.correlations import correlations
from scenarios.calibrate.measured import Measured
from scenarios.calibrate.predicted import fitted_series
from scenarios.drivers import Correlated, Kpi
from scenarios.drivers.kpis import simulate
from scenarios.errors import ScenarioError

KPIS = {
    "rate": Kpi(kind="rate", level=0.8, sd=0.06, autocorrelation=0.6),
    "time": Kpi(kind="time", level=20.0, sd=6.0, autocorrelation=0.5, better="lower"),
    "score": Kpi(kind="score", level=4.3, sd=0.15, autocorrelation=0.7),
    "count": Kpi(kind="count", level=400.0, sd=80.0, autocorrelation=0.5),
}


def history(kpi, months, seed=0):
    """One future of a KPI as the scenario's own driver simulates it."""
    return pd.Series(simulate({"it": kpi}, (), OneFuture(seed), months)["kpi.it"][:, 0])


@pytest.mark.parametrize("kind", KPIS)
def test_the_drivers_own_months_give_back_its_numbers(kind):
    """240 months simulated by the scenario's KPI: each number within four standard errors."""
    kpi = KPIS[kind]
    found = calibrate.kpi(history(kpi, 240), kind)
    for name in ("level", "sd", "autocorrelation"):
        row = found.fit.loc[name]
        assert abs(row["estimate"] - getattr(kpi, name)) < 4 * row["standard error"], name
    assert found.fit.loc["sd", "standard error"] < 0.25 * kpi.sd
    assert found.declared(better=kpi.better).kind == kind


def test_the_luck_of_a_rates_cases_is_not_in_its_sd():
    """A rate of 60 cases a month: with the counts its sd comes back, without them it is too large,
    and that is said.
    """
    random = np.random.default_rng(8)
    true = history(KPIS["rate"], 300)
    of = pd.Series(random.integers(40, 80, 300).astype(float))
    seen = pd.Series(random.binomial(of.astype(int), true) / of)
    told, untold = calibrate.kpi(seen, "rate", of), calibrate.kpi(seen, "rate")
    row = told.fit.loc["sd"]
    assert abs(row["estimate"] - 0.06) < 4 * row["standard error"]
    assert untold.numbers["sd"] > 1.2 * told.numbers["sd"]
    assert "beside the luck of counting" in told.decisions[0]
    assert "holds the luck" in untold.decisions[0]


def test_nothing_but_luck_leaves_next_to_no_sd():
    """A steady share of 0.9 of 50 cases moves by 0.042 a month, all of it luck."""
    random = np.random.default_rng(9)
    of = pd.Series(50.0, range(200))
    seen = pd.Series(random.binomial(50, 0.9, 200) / 50)
    assert seen.std() > 0.035
    assert calibrate.kpi(seen, "rate", of).numbers["sd"] < 0.017


def test_a_count_of_weeks_is_told_by_month():
    """60 weeks of 100 by luck alone are 100 times 365.25 / 84 a month, within four errors."""
    weeks = pd.Series(np.random.default_rng(3).poisson(100, 60).astype(float))
    row = calibrate.kpi(weeks, "count", every="week").fit.loc["level"]
    assert abs(row["estimate"] - 100 * 365.25 / 84) < 4 * row["standard error"]
    assert row["standard error"] < 10


@pytest.mark.parametrize(
    ("kind", "value"), [("rate", 0.9), ("rate", 1.0), ("time", 12.0), ("score", -3.0), ("score", 0)]
)
def test_a_kpi_that_never_moves_is_certain(kind, value):
    """The same value in every month: no sd, and it is said."""
    found = calibrate.kpi(pd.Series([value] * 9), kind)
    assert (found.numbers["sd"], found.numbers["autocorrelation"]) == (0.0, 0.0)
    assert any("taken as certain" in words for words in found.decisions)
    assert isinstance(found.declared(), Kpi)


def test_a_rate_that_was_always_met_is_not_yet_certain():
    """All of 12 x 100 cases: the level stays below 1, by what 1,200 cases cannot tell."""
    months = pd.Series([1.0] * 12)
    level = calibrate.kpi(months, "rate", pd.Series([100.0] * 12)).numbers["level"]
    assert 0.99 < level["p10"] < level["p90"] < 1


def test_a_kind_that_there_is_not_names_the_nearest():
    """A wrong kind and too few months are told in words."""
    with pytest.raises(ScenarioError, match="did you mean 'rate'"):
        calibrate.kpi(pd.Series([0.5] * 9), "rates")
    with pytest.raises(ScenarioError, match="6 or more"):
        calibrate.kpi(pd.Series([0.5] * 5), "rate")


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(st.data())
def test_any_history_gives_numbers_that_a_scenario_takes(data):
    """Whatever was measured: a KPI that validates, and no warning."""
    kind = data.draw(st.sampled_from(["rate", "time", "score", "count"]))
    value = {
        "rate": st.floats(0, 1),
        "time": st.floats(1e-3, 1e6),
        "score": st.floats(-1e6, 1e6),
        "count": st.integers(0, 10**6),
    }[kind]
    values = data.draw(st.lists(value | st.none(), min_size=6, max_size=12))
    series = pd.Series(values, dtype=float)
    if series.notna().sum() < 6:
        return
    assert isinstance(calibrate.kpi(series, kind).declared(), Kpi)


def together(months, value, seed=0):
    """A log of a score and a rate that move together by so much."""
    kpis = {"csat": KPIS["score"], "answered": KPIS["rate"], "wait": KPIS["time"]}
    pairs = [Correlated(between=("csat", "answered"), value=value)] if value else []
    series = simulate(kpis, pairs, OneFuture(seed), months)
    columns = {"units": [500] * months} | {f"kpi.{k}": series[f"kpi.{k}"][:, 0] for k in kpis}
    kinds = {"csat": "score", "answered": "rate", "wait": "time"}
    return log(columns, kinds=kinds, units_of={"csat": "points", "wait": "hours"})


def test_kpis_that_move_together_are_found():
    """A correlation of 0.6 comes back; pairs that have none are not written down."""
    (pair,) = calibrate.tickets(together(120, 0.6)).sections["correlations"]
    assert set(pair["between"]) == {"csat", "answered"}
    assert pair["value"] == pytest.approx(0.6, abs=0.2)


def test_a_correlation_rests_on_the_months_that_both_have():
    """Of 120 months one KPI lacks 20: 100 are left, less the first, by which its level is found."""
    read = together(120, 0.6)
    read.periods.loc[read.periods.index[30:50], "kpi.csat"] = np.nan
    assert calibrate.tickets(read).fit.loc["correlations.1", "periods"] == 99


@pytest.mark.slow
def test_series_that_only_linger_are_not_correlated():
    """Of 16 pairs of scores that linger and have nothing to do with each other hardly one shows a
    correlation, though the plain correlations of most of them look like something.
    """
    score, found, plain = Kpi(kind="score", level=4.3, sd=0.15, autocorrelation=0.95), 0, 0
    for seed in range(16):
        pair = {name: history(score, 40, 2 * seed + one) for one, name in enumerate("ab")}
        fits = {
            name: fitted_series(Measured(name, "score", pair[name]), "month")[0] for name in pair
        }
        found += len(correlations(fits, dict.fromkeys(pair, score)))
        plain += abs(np.corrcoef(pair["a"], pair["b"])[0, 1]) > 0.31  # beyond chance, were it plain
    assert plain >= 6
    assert found <= 3


def test_a_shock_is_named():
    """A month far from the one before is named, so that somebody asks what happened."""
    rate = history(KPIS["rate"], 60)
    rate[40] = 0.05
    found = calibrate.tickets(log({"units": [500] * 60, "kpi.met": rate}, kinds={"met": "rate"}))
    assert any(words.startswith("kpi.met: month 2018-05 (0.05)") for words in found.warnings)


def test_a_time_without_a_level_is_left_out():
    """Weeks from 1,000 hours to minutes are not of one kind: no level is written for them."""
    hours = 10.0 ** np.array([3, 3, 2, 3, 1, 2, 0, -1, 3, -1, 0, 3])
    found = calibrate.tickets(log({"units": [90] * 12, "kpi.wait": hours}, kinds={"wait": "time"}))
    assert "kpis" not in found.sections
    assert any("wait: left out, it lies apart by a factor" in words for words in found.decisions)
