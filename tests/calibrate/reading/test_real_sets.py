"""The real logs give the figures that are known of them; skipped, by name, where not at hand."""

import numpy as np
import pandas as pd
import pytest
from tests.calibrate.logs import raw
from tests.calibrate.reading.exports import TODAY

from scenarios.calibrate.reading import read_log


def test_the_help_desk():
    """47 months, mean 97, sd 49, autocorrelation 0.72; 3.3 % reopened; median 144 hours."""
    log = read_log(raw("tickets/helpdesk_it_cases.csv.gz"), today=TODAY)
    units = log.periods["units"].to_numpy()
    assert (len(units), log.every, log.unit) == (47, "month", "ticket")
    assert units.mean() == pytest.approx(97, abs=0.5)
    assert units.std(ddof=1) == pytest.approx(49, abs=0.5)
    assert np.corrcoef(units[:-1], units[1:])[0, 1] == pytest.approx(0.72, abs=0.005)
    assert log.overall["reopen_rate"]["value"] == pytest.approx(0.033, abs=0.0005)
    assert log.durations["resolution_hours"]["p50"] == pytest.approx(144, abs=0.5)
    assert log.left_out == {}


def test_the_help_desk_cut_off_in_the_middle_of_a_month(tmp_path):
    """Cases until 15 March 2012 alone: March is left out, and nothing else changes."""
    whole = pd.read_csv(raw("tickets/helpdesk_it_cases.csv.gz"))
    part = tmp_path / "part.csv"
    whole[whole["opened"] < "2012-03-16"].to_csv(part, index=False)
    log = read_log(part, today=TODAY)
    assert str(log.periods.index[-1]) == "2012-02"
    assert len(log.periods) == 26
    assert any("2012-03" in warning and "cut off" in warning for warning in log.warnings)


def test_the_incidents_of_volvo():
    """Weeks, without the sparse beginning; 6.8 % reopened; the volume is not to be trusted."""
    log = read_log(raw("tickets/bpi13_vinst_cases.csv.gz"), today=TODAY)
    assert log.every == "week"
    assert log.overall["reopen_rate"] == {"value": pytest.approx(0.068, abs=0.0005), "of": 7554}
    assert log.durations["resolution_hours"]["p50"] == pytest.approx(6.03, abs=0.01)
    assert log.left_out["in the sparse beginning"] + log.periods["units"].sum() == 7554
    assert 0.97 < log.periods["units"].sum() / 7554 < 1
    assert "no case was updated before 2012-04-30" in log.volume_doubt
    assert any(log.volume_doubt in warning for warning in log.warnings)


def test_the_call_centre():
    """178 weeks of 1,251 numbered days; the stated answer rate agrees with the counts."""
    path = raw("tickets/callcenter_daily.csv")
    log, table = read_log(path, today=TODAY), pd.read_csv(path)
    whole = table.iloc[: 178 * 7]
    assert (len(log.periods), log.every, log.unit) == (178, "week", "call")
    assert log.periods["units"].sum() == whole["incoming"].sum()
    level = np.average(whole["service_level_20s"], weights=whole["incoming"])
    assert log.overall["service_level_20s"]["value"] == pytest.approx(level)
    assert (log.kinds["asa_s"], log.units_of["asa_s"]) == ("time", "seconds")
    assert not any("contradicts" in warning for warning in log.warnings)


def test_a_call_centre_printed_with_clocks_and_per_cent(tmp_path):
    """The same days as ``94.01%`` and ``0:02:14`` give the same log."""
    path = raw("tickets/callcenter_daily.csv")
    table = pd.read_csv(path)
    clock = lambda s: f"{s // 3600}:{s // 60 % 60:02d}:{s % 60:02d}"  # noqa: E731  used twice below
    printed = pd.DataFrame(
        {
            "Index": table["day"],
            "Incoming Calls": table["incoming"],
            "Answered Calls": table["answered"],
            "Answer Rate": [f"{rate:.2%}" for rate in table["answer_rate"]],
            "Abandoned Calls": table["abandoned"],
            "Answer Speed (AVG)": table["asa_s"].map(clock),
            "Talk Duration (AVG)": table["talk_s"].map(clock),
            "Service Level (20 Seconds)": [f"{rate:.2%}" for rate in table["service_level_20s"]],
        }
    )
    other = tmp_path / "Call Center Data.csv"
    printed.to_csv(other, index=False, sep=";")
    log, same = read_log(path, today=TODAY), read_log(other, today=TODAY)
    assert same.periods["units"].tolist() == log.periods["units"].tolist()
    names = {"talk_s": "talk_duration_avg", "service_level_20s": "service_level_20_seconds"}
    for name, printed_name in names.items():
        found = same.periods[f"kpi.{printed_name}"].to_numpy()
        assert found == pytest.approx(log.periods[f"kpi.{name}"].to_numpy(), abs=1e-4)
