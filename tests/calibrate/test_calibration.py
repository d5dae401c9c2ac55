import numpy as np
import pandas as pd
import pytest
from tests.calibrate.logs import log, simulated
from tests.calibrate.test_kpis import together
from tests.small import small

import scenarios as sc
from scenarios import calibrate
from scenarios.errors import ScenarioError
from scenarios.io.document import read_document
from scenarios.io.load import sources
from scenarios.resources import resource


@pytest.fixture(scope="module")
def found():
    """A calibration of three KPIs, two of which move together, and of what is reopened."""
    read = together(72, 0.7)
    read.periods["reopened"] = [20, 30] * 36
    read.periods["closed"] = 480
    read.periods["of.answered"] = 100
    return calibrate.tickets(read, name="desk.csv")


@pytest.fixture(scope="module")
def desk():
    """The support desk example."""
    return sc.load(resource("scenarios", "support-desk.yaml"))


def test_the_text_says_the_same_as_the_data(found):
    """What a scenario file's reader reads of it is the same data, and its comments the sources."""
    document = read_document(found.to_yaml())
    assert document.data == found.sections
    assert sources(document).items() >= found.sources.items()


def test_each_number_has_a_source(found):
    """What it is, how many periods of which file, and an interval: beside every number."""
    assert found.source == "desk.csv, 2015-01 to 2020-12, 72 months"
    assert found.to_yaml().startswith(f"# Calibrated from {found.source}")
    assert all(told.endswith("months of desk.csv") for told in found.sources.values())
    for line in found.to_yaml().splitlines():
        number, _, told = line.partition("#")
        if any(digit in number for digit in "0123456789"):
            assert told.endswith("months of desk.csv"), line


def test_comments_leave_lines_that_a_screen_holds():
    """A long name of a file, seasons, levels of five digits: no line beyond 100 columns."""
    months = np.arange(60)
    units = 23_456 * np.exp(0.3 * np.sin(2 * np.pi * months / 12)) + months % 7 * 10
    read = log(
        {"units": units.round(), "kpi.wait": 12_345 + months % 5 * 100}, kinds={"wait": "time"}
    )
    name = "a very long name of an export from 2024-01-01 to 2024-12-31.csv"
    found = calibrate.tickets(read, name=name)
    text = found.to_yaml()
    assert "seasonality" in text
    assert max(len(line) for line in text.splitlines()[1:]) <= 100
    assert read_document(text).data == found.sections


def test_a_scenario_takes_the_numbers(found, desk):
    """Demand, KPIs and reopened are the log's, all else and its sources the scenario's."""
    made = found.scenario(desk)
    assert made.demand.unit == "ticket"
    assert made.demand.per_month.p10 == found.sections["demand"]["volume"]["per_month"]["p10"]
    assert made.kpis["csat"].sd == found.sections["kpis"]["csat"]["sd"]
    assert made.kpis["first_contact"] == desk.kpis["first_contact"]
    assert made.outcomes.reopened.p10 == found.sections["outcomes"]["reopened"]["p10"]
    assert made.outcomes.duplicates == desk.outcomes.duplicates
    assert made.deals == desk.deals
    assert made.sources["demand.volume.volatility"] == found.sources["demand.volume.volatility"]
    assert made.sources["outcomes.duplicates"] == desk.sources["outcomes.duplicates"]
    assert sc.simulate(made, paths=200).summary() is not None


def test_a_kpi_keeps_what_a_log_does_not_say(found, desk):
    """Who measures a KPI, which direction is good and its unit stay as the scenario has them."""
    made = found.scenario(desk).kpis["csat"]
    assert (made.meter, made.better, made.unit) == ("independent", "higher", "of 5")


def test_what_a_meter_adds_is_not_counted_twice(found, desk):
    """The log's values hold the luck of their cases and the meter's error: the scenario's own cases
    go, and its sd and the meter's error together are the log's.
    """
    had = desk.kpis["csat"].replace(cases=0.1, case_sd=0.9, response_rate=0.2, meter_error=0.03)
    made = found.scenario(desk.replace(kpis=desk.kpis | {"csat": had})).kpis["csat"]
    sd = found.sections["kpis"]["csat"]["sd"]
    assert (made.cases, made.case_sd, made.response_rate) == (None, 0, 1)
    assert made.meter_error == 0.03
    assert np.hypot(made.sd, made.meter_error) == pytest.approx(sd)


def test_sources_of_what_is_gone_go_along(found, desk):
    """A season that the log does not show has no source any more; correlations keep theirs."""
    seasonal = desk.replace(
        demand=desk.demand.replace(seasonality=(1,) * 12),
        sources=desk.sources | {"demand.volume.seasonality": "assumption"},
    )
    made = found.scenario(seasonal)
    assert made.demand.seasonality is None
    assert "demand.volume.seasonality" not in made.sources
    pairs = [set(pair.between) for pair in made.correlations]
    assert {"csat", "first_contact"} in pairs
    ours = pairs.index({"csat", "answered"}) + 1
    assert made.sources[f"correlations.{ours}"].endswith("of desk.csv")


def test_numbers_of_the_same_log_are_the_same(found):
    """A second time gives the same text, to the last digit."""
    assert calibrate.tickets(found.log, name="desk.csv").to_yaml() == found.to_yaml()


def test_what_was_seen_stands_beside_what_the_driver_would_show(found):
    """By series and period: observed, and quantiles that hold about four in five of them."""
    table = found.periods
    assert table.columns.tolist() == ["observed", "p10", "p50", "p90"]
    assert set(table.index.get_level_values("series")) == {
        "units", "reopened", "kpi.csat", "kpi.answered", "kpi.wait",
    }  # fmt: skip
    kpis = table.loc[["kpi.csat", "kpi.answered", "kpi.wait"]]
    inside = kpis["observed"].between(kpis["p10"], kpis["p90"]).mean()
    assert 0.65 < inside < 0.95
    assert (table["p10"] <= table["p90"]).all()


def test_a_backlog_takes_no_volume(found):
    """A scenario of increments is told which other calibration it needs."""
    backlog = {"backlog": {"unit": "increment", "units": 5, "hours_per_unit": 100}}
    with pytest.raises(ScenarioError, match="effort"):
        found.scenario(small(demand=backlog))


def test_a_kpi_of_another_kind_is_refused(found):
    """A score of the scenario cannot become a rate of the log."""
    base = small(kpis={"answered": {"kind": "score", "level": 4}})
    with pytest.raises(ScenarioError, match="is a score in the scenario and a rate in the log"):
        found.scenario(base)


def test_correlations_that_cannot_hold_with_the_scenarios_own_are_told(found):
    """What the log shows and what somebody assumed may contradict each other: an error in words."""
    base = small(
        kpis={
            "csat": {"kind": "score", "level": 4.3, "sd": 0.1},
            "answered": {"kind": "rate", "level": 0.8, "sd": 0.1},
            "other": {"kind": "score", "level": 1, "sd": 1},
        },
        correlations=[
            {"between": ["csat", "other"], "value": 0.6},
            {"between": ["answered", "other"], "value": -0.6},
        ],
    )
    with pytest.raises(ScenarioError, match="cannot hold together"):
        found.scenario(base)


def test_a_notebook_shows_it_without_markup_of_the_log():
    """What a log calls things stands in a page as text."""
    read = log({"units": simulated(12, volatility=0.1)}, warnings=("<script>alert(1)</script>",))
    page = calibrate.tickets(read)._repr_html_()
    assert "<script>" not in page
    assert "demand.volume.per_month" in page


def test_names_that_yaml_would_misread_are_quoted():
    """A KPI called NO, or with a colon, comes back as it was called."""
    names = ["NO", "1:30", "a: b # c", "0.5", "été"]
    random = np.random.default_rng(0)
    columns = {f"kpi.{name}": 4 + random.normal(0, 0.2, 8) for name in names}
    read = log({"units": [9] * 8} | columns, kinds=dict.fromkeys(names, "score"))
    document = read_document(calibrate.tickets(read).to_yaml())
    assert list(document.data["kpis"]) == names


def test_public_names_are_there():
    """`sc.calibrate` is loaded when it is first asked for, and says what it has."""
    assert sc.calibrate is calibrate
    assert set(calibrate.__all__) <= set(dir(calibrate))
    assert all(getattr(calibrate, name) is not None for name in calibrate.__all__)
    with pytest.raises(AttributeError, match="ticket"):
        calibrate.ticket  # noqa: B018  asking is the test


def test_a_file_is_read_on_the_way(tmp_path):
    """A path gives the same as the log that it is read to, and its name is the source."""
    path = tmp_path / "calls.csv"
    units = simulated(14, volatility=0.1).round().astype(int)
    months = pd.period_range("2023-01", periods=14, freq="M")
    path.write_text(
        "month,calls\n" + "".join(f"{m},{n}\n" for m, n in zip(months, units, strict=True))
    )
    found = calibrate.tickets(path)
    assert found.source == "calls.csv, 2023-01 to 2024-02, 14 months"
    assert found.sections == calibrate.tickets(calibrate.read_log(path)).sections
    assert len(calibrate.backtest(path).predictions) == 4
