"""Exports as ticket tools print them by default, made from known cases: read as they are meant."""

import numpy as np
import pandas as pd
import pytest
from tests.calibrate.reading.exports import TODAY, made_cases, printed, written, yes

from scenarios.calibrate import tickets
from scenarios.calibrate.reading import read_log
from scenarios.errors import ScenarioError

CASES = made_cases()
ISO = "%Y-%m-%d %H:%M:%S"


def export(tmp_path, table=None, columns=None, **more):
    """A log of the made cases with further columns."""
    dates = {
        "number": [f"C{n}" for n in range(len(CASES))],
        "opened_at": printed(CASES["opened"], ISO),
        "resolved_at": printed(CASES["resolved"], ISO),
    }
    table = pd.DataFrame(dates if table is None else table).assign(**more)
    return read_log(written(tmp_path / "export.csv", table), columns, today=TODAY)


def decided(log, what):
    """What was decided, and why."""
    return [(one.decided, one.why) for one in log.decisions if one.what == what]


class TestOpenings:
    """Two dates of opening."""

    def test_that_agree_to_seconds_are_one(self, tmp_path):
        """ServiceNow's opened_at and sys_created_on: the plainer name is taken, and it is said."""
        created = printed(CASES["opened"] + pd.Timedelta(seconds=4), ISO)
        log = export(tmp_path, sys_created_on=created)
        ((name, why),) = decided(log, "date of opening")
        assert name == "opened_at"
        assert f"'sys_created_on' is within 5 minutes of it on {len(CASES):,}" in why

    def test_the_better_name_wins_wherever_it_stands(self, tmp_path):
        """The order of the columns does not decide."""
        table = {
            "number": [f"C{n}" for n in range(len(CASES))],
            "sys_created_on": printed(CASES["opened"] + pd.Timedelta(seconds=4), ISO),
            "opened_at": printed(CASES["opened"], ISO),
        }
        ((name, _),) = decided(export(tmp_path, table), "date of opening")
        assert name == "opened_at"

    @pytest.mark.parametrize(("minutes", "every"), [(40, 1), (90, 5)])
    def test_that_differ_are_refused(self, tmp_path, minutes, every):
        """Forty minutes apart, or much more on a row in five: it is open which one is meant."""
        late = np.where(np.arange(len(CASES)) % every == 0, minutes, 0)
        created = printed(CASES["opened"] + pd.to_timedelta(late, unit="min"), ISO)
        with pytest.raises(ScenarioError, match="it is open when a case was opened"):
            export(tmp_path, sys_created_on=created)


class TestWords:
    """Words of flags and of missing answers."""

    @pytest.mark.parametrize("none", ["No Response", "Not Surveyed", "Unoffered", "N/A", "-"])
    def test_no_answer_is_none(self, tmp_path, none):
        """Surveys without an answer count for neither side; the others give the share happy."""
        happy, asked = CASES["score"] > 3, CASES["text"] == "printer, again"
        log = export(
            tmp_path, **{"Survey results": yes(happy, "Happy", "Unhappy").where(asked, none)}
        )
        assert log.overall["csat"] == {
            "value": pytest.approx(happy[asked].mean()),
            "of": asked.sum(),
        }
        assert not log.unused

    def test_points_beside_no_answer_are_points(self, tmp_path):
        """Stars of few cases and words for no answer on all others: the mean of the stars."""
        asked = CASES["text"] == "printer, again"
        stars = CASES["score"].astype(str).where(asked, "Not surveyed")
        log = export(tmp_path, CSAT=stars)
        found, known = log.overall["csat"], CASES["score"][asked]
        assert found["value"] == pytest.approx(known.mean())
        assert found["sd"] == pytest.approx(known.std(ddof=1))
        assert found["of"] == len(known)

    @pytest.mark.parametrize(
        ("name", "kept", "missed"),
        [
            ("Milestone Violated", "FALSE", "TRUE"),
            ("Milestone Status", "Compliant", "Closed Violation"),
            ("SLM Status", "Within the Service Target", "Service Targets Breached"),
        ],
    )
    def test_sla_by_the_words_of_tools(self, tmp_path, name, kept, missed):
        """Salesforce's milestones and Remedy's service targets say whether the SLA was kept."""
        log = export(tmp_path, **{name: yes(CASES["kept"], kept, missed)})
        assert log.overall["sla_met"]["value"] == pytest.approx(CASES["kept"].mean())


class TestClocks:
    """Columns of the time that is left of an SLA."""

    @pytest.mark.parametrize(("left", "over"), [("2:15", "-1:20"), ("2h 15m", "-1h 20m")])
    def test_time_to_resolution_says_what_was_missed(self, tmp_path, left, over):
        """Jira counts down: negative is missed, and it is no resolution time; it is said."""
        name = "Custom field (Time to resolution)"
        log = export(tmp_path, **{name: yes(CASES["kept"], left, over)})
        assert log.overall["sla_met"]["value"] == pytest.approx(CASES["kept"].mean())
        assert "resolution_hours_stated" not in log.durations
        assert any("sla_met" in told and name in told for told in log.warnings)

    def test_cases_that_still_run_are_neither(self, tmp_path):
        """An open case with time left is not kept yet; one without is missed already."""
        is_open = np.arange(len(CASES)) >= len(CASES) - 40
        resolved = printed(CASES["resolved"], ISO).where(~is_open, "")
        clock = yes(CASES["kept"], "2:15", "-1:20")
        log = export(tmp_path, resolved_at=resolved, **{"Time to resolution": clock})
        known = ~is_open | ~CASES["kept"]
        assert log.overall["sla_met"]["of"] == known.sum()
        assert log.overall["sla_met"]["value"] == pytest.approx(CASES["kept"][known].mean())

    def test_signed_times_of_another_name_are_no_times(self, tmp_path):
        """A resolution time that is often negative is no length of time: left out, and said."""
        log = export(tmp_path, **{"Resolution duration": yes(CASES["kept"], "2:15:00", "-1:20:00")})
        assert "sla_met" not in log.kinds
        assert "resolution_hours_stated" not in log.durations
        assert any("'Resolution duration': more than one value" in told for told in log.warnings)

    def test_times_without_a_sign_stay_times(self, tmp_path):
        """Time to resolution may be the time it took: without negatives it is compared as such."""
        took = CASES["hours"].map(lambda hours: f"{hours:.2f}h")
        log = export(tmp_path, **{"Time to resolution": took})
        assert "sla_met" not in log.kinds
        assert not log.warnings


@pytest.mark.parametrize("form", ["%d/%m/%Y %H:%M", ISO])
def test_rounding_contradicts_nothing(tmp_path, form):
    """Dates cut to the minute and hours with two decimals may be off by both together."""
    seconds = np.random.default_rng(3).integers(0, 60, (2, len(CASES)))
    opened = CASES["opened"] + pd.to_timedelta(seconds[0], unit="s")
    resolved = CASES["resolved"] + pd.to_timedelta(seconds[1], unit="s")
    hours = (resolved - opened) / pd.Timedelta(hours=1)
    table = {"opened": printed(opened, form), "resolved": printed(resolved, form)}
    log = export(tmp_path, table, **{"Resolution time (hours)": hours.map("{:.2f}".format)})
    assert not log.warnings


def test_a_stated_time_that_is_wrong_by_more_than_rounding_is_told(tmp_path):
    """Three minutes beyond the dates are no rounding."""
    hours = CASES["hours"] + np.where(np.arange(len(CASES)) % 50 == 0, 0.05, 0)
    log = export(tmp_path, **{"Resolution time (hours)": hours.map("{:.2f}".format)})
    wrong = -(-len(CASES) // 50)
    assert any(f"{wrong} of {len(CASES):,} stated values contra" in told for told in log.warnings)


def test_columns_of_cases_that_are_not_used_are_listed(tmp_path):
    """One line names all that nothing is taken from."""
    log = export(tmp_path, State="Closed", Priority="3 - Moderate")
    assert [what for what, _ in decided(log, "columns not used")] == ["State, Priority"]


def test_the_spread_of_single_scores_reaches_the_scenario(tmp_path):
    """Stars in a French export: case_sd is their sd, but for what months differ by: within 1 %."""
    asked = CASES["text"] == "printer, again"
    table = {
        "N° du ticket": [f"T{n}" for n in range(len(CASES))],
        "Date d'ouverture": printed(CASES["opened"], "%d/%m/%Y %H:%M"),
        "Date de résolution": printed(CASES["resolved"], "%d/%m/%Y %H:%M"),
        "Satisfaction": CASES["score"].astype(str).where(asked, ""),
    }
    path = written(tmp_path / "export.csv", pd.DataFrame(table), ";", "cp1252")
    fitted = tickets(read_log(path, today=TODAY), name="export").fit["estimate"]
    assert fitted["kpis.csat.case_sd"] == pytest.approx(CASES["score"][asked].std(), rel=0.01)
    assert fitted["kpis.csat.response_rate"] == pytest.approx(asked.mean(), abs=5e-3)
