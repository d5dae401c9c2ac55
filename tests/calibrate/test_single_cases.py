from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from tests.calibrate.logs import OneFuture, log

from scenarios import calibrate
from scenarios.calibrate.single_cases import apart
from scenarios.drivers import Kpi
from scenarios.drivers.kpis import simulate

MONTHS, A_MONTH, ANSWER = 84, 160, 0.15
ANSWERED = "mean of the answers on cases opened in the period"
MEDIAN = "median of the cases opened in the period (from opening to Solved)"


@pytest.fixture(scope="module")
def cases():
    """Cases whose truth is known: 160 a month, of which 15 % answer with a score about 4 whose
    months lie 0.1 apart and whose cases 0.9; done after hours about 10, the months' logarithm 0.1
    apart and the cases' 1.1.
    """
    random = np.random.default_rng(11)
    month = np.repeat(np.arange(MONTHS), A_MONTH)
    start = pd.date_range("2015-01-01", periods=MONTHS, freq="MS").to_numpy()
    count = len(month)
    minutes = np.tile(np.linspace(0, 27.9 * 1440, A_MONTH).astype(int), MONTHS)
    score = 4 + 0.1 * random.standard_normal(MONTHS)[month] + 0.9 * random.standard_normal(count)
    score[random.random(count) > ANSWER] = np.nan
    hours = 10 * np.exp(
        0.1 * random.standard_normal(MONTHS)[month] + 1.1 * random.standard_normal(count)
    )
    return pd.DataFrame(
        {
            "month": month,
            "Created": start[month] + pd.to_timedelta(minutes, unit="min"),
            "hours": hours,
            "score": score,
        }
    )


@pytest.fixture(scope="module")
def read(cases):
    """The same cases as a log of months, with what it says of all its cases."""
    by_month = cases.groupby("month")
    columns = {
        "units": by_month.size(),
        "kpi.csat": by_month["score"].mean(),
        "of.csat": by_month["score"].count(),
        "kpi.hours": by_month["hours"].median(),
        "of.hours": by_month.size(),
    }
    low, high = cases["hours"].quantile([0.1, 0.9])
    hours = {"p10": low, "p90": high, "mean": cases["hours"].mean(), "sd": cases["hours"].std()}
    return log(
        columns,
        kinds={"csat": "score", "hours": "time"},
        stated={"csat": ANSWERED, "hours": MEDIAN},
        durations={"hours": hours | {"n": len(cases)}},
        overall={"csat": {"of": cases["score"].count(), "sd": cases["score"].std()}},
    )


@pytest.fixture(scope="module")
def found(read):
    """What it comes to."""
    return calibrate.tickets(read)


def reported(numbers, months=4000, **other):
    """The sd of the months that the meter of a written KPI reports, and of those that it is."""
    kpi = Kpi.model_validate(numbers | other)
    completed = np.full((months, 1), float(A_MONTH))
    series = simulate({"it": kpi}, (), OneFuture(3), months, completed=completed)
    return series["reported.it"].std(), series["kpi.it"].std()


@pytest.mark.parametrize(("name", "most"), [("csat", 0.9), ("hours", 0.8)])
def test_what_is_written_scatters_as_the_log_does(found, read, name, most):
    """A simulation of the written section reports months that lie as far apart as the log's; the
    luck of few cases is in them once, and not in the KPI itself.
    """
    numbers = found.sections["kpis"][name]
    seen = read.periods[f"kpi.{name}"].std()
    shown, true = reported(numbers)
    assert shown == pytest.approx(seen, rel=0.15)
    assert true < most * seen


def test_the_sd_between_cases_is_found(found):
    """A case's score lies 0.9 apart; a time of 10 hours as 1.1 times the root of pi/2 moves its
    median; of a survey the share that answers stands beside all cases.
    """
    csat, hours = (found.sections["kpis"][name] for name in ("csat", "hours"))
    assert (csat["cases"], csat["response_rate"]) == (1.0, pytest.approx(ANSWER, abs=0.01))
    assert csat["case_sd"] == pytest.approx(0.9, rel=0.05)
    assert csat["sd"] == pytest.approx(0.1, abs=0.06)
    assert (hours["cases"], "response_rate" in hours) == (1.0, False)
    assert hours["case_sd"] == pytest.approx(10 * 1.1 * np.sqrt(np.pi / 2), rel=0.08)
    assert hours["sd"] == pytest.approx(1.0, abs=0.5)
    assert found.fit.loc["kpis.csat.case_sd", "periods"] == MONTHS
    assert "sd of one case" in found.sources["kpis.csat.case_sd"]
    assert any("beside the luck of few cases" in words for words in found.decisions)


def test_what_months_differ_by_is_not_between_cases(read):
    """Months far apart widen the sd of all cases, and not that within a month."""
    scores = read.periods["kpi.csat"] + np.where(np.arange(MONTHS) % 2, 2.0, -2.0)
    wide = read.overall["csat"] | {"sd": np.hypot(2.0, read.overall["csat"]["sd"])}
    moved = replace(
        read, periods=read.periods.assign(**{"kpi.csat": scores}), overall={"csat": wide}
    )
    assert apart(moved, "csat").sd == pytest.approx(apart(read, "csat").sd, rel=0.05)


def test_cases_of_two_kinds_do_not_move_their_median_further_than_it_moved(read):
    """Seven in ten cases take minutes, the others days: the median is steady though p10 and p90 lie
    apart by a factor of a thousand. What is written scatters as the log does.
    """
    random = np.random.default_rng(2)
    hours = 0.1 * np.exp(0.3 * random.standard_normal((MONTHS, A_MONTH)))
    hours[random.random(hours.shape) < 0.3] *= 700
    low, high = np.quantile(hours, [0.1, 0.9])
    of_all = {"p10": low, "p90": high, "mean": hours.mean(), "sd": hours.std(), "n": hours.size}
    medians = np.median(hours, axis=1)
    periods = read.periods.assign(**{"kpi.hours": medians})
    two = calibrate.tickets(replace(read, periods=periods, durations={"hours": of_all}))
    shown, _ = reported(two.sections["kpis"]["hours"])
    assert shown == pytest.approx(medians.std(), rel=0.2)


def test_the_mean_of_times_scatters_by_sd_over_mean(read):
    """Where a period has the mean and not the median its luck is sd over mean."""
    mean = replace(read, stated={"hours": "mean of the cases opened in the period, in whole days"})
    hours = read.durations["hours"]
    assert apart(mean, "hours").sd == pytest.approx(hours["sd"] / hours["mean"], rel=0.05)


def test_a_log_that_says_nothing_of_cases_has_none(read):
    """Without the sd of scores, without quantiles, or of none at all: no cases are written."""
    silent = replace(read, overall={"csat": {"of": 100, "value": 4.0}}, durations={})
    kpis = calibrate.tickets(silent).sections["kpis"]
    assert not {"cases", "case_sd", "response_rate"} & (kpis["csat"].keys() | kpis["hours"].keys())
    nought = replace(read, durations={"hours": read.durations["hours"] | {"p10": 0.0}})
    assert apart(nought, "hours") is None


def test_a_survey_of_yes_and_no_has_its_response_rate(tmp_path):
    """From a file: of 3,600 cases one in ten says good or bad. The written KPI looks at all cases,
    one in ten answers, and its months lie as far apart as the file's.
    """
    random = np.random.default_rng(5)
    count = 3_600
    opened = pd.date_range("2022-01-01", "2023-12-31 23:00", periods=count)
    word = np.where(random.random(count) < 0.8, "good", "bad")
    rows = pd.DataFrame({"Ticket ID": range(count), "Created at": opened.floor("min")})
    rows["Satisfaction"] = np.where(random.random(count) < 0.1, word, "")
    rows.to_csv(tmp_path / "tickets.csv", index=False)
    read = calibrate.read_log(tmp_path / "tickets.csv", edges="keep")
    csat = calibrate.tickets(read).sections["kpis"]["csat"]
    assert csat["kind"] == "rate"
    assert (csat["cases"], csat["response_rate"]) == (1.0, pytest.approx(0.1, abs=0.015))
    completed = np.full((4000, 1), count / 24)
    kpi = Kpi.model_validate(csat)
    shown = simulate({"it": kpi}, (), OneFuture(), 4000, completed=completed)["reported.it"]
    assert shown.std() == pytest.approx(read.periods["kpi.csat"].std(), rel=0.25)


def test_predictions_hold_the_luck_of_few_cases(read):
    """The 80 % interval beside each month holds about four in five, luck included."""
    rows = calibrate.tickets(read).periods.loc[["kpi.csat", "kpi.hours"]]
    inside = rows["observed"].between(rows["p10"], rows["p90"]).mean()
    assert 0.7 < inside < 0.92
